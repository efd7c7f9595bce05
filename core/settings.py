"""What an operator of the machine may set: environment variables `TIYN_…`, and `DATABASE_URL` as it is."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_KEY_BYTES = 32
WEBHOOK_LETTERS = r"[A-Za-z0-9_-]{43,256}"
"""What Telegram takes (core.telegram.org/bots/api#setwebhook), and no less than 32 random bytes in base64."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram pushes updates. The path is as hard to guess as the secret and tells nothing of it."""

    url: str
    path: str
    secret: str = field(repr=False)



class Settings(BaseSettings):
    """Read once at the start of a process; nothing changes while it runs."""

    model_config = SettingsConfigDict(
        env_prefix="TIYN_",
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        # an error names the variable and never what stands in it
        hide_input_in_errors=True,
    )

    data_dir: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default=Path("~/.local/share/tiyn"),
        validate_default=True,
        description="Folder with the embedded database and the secret key.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        repr=False,
        description="PostgreSQL 15 or newer; without it Tiyn runs one itself inside data_dir.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8080",
        pattern=r"^https?://[^/\s]+[^\s]*[^/\s]$",
        description="Where customers open receipts: the beginning of every link, no slash at its end.",
    )
    web_host: str = Field(default="127.0.0.1", description="Address that the web server listens on.")
    web_port: int = Field(default=8080, ge=0, le=65535, description="Its port; 0 takes a free one.")
    secret_key_file: Annotated[Path, AfterValidator(Path.expanduser)] | None = Field(
        default=None,
        description="File with the key that encrypts OFD tokens; data_dir/secret.key if not set.",
    )
    telegram_token: SecretStr | None = Field(default=None, description="The bot's token; without it, no bot.")
    telegram_username: str | None = Field(
        default=None,
        pattern="^[A-Za-z][A-Za-z0-9_]{4,31}$",
        description="The bot's name without @; receipt pages then offer to keep the receipt with it.",
    )
    telegram_base: str | None = Field(
        default=None,
        description="Address of another Bot API server than Telegram's own: a local one, or the sandbox.",
    )
    telegram_webhook: str | None = Field(
        default=None,
        pattern=r"^(https://[^/\s?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s?#]*[^\s/?#])?$",
        description="Public address of the web server, no slash at its end, for Telegram's pushes; else long polling.",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None,
        description="43 to 256 of A-Z a-z 0-9 _ - that only Telegram and this server know; a webhook needs it.",
    )
    pocket_frames: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/;,'\"]+( https?://[^\s/;,'\"]+)*$",
        description="Origins besides Telegram's own that may show the pocket register in a frame, a space between.",
    )
    ofd_timeout_s_max: float = Field(
        default=5.0,
        gt=0,
        le=5,
        description="Seconds for connect, send, wait and resends together (the law's five at most).",
    )
    database_pool_size: int = Field(default=10, ge=1, le=200, description="Connections of one process.")
    api_requests_per_minute: int = Field(
        default=6000,
        ge=0,
        le=1_000_000,
        description="Requests of one API key in a minute, in each web process; 0 is no limit.",
    )
    webhook_private: bool = Field(
        default=False,
        description="Whether webhooks may be plain http and lead to loopback and private addresses.",
    )
    language: str = Field(
        default="ru", pattern="^(kk|ru|en)$", description="Language for whoever has not chosen one."
    )

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(WEBHOOK_LETTERS, secret.get_secret_value()):
            raise ValueError("TIYN_TELEGRAM_WEBHOOK_SECRET must be 43 to 256 of A-Z a-z 0-9 _ -")
        return secret

    @model_validator(mode="after")
    def _no_open_webhook(self) -> Self:
        assert self.webhook is None or self.webhook.secret
        return self

    @property
    def webhook(self) -> Webhook | None:
        """Telegram's pushes, if they were asked for. Raises ``ValueError`` without a secret: a webhook that anybody
        may call is no webhook.
        """
        if self.telegram_webhook is None:
            return None
        if self.telegram_webhook_secret is None:
            raise ValueError("TIYN_TELEGRAM_WEBHOOK needs TIYN_TELEGRAM_WEBHOOK_SECRET: 43 or more random characters")
        secret = self.telegram_webhook_secret.get_secret_value()
        path = "/telegram/" + hmac.new(secret.encode(), b"webhook path", hashlib.sha256).hexdigest()
        return Webhook(self.telegram_webhook + path, path, secret)

    @property
    def secret_key_path(self) -> Path:
        return self.secret_key_file or self.data_dir / "secret.key"


def load_secret_key(settings: Settings) -> bytes:
    """The 32 bytes that encrypt OFD tokens at rest, made on first use in a file that only we may read.

    It is never in the database: whoever steals a dump has no tokens. Losing the file means typing every
    register's token again.
    """
    path = settings.secret_key_path
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != SECRET_KEY_BYTES:
        raise ValueError(f"{path} must hold exactly {SECRET_KEY_BYTES} bytes, it has {len(key)}")
    return key


def _make_key(path: Path) -> None:
    # Complete under another name first, then linked: of two processes that start at once one key wins,
    # and no reader ever sees half of it.
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()
