"""The fire drill: every figure of the story is the register's own rules', and the books are really compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from domain_samples import NOON, context
from hypothesis import given
from hypothesis import strategies as st

from bot.press import unpack
from bot.screens.drill import drill_screen
from bot.screens.screen import TEXT_UNITS_MAX, units
from core.domain.drill import DRILL_REGISTER, SCENES, Good, SceneName, Story, drill
from core.domain.ticket import Kind
from core.domain.view import Mark
from core.texts import LANGUAGES

GOODS = (Good("Кофе", 80_000), Good("Нан", 35_000), Good("Сыр", 320_050, "116"))
REGISTER = "0195e3a0-0000-7000-8000-000000000001"


def told(goods: tuple[Good, ...] = GOODS, *, vat_payer: bool = True) -> Story:
    here = context(practice=True)
    if not vat_payer:
        here = replace(here, seller=replace(here.seller, vat_payer=False), vat_default="none")
    return drill(goods, here, NOON)


def scene(story: Story, name: SceneName):  # type: ignore[no-untyped-def]
    return story.scenes[SCENES.index(name)]


def test_the_story_goes_through_all_of_it() -> None:
    story = told()
    assert [one.name for one in story.scenes] == list(SCENES)
    marks = [[view.mark for view in one.views] for one in story.scenes]
    assert marks[0] == [Mark.REGISTERED] and marks[1] == marks[2] == marks[3] == [Mark.AUTONOMOUS]
    assert marks[6] == [Mark.AUTONOMOUS_REGISTERED] * 8 and marks[7] == [Mark.REGISTERED]
    assert [one.queue for one in story.scenes] == [0, 1, 2, 3, 6, 8, 0, 0]
    assert [view.document.number for view in scene(story, SceneName.BACK).views] == list(range(2, 10))


def test_the_limits_are_the_laws() -> None:
    story = told()
    lost, limit = scene(story, SceneName.LOST), scene(story, SceneName.LIMIT)
    assert limit.at - lost.views[0].document.made_at == timedelta(hours=72)
    assert limit.views[0].document.made_at == limit.at
    assert limit.refused == "AUTONOMOUS_TOO_LONG"
    assert limit.closed is not None and limit.closed.document.kind is Kind.SHIFT_CLOSE
    assert scene(story, SceneName.DAYS).warnings == (timedelta(hours=48), timedelta(hours=24), timedelta(hours=6))
    assert scene(story, SceneName.SELLING).left == timedelta(hours=69)


def test_the_signs_are_of_their_own_and_come_in_order() -> None:
    story = told()
    views = [view for one in story.scenes for view in one.views if view.document.is_ticket]
    assert len({view.document.own_sign for view in views}) == len({view.document.number for view in views})
    signs = [view.fiscal_sign for view in views if view.fiscal_sign]
    assert len(set(signs)) == len(signs) == 7 and all(sign is not None and len(sign) == 12 for sign in signs)
    assert all(view.autonomous_sign is not None for view in scene(story, SceneName.BACK).views if view.fiscal_sign)


def test_the_operator_counts_for_itself_and_a_lost_document_shows() -> None:
    story = told()
    assert story.agree and len(story.ours.lines) == 10
    sales = [line.total for line in story.ours.lines if line.kind is Kind.SELL]
    assert story.theirs.sold == sum(sales) and 0 < story.theirs.cash < story.theirs.sold
    for lost in range(10):
        lines = story.theirs.lines[:lost] + story.theirs.lines[lost + 1 :]
        assert not replace(story, theirs=replace(story.theirs, lines=lines)).agree
    assert not replace(story, theirs=replace(story.theirs, cash=story.theirs.cash + 1)).agree
    broken = replace(story, theirs=replace(story.theirs, lines=story.theirs.lines[:-1]))
    text = drill_screen("ru", broken, 7, register_id=REGISTER, up_to=0).text
    assert "не сошлись" in text and "Сошлось" not in text and "—" in text


goods = st.lists(
    st.builds(
        Good,
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=128).filter(
            lambda name: name.isprintable() and name.strip() != ""
        ),
        st.integers(1, 9_999_999_999),
    ),
    min_size=1,
    max_size=8,
).map(tuple)


@given(goods, st.booleans(), st.sampled_from(LANGUAGES))
def test_any_goods_make_a_story_that_fits_the_chat(
    chosen: tuple[Good, ...], vat_payer: bool, language: str
) -> None:
    story = told(chosen, vat_payer=vat_payer)
    assert story.agree and story == told(chosen, vat_payer=vat_payer)
    for place in range(len(SCENES)):
        screen = drill_screen(language, story, place, register_id=REGISTER, up_to=10**11)
        assert units(screen.text) <= TEXT_UNITS_MAX
        press = unpack(screen.buttons[0][0].data or "")
        assert press is not None and press.register_id == REGISTER and press.number == 10**11


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_scene_says_what_another_says_and_all_say_that_it_is_a_story(language: str) -> None:
    story = told()
    texts = [drill_screen(language, story, place, register_id=REGISTER, up_to=0).text for place in range(len(SCENES))]
    assert len(set(texts)) == len(SCENES)
    assert all("<i>" in text and "{" not in text and DRILL_REGISTER not in text for text in texts)
