"""Secrets at rest: OFD tokens sealed with AES-GCM, keys that people hold kept as hashes. The key is outside
the database.
"""

from __future__ import annotations

import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_ID = 1
NONCE_BYTES = 12


class Sealer:
    """Seals a register's token; what is sealed for one register cannot be opened for another."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, register_id: str, token: int) -> bytes:
        """Key id, nonce and cipher text of a 32-bit token."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return bytes([KEY_ID]) + nonce + self._cipher.encrypt(nonce, token.to_bytes(4, "big"), register_id.encode())

    def open(self, register_id: str, sealed: bytes) -> int:
        """The token; raises ``cryptography.exceptions.InvalidTag`` for another register's or a changed one."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return int.from_bytes(self._cipher.decrypt(nonce, body, register_id.encode()), "big")

    def seal_text(self, owner_id: str, secret: str) -> bytes:
        """The same for a text; what is sealed for one owner cannot be opened for another."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return bytes([KEY_ID]) + nonce + self._cipher.encrypt(nonce, secret.encode(), owner_id.encode())

    def open_text(self, owner_id: str, sealed: bytes) -> str:
        """The text; raises ``cryptography.exceptions.InvalidTag`` as :meth:`open` does."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return self._cipher.decrypt(nonce, body, owner_id.encode()).decode()


def hashed(secret: str) -> bytes:
    """What the database keeps of a secret of at least 128 random bits: SHA-256 is enough for those."""
    return hashlib.sha256(secret.encode()).digest()
