"""The signal is lost, the page reloaded, the thumb trembles: whatever happens, the register made what the page says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Route, expect
from pocket_page import Hand, held
from pocket_shop import AIGUL, DANIYAR, PocketShop, open_pocket

pytestmark = pytest.mark.browser

DOCUMENTS, ACTS = "**/app/api/registers/*/documents", "**/app/api/registers/*/acts/*"
AGE = """(ms) => { const acts = JSON.parse(localStorage.getItem("tiyn.901.acts")); Object.values(acts)[0].at -= ms;
  localStorage.setItem("tiyn.901.acts", JSON.stringify(acts)); }"""


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[PocketShop]:
    async with open_pocket(database, tmp_path) as found:
        yield found


async def chosen(hand: Hand) -> None:
    """A loaf of bread, about to be paid."""
    await hand.good("Нан")
    await hand.main()
    await expect(hand.button(hand.word("cash-exact"))).to_be_enabled()


async def lost_answer(route: Route) -> None:
    """The request reaches the register, its answer does not come back."""
    if route.request.method == "POST":
        await route.fetch()
        await route.abort("connectionreset")
    else:
        await route.continue_()


async def lost(route: Route) -> None:
    await route.abort("internetdisconnected")


async def numbers(shop: PocketShop) -> list[int]:
    return [one["number"] for one in await shop.documents()]


async def empty_cart(hand: Hand) -> None:
    await hand.main()
    await expect(hand.page.locator(".tile").first).to_be_visible()
    await expect(hand.page.locator(".strip")).to_be_hidden()


async def test_an_answer_lost_after_the_sale_ends_in_one_receipt_that_is_shown(
    shop: PocketShop, chromium: Path
) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost_answer)
        await hand.say("cash-exact")
        await hand.made(1)
        assert await numbers(shop) == [1]
        await empty_cart(hand)


async def test_a_request_that_never_arrived_is_sent_again_under_its_key(shop: PocketShop, chromium: Path) -> None:
    keys: list[str] = []

    async def first_is_lost(route: Route) -> None:
        if route.request.method == "POST":
            keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1 and route.request.method == "POST":
            await route.abort("connectionreset")
        else:
            await route.continue_()

    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, first_is_lost)
        await hand.say("cash-exact")
        await hand.made(1)
    assert len(keys) == 2 and len(set(keys)) == 1 and await numbers(shop) == [1]


async def test_a_reload_between_the_sale_and_its_answer_shows_the_receipt(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost_answer)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("lost-title"))
        await hand.page.unroute_all()
        await hand.page.reload()
        await hand.made(1)
        # shown until it was seen: a second reload still shows it
        await hand.page.reload()
        await hand.made(1)
        await empty_cart(hand)
        await hand.page.reload()
        await expect(hand.page.locator(".tile").first).to_be_visible()
    assert await numbers(shop) == [1]


async def test_a_reload_finds_out_what_was_made_long_ago(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost_answer)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("lost-title"))
        await hand.page.evaluate(AGE, 3_600_000)
        await hand.page.unroute_all()
        await hand.page.reload()
        await hand.made(1)
    assert await numbers(shop) == [1]


async def test_what_was_pressed_long_ago_and_never_arrived_is_not_made_without_asking(
    shop: PocketShop, chromium: Path
) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("lost-title"))
        await hand.page.evaluate(AGE, 3_600_000)
        await hand.page.unroute_all()
        await hand.page.reload()
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("nothing-title"))
        assert await hand.look("nothing") == [] and await numbers(shop) == []
        await hand.main()
        await hand.made(1)
        await empty_cart(hand)
    assert await numbers(shop) == [1]


async def test_given_up_in_flight_it_is_never_made_and_the_cart_is_kept(shop: PocketShop, chromium: Path) -> None:
    """The request is still on its way when the cashier gives it up; it arrives later and makes nothing."""
    waiting: list[Route] = []

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            waiting.append(route)
        else:
            await route.continue_()

    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await hand.say("do-not-make")
        await hand.page.unroute_all()
        await hand.page.route(DOCUMENTS, hold)
        key = await hand.page.evaluate('Object.keys(JSON.parse(localStorage.getItem("tiyn.901.acts")))[0]')
        await expect(hand.page.locator(".strip")).to_be_visible()
        assert await hand.page.evaluate('localStorage.getItem("tiyn.901.acts")') is None
        assert waiting == []
        bread = {"items": [{"name": "Нан", "price": "350"}], "payments": [{"type": "cash", "sum": "350"}]}
        late = await (await shop.phone()).sell({"kind": "sell", **bread}, key)
        assert late.json()["code"] == "ACT_DROPPED" and await numbers(shop) == []
        await hand.page.unroute_all()
        await hand.main()
        await hand.say("cash-exact")
        await hand.made(1)
    assert await numbers(shop) == [1]


async def test_given_up_too_late_the_receipt_is_shown(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, lost_answer)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await hand.say("do-not-make")
        await hand.page.unroute_all()
        await hand.made(1)
        await empty_cart(hand)
    assert await numbers(shop) == [1]


async def test_airplane_mode_between_the_tap_and_the_answer(shop: PocketShop, chromium: Path) -> None:
    """The receipt stands in the journal and waits for the operator when the phone goes off the air."""
    fetching: list[asyncio.Task[object]] = []

    async with held(shop, chromium) as hand:

        async def off_the_air(route: Route) -> None:
            if route.request.method != "POST":
                await route.continue_()
                return
            fetching.append(asyncio.create_task(route.fetch()))
            while not await numbers(shop):
                pass
            await hand.page.context.set_offline(True)
            await route.abort("internetdisconnected")

        await chosen(hand)
        shop.rest.ofd("silent", times=1, commands=["TICKET"])
        await hand.page.route(DOCUMENTS, off_the_air)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("lost-title"))
        assert await hand.look("lost") == []
        await hand.page.context.set_offline(False)
        await hand.made(1)
        await asyncio.gather(*fetching)
    assert len(fetching) == 1 and await numbers(shop) == [1]


async def test_without_a_signal_goods_are_chosen_and_nothing_is_promised(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await hand.page.context.set_offline(True)
        await hand.good("Нан")
        await expect(hand.page.locator(".strip")).to_contain_text(hand.word("no-signal"))
        await expect(hand.page.locator("#state")).to_have_text(hand.word("state-no-signal"))
        await hand.main()
        await expect(hand.page.locator(".pay")).to_contain_text(hand.word("no-signal-price"))
        await expect(hand.button(hand.word("cash-exact"))).to_have_count(0)
        assert "₸" not in await hand.page.locator("#main").inner_text()
        await hand.page.context.set_offline(False)
        await hand.say("cash-exact")
        await hand.made(1)
    assert await numbers(shop) == [1]


async def test_a_double_tap_is_one_receipt_and_opens_nothing_else(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await hand.good("Нан")
        await expect(hand.button(hand.word("pay", total="350 ₸"))).to_be_enabled()
        await expect(hand.page.locator("body:not([data-settling])")).to_have_count(1)
        # the second half lands where the payment's last row has just appeared
        await hand.page.locator("#main").dblclick()
        await expect(hand.page.locator(".pay")).to_be_visible()
        assert await numbers(shop) == []
        await expect(hand.page.locator("body:not([data-settling])")).to_have_count(1)
        await hand.button(hand.word("cash-exact")).dblclick()
        await hand.made(1)
        await empty_cart(hand)
    assert await numbers(shop) == [1]


async def test_clicks_of_a_script_make_one_receipt_too(shop: PocketShop, chromium: Path) -> None:
    """Faster than any thumb: both clicks of the same button in one turn of the page."""
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.locator(".way.first").evaluate("(way) => { way.click(); way.click(); }")
        await hand.made(1)
        await empty_cart(hand)
    assert await numbers(shop) == [1]


async def test_the_back_button_in_the_middle_of_a_payment_walks_away_from_nothing(
    shop: PocketShop, chromium: Path
) -> None:
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        if route.request.method == "POST":
            await released.wait()
        await route.continue_()

    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.route(DOCUMENTS, hold)
        await hand.say("cash-exact")
        for _ in range(3):
            await hand.page.evaluate("history.back()")
            await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("making-sell"))
        released.set()
        await hand.made(1)
        await hand.main()
        await hand.page.evaluate("history.back()")
        await expect(hand.page.locator(".tile").first).to_be_visible()
    assert await numbers(shop) == [1]


async def test_the_back_button_before_the_payment_keeps_the_cart(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        await hand.page.evaluate("history.back()")
        await expect(hand.button(hand.word("pay", total="350 ₸"))).to_be_visible()
        await hand.page.reload()
        await expect(hand.button(hand.word("pay", total="350 ₸"))).to_be_visible()
    assert await numbers(shop) == []


async def test_a_refusal_keeps_the_cart_and_says_what_to_do(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        shop.rest.ofd(result_code=13, times=1, commands=["TICKET"])
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait")).to_contain_text("13")
        assert await hand.look("refused") == []
        await hand.main()
        await expect(hand.button(hand.word("pay", total="350 ₸"))).to_be_visible()
        await hand.main()
        await hand.say("cash-exact")
        await hand.made(2)
    assert [one["mark"] for one in await shop.documents()] == ["refused", "registered"]


async def test_a_refusal_whose_answer_was_lost_is_shown_after_a_reload(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await chosen(hand)
        shop.rest.ofd(result_code=13, times=1, commands=["TICKET"])
        await hand.page.route(DOCUMENTS, lost_answer)
        await hand.page.route(ACTS, lost)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("lost-title"))
        await hand.page.unroute_all()
        await hand.page.reload()
        await expect(hand.page.locator(".wait h2")).to_have_text(hand.word("mark-refused"))
        await hand.main()
        await expect(hand.button(hand.word("pay", total="350 ₸"))).to_be_visible()
    assert [one["mark"] for one in await shop.documents()] == ["refused"]


async def test_two_phones_sell_at_once_and_each_shows_its_own_receipt(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium, AIGUL) as first, held(shop, chromium, DANIYAR, language="ru") as second:
        await asyncio.gather(chosen(first), chosen(second))
        await asyncio.gather(first.say("cash-exact"), second.say("cash-exact"))
        for hand in (first, second):
            await expect(hand.page.locator(".document h2")).to_be_visible()
        shown = {await hand.page.locator(".document h2").inner_text() for hand in (first, second)}
        told = await shop.documents()
        own = {one["cashier"]["name"]: one["number"] for one in told}
        assert shown == {first.word("kind-sell", number=own["Айгүл"]), second.word("kind-sell", number=own["Данияр"])}
    assert await numbers(shop) == [1, 2]


async def test_two_people_on_one_phone_have_carts_of_their_own(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium, AIGUL) as hand:
        await hand.good("Нан")
        await expect(hand.page.locator(".strip")).to_be_visible()
        await hand.page.goto("about:blank")
        await hand.page.goto(shop.page(DANIYAR, "ru"))
        await expect(hand.page.locator("#tabs")).to_contain_text("Продажа")
        await expect(hand.page.locator(".strip")).to_be_hidden()
        await hand.page.goto("about:blank")
        await hand.page.goto(shop.page(AIGUL, "kk"))
        await expect(hand.page.locator(".strip")).to_contain_text("Нан × 1")
