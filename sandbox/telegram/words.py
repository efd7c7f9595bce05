"""The few words of the chat page and of refusals to the person's side; the sandbox's own, not the product's."""

from __future__ import annotations

LANGUAGES = ("ru", "kk", "en")

# As Telegram's own clients say them.
PAGE: dict[str, dict[str, str]] = {
    "kk": {
        "bot": "бот",
        "typing": "жазып жатыр…",
        "sending": "жіберіп жатыр…",
        "message": "Хабарлама",
        "start": "БАСТАУ",
        "restart": "ҚАЙТА ҚОСУ",
        "send": "Жіберу",
        "attach": "Сурет не файл тіркеу",
        "commands": "Мәзір",
        "keyboard": "Батырмалар",
        "edited": "өзгертілді",
        "copied": "Көшірілді",
        "sound": "дыбыспен келді",
        "silent": "дыбыссыз келді",
        "today": "Бүгін",
        "down": "Төменге",
        "what": "Бұл бот не істей алады?",
        "connecting": "Қосылуда…",
        "failed": "Болмады. Қайталап көріңіз.",
        "cancel": "Болдырмау",
        "leave": "Жабылсын ба? Өзгерістер сақталмауы мүмкін.",
        "close": "Жабу",
        "back": "Артқа",
        "reply": "Жауап беру",
        "contact": "Байланыс",
        "location": "Орын",
        "ok": "ЖАРАЙДЫ",
        "you": "Сіз",
        "photo": "Сурет",
        "bytes": "Б",
        "kilobytes": "КБ",
        "megabytes": "МБ",
    },
    "ru": {
        "bot": "бот",
        "typing": "печатает…",
        "sending": "отправляет…",
        "message": "Сообщение",
        "start": "ЗАПУСТИТЬ",
        "restart": "ПЕРЕЗАПУСТИТЬ",
        "send": "Отправить",
        "attach": "Прикрепить фото или файл",
        "commands": "Меню",
        "keyboard": "Кнопки",
        "edited": "изменено",
        "copied": "Скопировано",
        "sound": "пришло со звуком",
        "silent": "пришло без звука",
        "today": "Сегодня",
        "down": "Вниз",
        "what": "Что умеет этот бот?",
        "connecting": "Соединение…",
        "failed": "Не получилось. Попробуйте ещё раз.",
        "cancel": "Отмена",
        "leave": "Закрыть? Изменения могут не сохраниться.",
        "close": "Закрыть",
        "back": "Назад",
        "reply": "Ответить",
        "contact": "Контакт",
        "location": "Место",
        "ok": "ОК",
        "you": "Вы",
        "photo": "Фото",
        "bytes": "Б",
        "kilobytes": "КБ",
        "megabytes": "МБ",
    },
    "en": {
        "bot": "bot",
        "typing": "typing…",
        "sending": "sending…",
        "message": "Message",
        "start": "START",
        "restart": "RESTART",
        "send": "Send",
        "attach": "Attach a photo or file",
        "commands": "Menu",
        "keyboard": "Buttons",
        "edited": "edited",
        "copied": "Copied",
        "sound": "came with sound",
        "silent": "came silently",
        "today": "Today",
        "down": "Down",
        "what": "What can this bot do?",
        "connecting": "Connecting…",
        "failed": "That did not work. Try again.",
        "cancel": "Cancel",
        "leave": "Close? Changes may be lost.",
        "close": "Close",
        "back": "Back",
        "reply": "Reply",
        "contact": "Contact",
        "location": "Location",
        "ok": "OK",
        "you": "You",
        "photo": "Photo",
        "bytes": "B",
        "kilobytes": "KB",
        "megabytes": "MB",
    },
}

