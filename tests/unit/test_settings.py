from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.settings import SECRET_KEY_BYTES, Settings, load_secret_key


def test_settings_come_from_the_environment_under_our_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIYN_WEB_PORT", "9000")
    monkeypatch.setenv("TIYN_DATA_DIR", "/srv/tiyn")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/tiyn")
    settings = Settings()
    assert (settings.web_port, settings.data_dir) == (9000, Path("/srv/tiyn"))
    assert settings.database_url == "postgresql://db/tiyn"


def test_the_home_folder_is_written_out() -> None:
    assert "~" not in str(Settings(_env_file=None).data_dir)


def test_secrets_do_not_show_in_the_log() -> None:
    shown = repr(Settings(telegram_token="12345:secret", database_url="postgresql://u:secret@db/tiyn"))
    assert "secret@" not in shown
    assert "12345" not in shown


@pytest.mark.parametrize("seconds", ["0", "-1", "5.1", "60"])
def test_nobody_may_wait_longer_for_the_ofd_than_the_law(seconds: str) -> None:
    with pytest.raises(ValidationError):
        Settings(ofd_timeout_s_max=seconds)


@pytest.mark.parametrize("url", ["", "tiyn.kz", "ftp://tiyn.kz", "https://tiyn.kz/", "https://tiyn .kz"])
def test_a_public_address_that_would_break_the_links_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Settings(public_url=url)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_secret_key_is_made_once_for_our_eyes_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    key = load_secret_key(settings)
    assert len(key) == SECRET_KEY_BYTES
    assert load_secret_key(settings) == key
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret.key"]


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: load_secret_key(settings), range(8)))
    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_never_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(ValueError, match="exactly 32 bytes"):
        load_secret_key(Settings(data_dir=tmp_path))


SECRET = "aZ09_-" * 8


@pytest.mark.parametrize("secret", [None, "", "short", "a" * 42, "я" * 43, "a" * 257, "a" * 43 + " "])
def test_a_webhook_without_a_good_secret_starts_nothing(secret: str | None) -> None:
    with pytest.raises(ValidationError) as error:
        Settings(telegram_webhook="https://kassa.example.kz", telegram_webhook_secret=secret)
    assert not secret or secret not in str(error.value)


@pytest.mark.parametrize("url", ["http://shop.example.kz", "https://shop.example.kz/", "shop.kz", "https://a b"])
def test_a_webhook_that_telegram_would_not_push_to_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Settings(telegram_webhook=url, telegram_webhook_secret=SECRET)


def test_the_path_of_a_webhook_cannot_be_guessed_and_does_not_tell_the_secret() -> None:
    first, second = (
        Settings(telegram_webhook="https://kassa.example.kz", telegram_webhook_secret=secret).webhook
        for secret in (SECRET, SECRET[1:])
    )
    assert first is not None and second is not None and first.path != second.path
    assert first.url == "https://kassa.example.kz" + first.path and SECRET not in repr(first)
    assert len(first.path.removeprefix("/telegram/")) == 64
    assert Settings(telegram_webhook_secret=SECRET).webhook is None


def test_the_command_line_names_the_setting_that_is_missing() -> None:
    environment = {**os.environ, "TIYN_TELEGRAM_WEBHOOK": "https://kassa.example.kz"}
    command = [sys.executable, "tiyn.py", "run", "--role", "bot"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "TIYN_TELEGRAM_WEBHOOK needs TIYN_TELEGRAM_WEBHOOK_SECRET" in done.stderr
