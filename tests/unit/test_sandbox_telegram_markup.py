"""HTML of messages: what Telegram reads, what it refuses, and offsets in UTF-16."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.telegram.errors import BotApiError
from sandbox.telegram.limits import ALL_BURST, ANSWERS_PER_ACT, CHAT_BURST, FloodLimiter
from sandbox.telegram.markup import clean, is_empty, read_html, units, with_found

PARTS = st.lists(
    st.tuples(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=6),
        st.sampled_from(["", "b", "i", "u", "s", "code", "tg-spoiler"]),
    ),
    max_size=8,
)


@given(PARTS)
@settings(max_examples=150, deadline=None)
def test_every_entity_covers_exactly_its_own_text(parts: list[tuple[str, str]]) -> None:
    pieces = [(f"x{part}x", tag) for part, tag in parts]
    source = "".join(f"<{tag}>{html.escape(part)}</{tag}>" if tag else html.escape(part) for part, tag in pieces)
    text, entities = read_html(source)
    whole = clean("".join(part for part, _ in pieces))
    assert text == whole
    wide = text.encode("utf-16-le")
    covered = [wide[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le") for e in entities]
    assert covered == [clean(part) for part, tag in pieces if tag]


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused_in_words(source: str) -> None:
    try:
        text, entities = read_html(source)
    except BotApiError as error:
        assert error.code == 400 and error.description.startswith("Bad Request: can't parse entities: ")
        return
    assert all(e["offset"] + e["length"] <= units(text) for e in with_found(text, entities))


def test_nested_tags_links_and_language_are_told_as_telegram_tells_them() -> None:
    text, entities = read_html(
        '🎉<b>жуан <i>және</i></b> <a href="https://a.kz/?x=1&amp;y=2">сілтеме</a>'
        '<pre><code class="language-python">x = 1</code></pre><blockquote expandable>дәйек</blockquote>'
    )
    assert text == "🎉жуан және сілтемеx = 1дәйек"
    assert entities == [
        {"type": "bold", "offset": 2, "length": 9},
        {"type": "italic", "offset": 7, "length": 4},
        {"type": "text_link", "offset": 12, "length": 7, "url": "https://a.kz/?x=1&y=2"},
        {"type": "pre", "offset": 19, "length": 5, "language": "python"},
        {"type": "expandable_blockquote", "offset": 24, "length": 5},
    ]


def test_spaces_at_the_ends_go_and_entities_move_along() -> None:
    assert read_html(" \n<b> да </b>\n ") == ("да", [{"type": "bold", "offset": 0, "length": 2}])


def test_references_are_read_and_a_lone_ampersand_stays() -> None:
    assert (
        read_html("&lt;b&gt; &amp;amp; &quot;&#1178;&#x4e9; AT&T &nope; &#xD800;")[0]
        == '<b> &amp; "Қө AT&T &nope; &#xD800;'
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("а</b>", "Unexpected end tag at byte offset 2"),
        ("ab <script>x</script>", 'Unsupported start tag "script" at byte offset 3'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x>у</a>', None),
        ("<b>а</b", "Unclosed end tag at byte offset 5"),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_with_its_place(source: str, words: str | None) -> None:
    with pytest.raises(BotApiError) as refused:
        read_html(source)
    if words is not None:
        assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_a_link_that_leads_nowhere_loses_its_mark_only() -> None:
    assert read_html('<a href="javascript:alert(1)">а</a>') == ("а", [])


def test_direction_overrides_and_control_bytes_do_not_pass() -> None:
    assert clean("а\u202eб\x00в\r\nг") == "аб в\nг"
    assert is_empty("\u200b \u2060\n") and not is_empty("ә")


def test_the_limiter_forgives_with_time_and_counts_all_chats() -> None:
    now = [0.0]
    limiter = FloodLimiter(lambda: now[0])
    assert [limiter.retry_after_s(1) for _ in range(CHAT_BURST)] == [0] * CHAT_BURST
    assert limiter.retry_after_s(1) == 1
    now[0] += 1.0
    assert [limiter.retry_after_s(1), limiter.retry_after_s(1)] == [0, 1]
    passed = [chat for chat in range(100, 200) if limiter.retry_after_s(chat) == 0]
    assert len(passed) == ALL_BURST - 1


def test_whoever_writes_may_be_answered_even_in_a_chat_that_is_full() -> None:
    limiter = FloodLimiter(lambda: 0.0)
    assert [limiter.retry_after_s(1) for _ in range(CHAT_BURST)] == [0] * CHAT_BURST
    limiter.person_acted(1)
    assert [limiter.retry_after_s(1) for _ in range(ANSWERS_PER_ACT + 1)] == [0] * ANSWERS_PER_ACT + [1]