_TITLES = {
    "NOT_FOUND": ("Не найдено", "Табылмады", "Not found"),
    "VALIDATION": ("Так нельзя", "Бұлай болмайды", "Not valid"),
    "CONFLICT": ("Сейчас нельзя", "Қазір болмайды", "Not now"),
    "NOT_ON_KEYBOARD": ("Такой кнопки нет", "Ондай батырма жоқ", "No such button"),
}
_DETAILS = {
    "unknown_chat": ("Чата {chat} нет.", "{chat} чаты жоқ.", "There is no chat {chat}."),
    "unknown_message": (
        "Сообщения {message} нет.",
        "{message} хабарламасы жоқ.",
        "There is no message {message}.",
    ),
    "unknown_file": ("Такого файла нет.", "Ондай файл жоқ.", "There is no such file."),
    "too_many_chats": ("Чатов не больше {most}.", "Чат саны {most}-нан аспайды.", "At most {most} chats."),
    "unknown_language": ("Язык — kk, ru или en.", "Тіл — kk, ru не en.", "The language is kk, ru or en."),
    "bad_chat_number": ("Номер чата не годится.", "Чат нөмірі жарамайды.", "The chat number is not valid."),
    "bad_name": ("Имя — от 1 до 64 знаков.", "Аты — 1–64 таңба.", "A name has 1 to 64 characters."),
    "text_not_utf8": ("Текст не в UTF-8.", "Мәтін UTF-8 емес.", "The text is not UTF-8."),
    "text_empty": (
        "Пустое сообщение не отправить.",
        "Бос хабарлама жіберілмейді.",
        "An empty message cannot be sent.",
    ),
    "text_too_long": ("Не длиннее {most} знаков.", "{most} таңбадан аспайды.", "At most {most} characters."),
    "bad_payload": (
        "Метка запуска — до {most} знаков: A–Z, a–z, 0–9, _ и -.",
        "Бастау белгісі — {most} таңбаға дейін: A–Z, a–z, 0–9, _ және -.",
        "A start payload has up to {most} characters: A–Z, a–z, 0–9, _ and -.",
    ),
    "file_too_big": ("Файл слишком большой.", "Файл тым үлкен.", "The file is too big."),
    "bad_photo": (
        "Это не картинка для фото.",
        "Бұл суретке жарамайды.",
        "This is not a picture for a photo.",
    ),
    "bad_document": ("Пустой файл не отправить.", "Бос файл жіберілмейді.", "An empty file cannot be sent."),
    "press_text_or_data": (
        "Нужно одно: text или data.",
        "Біреуі керек: text не data.",
        "Exactly one of text and data is needed.",
    ),
    "not_on_keyboard": (
        "Кнопки «{wanted}» сейчас нет на экране.",
        "«{wanted}» батырмасы қазір экранда жоқ.",
        "The button “{wanted}” is not on the screen now.",
    ),
    "unknown_mode": (
        "Режима {mode} нет: {modes}.",
        "{mode} режимі жоқ: {modes}.",
        "There is no mode {mode}: {modes}.",
    ),
    "bad_times": (
        "times — целое от 1.",
        "times — 1-ден басталатын бүтін сан.",
        "times is a whole number from 1.",
    ),
    "bad_script": (
        "Сценарий — от 1 до {most} шагов {mode, times}.",
        "Сценарий — 1-ден {most}-ге дейін {mode, times} қадамы.",
        "A script has 1 to {most} steps of {mode, times}.",
    ),
    "unknown_field": ("Лишнее поле: {field}.", "Артық өріс: {field}.", "Unknown field: {field}."),
    "wrong_type": (
        "Поле {field} не того вида.",
        "{field} өрісінің түрі басқа.",
        "The field {field} has another type.",
    ),
    "bad_body": ("Нужен JSON-объект.", "JSON-нысан керек.", "A JSON object is needed."),
    "file_missing": ("Нужна часть с файлом.", "Файлы бар бөлік керек.", "A part with a file is needed."),
}


def language_of(accept: str) -> str:
    """The first language of an Accept-Language header that the sandbox speaks; Russian otherwise."""
    for part in accept.lower().split(","):
        code = part.split(";")[0].strip()[:2]
        if code in LANGUAGES:
            return code
    return "ru"


def refusal(language: str, code: str, text: str, params: dict[str, object]) -> tuple[str, str]:
    """Title and detail of a refusal."""
    at = LANGUAGES.index(language)
    detail = _DETAILS[text][at]
    for name, value in params.items():
        detail = detail.replace("{" + name + "}", str(value)[:200])
    return _TITLES[code][at], detail
