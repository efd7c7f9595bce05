"""Launch data of a Mini App: what Telegram signed for this bot lately opens the register, nothing else does.

The golden hashes were made with OpenSSL's command line, which shares no line with ours.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from sandbox.telegram.launch import launch_data
from web.pocket.launch import AGE_MAX, AHEAD_MAX, ID_MAX, LAUNCH_CHARACTERS_MAX, verified

BOT = "4242:AAH-pocket"
SIGNED_AT = 1_772_701_200
NOW = datetime.fromtimestamp(SIGNED_AT + 60, UTC)
PLAIN = {
    "query_id": "AAHdF6IQAAAAAN0XohDhrOrc",
    "user": '{"id":901,"first_name":"Айгүл","language_code":"kk"}',
    "auth_date": str(SIGNED_AT),
    "hash": "42c53d86e6096728aaa43df0b4d478de484ead4d898cee9bef73b3c7fddbd53f",
}
NEWER = {
    "user": '{"id":9007199254740991,"first_name":"A&B = C + D%","username":"x"}',
    "chat_instance": "-3788475317572404878",
    "chat_type": "private",
    "start_param": "",
    "auth_date": str(SIGNED_AT),
    "signature": "Zm9v_-",
    "hash": "2ac21add31b36793908517baac9042be6d835e1356651ce5ac3035821784ffdd",
}


def refused(data: str, bot: str = BOT, now: datetime = NOW) -> str:
    with pytest.raises(Refused) as told:
        verified(data, bot, now)
    assert told.value.params == {}
    return told.value.code


def signed(**more: object) -> str:
    """Signed by Telegram as the sandbox does it."""
    return launch_data(BOT, {"id": 901, "first_name": "Айгүл", **more}, SIGNED_AT, "AAH")


@pytest.mark.parametrize(("fields", "person"), [(PLAIN, 901), (NEWER, 2**53 - 1)], ids=["plain", "newer"])
def test_what_telegram_signed_is_believed_in_whatever_order_it_comes(fields: dict[str, str], person: int) -> None:
    for order in (list(fields), sorted(fields), sorted(fields, reverse=True)):
        found = verified(urlencode({name: fields[name] for name in order}), BOT, NOW)
        assert (found.user_id, found.signature) == (person, fields["hash"])


@pytest.mark.parametrize("name", [*PLAIN, *NEWER])
def test_a_field_that_was_changed_left_out_or_added_is_forged(name: str) -> None:
    fields = PLAIN if name in PLAIN else NEWER
    without = {one: value for one, value in fields.items() if one != name}
    changed = {**fields, name: fields[name] + "0"}
    added = {**fields, name + "x": fields[name]}
    for tried in (without, changed, added):
        assert refused(urlencode(tried)) == "LAUNCH_FORGED", tried


def test_another_bots_data_is_forged() -> None:
    assert refused(urlencode(PLAIN), "4243:AAH-pocket") == "LAUNCH_FORGED"
    assert refused(urlencode(PLAIN), "4242:AAH-pockes") == "LAUNCH_FORGED"


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (timedelta(0), None),
        (-AHEAD_MAX + timedelta(seconds=1), None),
        (-AHEAD_MAX, "LAUNCH_STALE"),
        (AGE_MAX - timedelta(seconds=1), None),
        (AGE_MAX, "LAUNCH_STALE"),
        (timedelta(days=400), "LAUNCH_STALE"),
    ],
    ids=str,
)
def test_the_window_of_age(age: timedelta, code: str | None) -> None:
    now = datetime.fromtimestamp(SIGNED_AT, UTC) + age
    if code is None:
        assert verified(urlencode(PLAIN), BOT, now).user_id == 901
    else:
        assert refused(urlencode(PLAIN), now=now) == code


def test_a_stale_forgery_is_called_a_forgery() -> None:
    """Whoever cannot sign learns nothing of what else would be wrong."""
    late = datetime.fromtimestamp(SIGNED_AT, UTC) + timedelta(days=9)
    assert refused(urlencode({**PLAIN, "query_id": "x"}), now=late) == "LAUNCH_FORGED"


def test_a_name_that_stands_twice_is_forged() -> None:
    text = urlencode(PLAIN)
    for name, value in PLAIN.items():
        assert refused(f"{text}&{urlencode({name: value})}") == "LAUNCH_FORGED"


@pytest.mark.parametrize(
    "user",
    [{"id": 0}, {"id": -5}, {"id": ID_MAX}, {"id": True}, {"id": "901"}, {"id": 901.5}, {"id": None}],
    ids=str,
)
def test_signed_data_without_a_person_opens_nothing(user: dict[str, object]) -> None:
    assert refused(signed(**user)) == "LAUNCH_FORGED"


@pytest.mark.parametrize(
    "data",
    ["", "&", "=", "hash", "hash=&auth_date=", "a" * (LAUNCH_CHARACTERS_MAX + 1), "&".join(["a=1"] * 100), "hash=%ff",
     "hash=" + "0" * 64, "user=%7B%7D&hash=" + "A" * 64, urlencode({**PLAIN, "hash": PLAIN["hash"].upper()})],
)  # fmt: skip
def test_rubbish_is_forged(data: str) -> None:
    assert refused(data) == "LAUNCH_FORGED"


@given(st.text(max_size=300))
def test_no_text_whatever_is_believed_or_breaks_it(data: str) -> None:
    assert refused(data) == "LAUNCH_FORGED"


@given(st.integers(0, 10_000), st.characters())
def test_no_single_letter_may_be_another(place: int, letter: str) -> None:
    text = urlencode(NEWER)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    try:
        found = verified(changed, BOT, NOW)
    except Refused as told:
        assert told.code == "LAUNCH_FORGED"
    else:
        # only another spelling of the very same fields is believed, such as %2b for %2B
        assert (found.user_id, changed.casefold()) == (2**53 - 1, text.casefold())
