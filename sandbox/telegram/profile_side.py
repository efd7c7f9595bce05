"""The methods by which a bot tells about itself, fetches updates and files."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.telegram import limits
from sandbox.telegram.errors import BotApiError, bad_request
from sandbox.telegram.keyboards import check_web_app
from sandbox.telegram.objects import Object, bot_user
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.state import State
from sandbox.telegram.updates import Updates

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_\-]{1,256}")


class ProfileSide:
    """As `BotSide`: one method here for each method of the Bot API."""

    def __init__(self, state: State, updates: Updates, bot_id: int, username: str) -> None:
        self._state = state
        self._updates = updates
        self._bot_id = bot_id
        self._username = username

    def get_me(self, parameters: Parameters) -> Object:
        return bot_user(self._state, self._bot_id, self._username, whole=True)

    def log_out(self, parameters: Parameters) -> bool:
        return True

    def close(self, parameters: Parameters) -> bool:
        return True

    async def get_updates(self, parameters: Parameters) -> list[Object]:
        self._set_allowed(parameters)
        limit, timeout_s = parameters.integer("limit"), parameters.integer("timeout") or 0
        if timeout_s < 0:
            raise bad_request("timeout must be non-negative")
        timeout_s = min(timeout_s, limits.POLL_S_MAX)
        return await self._updates.poll(parameters.integer("offset"), limit or limits.UPDATES_LIMIT_MAX, timeout_s)

    def _set_allowed(self, parameters: Parameters) -> None:
        allowed = parameters.structure("allowed_updates")
        if allowed is None:
            return
        if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
            raise bad_request("can't parse allowed_updates: expected an Array of String")
        if allowed != self._state.bot.get("allowed_updates", []):
            self._state.save_bot(allowed_updates=allowed)

    # ── webhook ──

    def set_webhook(self, parameters: Parameters) -> bool:
        """Plain HTTP and any port are taken (loopback only); Telegram itself takes HTTPS on 443, 80, 88, 8443."""
        url = parameters.text("url") or ""
        if not url:
            return self.delete_webhook(parameters)
        if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", url):
            raise bad_request("bad webhook: invalid webhook URL specified")
        if url.startswith("http:") and not re.match(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/|$)", url):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = parameters.text("secret_token")
        if secret is not None and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        connections = parameters.integer("max_connections") or limits.WEBHOOK_CONNECTIONS_DEFAULT
        if not 1 <= connections <= limits.WEBHOOK_CONNECTIONS_MAX:
            raise bad_request("max_connections must be between 1 and 100")
        self._set_allowed(parameters)
        if parameters.boolean("drop_pending_updates"):
            self._updates.forget_all()
        self._state.save_bot(webhook={"url": url, "secret": secret, "max_connections": connections})
        self._updates.arrived.ring()
        return True

    def delete_webhook(self, parameters: Parameters) -> bool:
        if parameters.boolean("drop_pending_updates"):
            self._updates.forget_all()
        self._state.save_bot(webhook=None)
        self._updates.arrived.ring()
        return True

    def get_webhook_info(self, parameters: Parameters) -> Object:
        webhook = self._state.bot.get("webhook") or {}
        info: Object = {
            "url": webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._state.updates),
        }
        for name in ("max_connections", "last_error_date", "last_error_message"):
            if webhook.get(name) is not None:
                info[name] = webhook[name]
        if self._state.bot.get("allowed_updates"):
            info["allowed_updates"] = self._state.bot["allowed_updates"]
        return info

    # ── what the bot says about itself ──

    def _commands_key(self, parameters: Parameters) -> str:
        scope = parameters.structure("scope") or {"type": "default"}
        if not isinstance(scope, dict) or not isinstance(scope.get("type"), str):
            raise bad_request("can't parse BotCommandScope")
        return json.dumps(scope, sort_keys=True) + "|" + (parameters.text("language_code") or "")

    def set_my_commands(self, parameters: Parameters) -> bool:
        commands = parameters.structure("commands")
        if not isinstance(commands, list) or len(commands) > limits.COMMANDS_MAX:
            raise bad_request("can't parse commands: expected an Array of at most 100 BotCommand")
        for command in commands:
            name, description = (
                (command.get("command"), command.get("description")) if isinstance(command, dict) else (None, None)
            )
            if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if (
                not isinstance(description, str)
                or not 1 <= len(description) <= limits.COMMAND_DESCRIPTION_CHARACTERS_MAX
            ):
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        known: dict[str, Any] = self._state.bot.get("commands", {})
        self._state.save_bot(commands={**known, self._commands_key(parameters): commands})
        return True

    def get_my_commands(self, parameters: Parameters) -> list[Object]:
        found: list[Object] = self._state.bot.get("commands", {}).get(self._commands_key(parameters), [])
        return found

    def delete_my_commands(self, parameters: Parameters) -> bool:
        known = dict(self._state.bot.get("commands", {}))
        known.pop(self._commands_key(parameters), None)
        self._state.save_bot(commands=known)
        return True

    def _set_words(self, parameters: Parameters, name: str, characters_max: int) -> bool:
        text = parameters.text(name) or ""
        if len(text) > characters_max:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        known = self._state.bot.get(name, {})
        self._state.save_bot(**{name: {**known, parameters.text("language_code") or "": text}})
        return True

    def set_my_name(self, parameters: Parameters) -> bool:
        return self._set_words(parameters, "name", limits.BOT_NAME_CHARACTERS_MAX)

    def set_my_description(self, parameters: Parameters) -> bool:
        return self._set_words(parameters, "description", limits.BOT_DESCRIPTION_CHARACTERS_MAX)

    def set_my_short_description(self, parameters: Parameters) -> bool:
        return self._set_words(parameters, "short_description", limits.BOT_SHORT_DESCRIPTION_CHARACTERS_MAX)

    def set_chat_menu_button(self, parameters: Parameters) -> bool:
        chat = parameters.integer("chat_id")
        if chat is not None and chat not in self._state.chats:
            raise bad_request("chat not found")
        button = parameters.structure("menu_button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in ("commands", "default", "web_app"):
            raise bad_request("can't parse menu button")
        if button["type"] == "web_app" and not (
            isinstance(button.get("text"), str) and isinstance(button.get("web_app"), dict)
        ):
            raise bad_request("menu button text and web_app must be specified")
        if button["type"] == "web_app":
            check_web_app(button["web_app"], "menu button")
        known = self._state.bot.get("menu", {})
        self._state.save_bot(menu={**known, str(chat or ""): button})
        return True

    # ── files ──

    def get_file(self, parameters: Parameters) -> Object:
        file = self._state.files.get(parameters.text("file_id") or "")
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if file.size > limits.DOWNLOAD_BYTES_MAX:
            raise bad_request("file is too big")
        return {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": file.size,
            "file_path": file.path,
        }

    def download(self, path: str) -> tuple[bytes, str]:
        """Bytes and media type of a `file_path`."""
        for file in self._state.files.values():
            if file.path == path and file.size <= limits.DOWNLOAD_BYTES_MAX:
                data = self._state.shelf.read_file(file.unique_id)
                if data is not None:
                    return data, file.type
        raise BotApiError(404, "Not Found")
