"""People of a register on screens: who is there, an invitation, a cashier's limits, which register is current."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from bot.press import Action, pack
from bot.screens.people import start_buttons
from bot.screens.screen import Button, Screen, lines
from bot.screens.wording import safe, shortened, tenge
from core.db.people import Person
from core.domain.roles import LIMIT_FIELDS, Limits, gives, percent_text
from core.texts import say
from core.usecases.registers import RegisterView

LETTERS = dict(zip("rtwd", LIMIT_FIELDS, strict=True))
"""Limits as buttons name them."""
NAME_CHARACTERS_SHOWN = 40
PEOPLE_SHOWN_MAX = 40
REGISTERS_SHOWN_MAX = 40


def role_name(language: str, role: str) -> str:
    return say(language, f"staff-role-{role}")


def people_screen(
    language: str, title: str, register_id: str, people: Sequence[Person], role: str, *, me: int = 0
) -> Screen:
    """Everybody of a register; buttons for those whom ``me``, of this role, may limit or send away."""
    shown = people[:PEOPLE_SHOWN_MAX]
    rows = [
        say(language, "staff-line", name=_name(language, one), role=role_name(language, one.roles[register_id]))
        for one in shown
    ]
    cards = [
        (Button(_name(language, one, escaped=False), pack(Action.PEOPLE, register_id, 0, f"card.{one.chat_id}")),)
        for one in shown
        if one.chat_id != me and gives(role, one.roles[register_id])
    ]
    invites = [
        (Button(say(language, f"staff-invite-{one}"), pack(Action.PEOPLE, register_id, 0, f"add.{one}")),)
        for one in ("cashier", "manager", "viewer", "owner")
        if gives(role, one)
    ]
    head = say(language, "staff-people", title=safe(title))
    return Screen(lines(head, "", *rows), (*invites, *cards))


def card_screen(language: str, title: str, register_id: str, person: Person, limits: Limits) -> Screen:
    """One person: what they are, their limits if they are a cashier, and the way out."""
    role, chat = person.roles[register_id], person.chat_id
    head = say(
        language, "staff-card", name=_name(language, person), role=role_name(language, role), title=safe(title)
    )
    limited = role == "cashier"
    told = [limit_line(language, field, getattr(limits, field)) for field in LIMIT_FIELDS] if limited else []
    changes = [
        (_button(language, f"staff-limit-{_dashed(field)}", register_id, f"lim.{chat}.{letter}"),)
        for letter, field in LETTERS.items()
        if limited
    ]
    gone = _button(language, "staff-button-remove", register_id, f"rm.{chat}", "danger")
    home = _button(language, "staff-button-people", register_id, "list")
    return Screen(lines(head, "" if limited else None, *told), (*changes, (gone,), (home,)))


def limit_line(language: str, field: str, most: int | None) -> str:
    return say(
        language,
        "staff-limit-line",
        name=say(language, f"staff-limit-{_dashed(field)}"),
        value=limit_value(language, field, most),
    )


def limit_value(language: str, field: str, most: int | None) -> str:
    if most is None:
        return say(language, "staff-limit-none")
    if most == 0:
        return say(language, "staff-limit-never")
    if field == "discount_max":
        return say(language, "staff-limit-percent", percent=percent_text(most))
    return say(language, "staff-limit-money", total=tenge(most))


def limit_ask_screen(language: str, register_id: str, chat: int, letter: str, *, unfit: bool = False) -> Screen:
    """Which limit: taps for none and never, a number by hand."""
    field = LETTERS[letter]

    def button(key: str, value: str) -> Button:
        return Button(say(language, key), pack(Action.PEOPLE, register_id, 0, f"ls.{chat}.{letter}.{value}"))

    kind = "percent" if field == "discount_max" else "money"
    text = lines(
        say(language, "welcome-unfit") if unfit else None,
        f"<b>{say(language, f'staff-limit-{_dashed(field)}')}</b>",
        say(language, f"staff-limit-ask-{kind}"),
    )
    back = Button(say(language, "welcome-button-back"), pack(Action.PEOPLE, register_id, 0, f"card.{chat}"))
    return Screen(text, ((button("staff-limit-none", "n"), button("staff-limit-never", "0")), (back,)))


def remove_ask_screen(language: str, title: str, register_id: str, person: Person) -> Screen:
    text = say(language, "staff-remove-ask", name=_name(language, person), title=safe(title))
    chat = person.chat_id
    gone = _button(language, "staff-button-remove", register_id, f"rk.{chat}", "danger")
    back = _button(language, "welcome-button-back", register_id, f"card.{chat}")
    return Screen(text, ((gone,), (back,)))


def invitation_screen(language: str, title: str, role: str, link: str) -> Screen:
    """The only message that ever shows the link."""
    text = say(language, "staff-invitation", title=safe(title), role=role_name(language, role), link=safe(link))
    share = Button(say(language, "staff-button-share"), url=f"https://t.me/share/url?url={quote(link, safe='')}")
    return Screen(text, ((share,),))


def join_ask_screen(language: str, title: str, role: str, link_id: str) -> Screen:
    text = say(language, "staff-join-ask", title=safe(title), role=role_name(language, role))
    join = Button(say(language, "staff-button-join"), pack(Action.JOIN, link_id, 1), style="success")
    leave = Button(say(language, "staff-button-not-join"), pack(Action.JOIN, link_id, 0))
    return Screen(text, ((join,), (leave,)))


def joined_screen(language: str, title: str, role: str) -> Screen:
    """To whoever came: the keyboard under the input comes with it."""
    key = "staff-joined-viewer" if role == "viewer" else "staff-joined"
    return Screen(say(language, key, title=safe(title), role=role_name(language, role)), menu=language)


def told_joined_screen(language: str, title: str, register_id: str, person: Person) -> Screen:
    """To the owner: who came, and the way to undo it. It sounds: somebody may sell in their name now."""
    role, chat = person.roles[register_id], person.chat_id
    text = say(
        language, "staff-told-joined", title=safe(title), name=_name(language, person), role=role_name(language, role)
    )
    undo = _button(language, "staff-button-undo", register_id, f"rk.{chat}", "danger")
    card = _button(language, "staff-button-card", register_id, f"card.{chat}")
    return Screen(text, ((undo,), (card,)), silent=False)


def registers_screen(
    language: str, views: Sequence[RegisterView], roles: dict[str, str], current: str | None
) -> Screen:
    """Every register of somebody with a clear current one; a tap makes another the current one."""
    rows, taps = [], []
    for view in views[:REGISTERS_SHOWN_MAX]:
        one = view.registration
        key = "staff-register-current" if one.register_id == current else "staff-register"
        kind = say(language, "staff-practice" if one.practice else "staff-real")
        role = role_name(language, roles[one.register_id])
        rows.append(say(language, key, title=safe(one.title), kind=kind, role=role))
        if one.register_id != current:
            words = say(language, "staff-button-use", title=shortened(one.title, NAME_CHARACTERS_SHOWN))
            taps.append((Button(words, pack(Action.PEOPLE, one.register_id, 0, "use")),))
    return Screen(lines(say(language, "staff-registers"), "", *rows), (*taps, *start_buttons(language)))


def _button(language: str, key: str, register_id: str, choice: str, style: str | None = None) -> Button:
    return Button(say(language, key), pack(Action.PEOPLE, register_id, 0, choice), style=style)


def _name(language: str, person: Person, *, escaped: bool = True) -> str:
    name = person.name.strip() or say(language, "staff-nameless", chat=str(person.chat_id))
    return safe(name, NAME_CHARACTERS_SHOWN) if escaped else shortened(name, NAME_CHARACTERS_SHOWN)


def _dashed(field: str) -> str:
    return field.removesuffix("_max")


