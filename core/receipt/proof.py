"""What lets a reader check a receipt without trusting the page: frozen bytes, digest, the way to the shift's Z head.

A document's digest is SHA-256(digest of the document before + frozen bytes), so the head that a Z-report bears seals
every document of its shift (DESIGN.md, G5).
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from core.domain.document import Document
from core.domain.view import DocumentView
from core.texts import say

SQUEEZE = 9


@dataclass(frozen=True, slots=True)
class Seal:
    """The Z-report that closed the document's shift: its number and the head that it bears."""

    number: int
    shift: int
    chain_head: str

    @classmethod
    def of(cls, close: Document) -> Seal:
        """The seal that this close puts on its shift."""
        assert close.report is not None, "a close has a report"
        return cls(close.number, close.shift, close.report.chain_head)


def proof_answer(view: DocumentView, seal: Seal | None, following: Sequence[DocumentView]) -> dict[str, Any]:
    """The proof as data; of the documents that follow only their digests, their bytes are other buyers' receipts."""
    document = view.document
    return {
        "algorithm": "SHA-256(bytes of previous_digest + frozen_bytes)",
        "number": document.number,
        "shift": document.shift,
        "frozen_bytes": base64.b64encode(document.frozen).decode(),
        "previous_digest": document.previous_digest,
        "digest": document.digest,
        "following": [{"number": one.document.number, "digest": one.document.digest} for one in following],
        "z": None if seal is None else {"number": seal.number, "shift": seal.shift, "chain_head": seal.chain_head},
    }


def proof_section(view: DocumentView, seal: Seal | None, language: str, address: str) -> str:
    """The page's folded part with the digest; its button works only with the script and is hidden without."""
    document = view.document

    def words(key: str, **params: str | int) -> str:
        return escape(say(language, f"receipt-{key}", **params))

    frozen = base64.b64encode(zlib.compress(document.frozen, SQUEEZE)).decode()
    data = {"frozen": frozen, "before": document.previous_digest, "digest": document.digest}
    said = {"good": "proof-good", "bad": "proof-bad", "unable": "proof-unable"}
    attributes = "".join(
        f' data-{name}="{escape(text)}"'
        for name, text in (*data.items(), *((name, say(language, f"receipt-{key}")) for name, key in said.items()))
    )
    return (
        f"<details><summary>{words('page-digest')}</summary><p>{words('proof-about')}</p>"
        f"<dl><dt>{words('proof-digest')}</dt><dd><code>{escape(document.digest)}</code></dd>"
        f"<dt>{words('proof-before')}</dt><dd><code>{escape(document.previous_digest)}</code></dd>"
        f"{_way(document, seal, language)}</dl>"
        f'<p><button id="prove" type="button" hidden{attributes}>{words("proof-button")}</button></p>'
        f'<p id="proven" role="status"></p>'
        f'<p><a href="{escape(address)}/proof.json">{words("proof-file")}</a></p></details>'
    )


def _way(document: Document, seal: Seal | None, language: str) -> str:
    if document.report is not None:
        return ""
    if seal is None:
        term = escape(say(language, "receipt-proof-open", shift=document.shift))
        return f"<dt>{term}</dt><dd>{escape(say(language, 'receipt-proof-later'))}</dd>"
    between = seal.number - 1 - document.number
    term = escape(say(language, "receipt-proof-z", number=seal.number, shift=seal.shift, between=between))
    return f"<dt>{term}</dt><dd><code>{escape(seal.chain_head)}</code></dd>"
