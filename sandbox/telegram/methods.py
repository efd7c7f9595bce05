"""The methods this Bot API serves and the fields each may carry; a field that is not here is refused.

The table was taken from aiogram's own method models; a test that imports aiogram keeps it true.
"""

from __future__ import annotations

_SEND = """chat_id business_connection_id message_thread_id direct_messages_topic_id parse_mode disable_notification
    protect_content allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup
    ephemeral_message_parameters receiver_user_id callback_query_id allow_sending_without_reply reply_to_message_id"""
_PREVIEW = "link_preview_options disable_web_page_preview"
_EDIT = "business_connection_id chat_id message_id inline_message_id reply_markup"

FIELDS: dict[str, frozenset[str]] = {
    method: frozenset(fields.split())
    for method, fields in {
        "getMe": "",
        "logOut": "",
        "close": "",
        "getUpdates": "offset limit timeout allowed_updates",
        "setWebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
        "deleteWebhook": "drop_pending_updates",
        "getWebhookInfo": "",
        "sendMessage": f"{_SEND} text entities {_PREVIEW}",
        "sendPhoto": f"{_SEND} photo caption caption_entities show_caption_above_media has_spoiler",
        "sendDocument": f"{_SEND} document thumbnail caption caption_entities disable_content_type_detection",
        "editMessageText": f"{_EDIT} text entities parse_mode {_PREVIEW} rich_message",
        "editMessageCaption": f"{_EDIT} caption parse_mode caption_entities show_caption_above_media",
        "editMessageReplyMarkup": _EDIT,
        "editMessageMedia": f"{_EDIT} media",
        "deleteMessage": "chat_id message_id",
        "deleteMessages": "chat_id message_ids",
        "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
        "sendChatAction": "chat_id action business_connection_id message_thread_id",
        "setMyCommands": "commands scope language_code",
        "getMyCommands": "scope language_code",
        "deleteMyCommands": "scope language_code",
        "setMyName": "name language_code",
        "setMyDescription": "description language_code",
        "setMyShortDescription": "short_description language_code",
        "setChatMenuButton": "chat_id menu_button",
        "getFile": "file_id",
    }.items()
}

# Telegram does not mind the case of a method's name.
BY_LOWER_NAME = {method.lower(): method for method in FIELDS}

# Known to Telegram, but they would change what a message means and the sandbox does not act on them:
# refused, not ignored.
UNSERVED_FIELDS = frozenset(
    [
        "business_connection_id",
        "message_thread_id",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "inline_message_id",
        "ephemeral_message_parameters",
        "receiver_user_id",
        "callback_query_id",
        "rich_message",
        "certificate",
    ]
)
# These carry such a name in their ordinary sense.
SERVED_EXCEPTIONS = frozenset({("answerCallbackQuery", "callback_query_id")})

# Sends and edits, which the flood limits count.
COUNTED = frozenset(name for name in FIELDS if name.startswith(("sendMessage", "sendPhoto", "sendDocument", "edit")))

CHAT_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)

# What a bot hears of when it never named `allowed_updates`; the sandbox makes the first two kinds.
UPDATE_KINDS = ("message", "callback_query")
