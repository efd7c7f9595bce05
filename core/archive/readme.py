"""What people read first in an archive: whose it is, what stands in which file, how to check it."""

from __future__ import annotations

from core.clock import ALMATY
from core.domain.ticket import OPERATIONS, PLACEMENTS
from core.reports.words import Words
from core.texts import LANGUAGES, say
from core.usecases.archives import Life


def readme(lang: str, life: Life) -> str:
    """The whole text in one language, with the ends of the chains as of its making."""
    registration, ends = life.registration, life.ends
    text = say(
        lang,
        "archive-readme",
        taxpayer=registration.taxpayer,
        iin_bin=registration.iin_bin,
        title=registration.title,
        address=registration.address_kk if lang == "kk" else registration.address,
        rnm=registration.rnm or "—",
        znm=registration.znm or "—",
        made_at=life.made_at.astimezone(ALMATY).strftime("%d.%m.%Y %H:%M:%S"),
        documents=str(life.documents),
        last=str(ends.state.last_document),
        entries=str(ends.state.version),
        answers=str(ends.answer_seq),
        shifts=str(ends.state.last_shift),
        document_head=ends.state.document_head,
        entry_head=ends.state.chain_head,
    )
    practice = say(lang, "export-practice") + "\n\n" if registration.practice else ""
    return practice + text + "\n"


def shift_headings() -> list[str]:
    """The headings of shifts.csv, each in all languages; :func:`close_row` gives what stands under them."""
    return [" / ".join(_headings(lang)[place] for lang in LANGUAGES) for place in range(len(_headings("ru")))]


def _headings(lang: str) -> list[str]:
    words = Words(lang)
    kinds = [words.kind(str(op)) for op in OPERATIONS]
    return [
        words("column-shift"),
        words("column-close-document"),
        words("column-opened"),
        words("column-closed"),
        words("column-offline"),
        *(f"{kind}: {words('measure-count')}" for kind in kinds),
        *(words("column-sum-of", what=kind) for kind in kinds),
        *(words("column-sum-of", what=words.kind(str(kind))) for kind in PLACEMENTS),
        words("column-drawer"),
        *(words("column-non-nullable", what=kind) for kind in kinds),
        words("column-chain-head"),
        say(lang, "archive-column-digest"),
    ]
