"""A cashier's day on the pocket register in a real browser: every screen, in two languages, on two narrow phones."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect
from pocket_page import Hand, held
from pocket_shop import AIGUL, DANIYAR, OTHER_BOT, OWNER, PocketShop, open_pocket

from core.domain.catalogue import Item
from core.domain.price_list import Row
from core.texts import say
from web.pocket.reading import GOODS_MAX, ROWS

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="document.title=1"> & <b>нан</b>'


@pytest.fixture
async def shop(database: str, tmp_path: Path) -> AsyncIterator[PocketShop]:
    async with open_pocket(database, tmp_path) as found:
        yield found


async def sold_with_change(hand: Hand) -> list[str]:
    found = await hand.look("01-goods")
    for name in ("Кофе", "Кофе", "Нан"):
        await hand.good(name)
    await expect(hand.page.locator(".tile.chosen")).to_have_count(2)
    await expect(hand.button(hand.word("pay", total="1 950 ₸"))).to_be_visible()
    found += await hand.look("02-goods-chosen")
    await hand.main()
    await expect(hand.page.locator(".big")).to_contain_text("1 950 ₸")
    await expect(hand.page.locator(".sumlines li").first).to_contain_text("2 × 800 = 1 600")
    found += await hand.look("03-payment")
    await hand.tap(hand.page.locator(".note").first)
    await hand.made(1)
    await expect(hand.page.locator(".change")).to_contain_text("50 ₸")
    await expect(hand.page.locator('.mark[data-mark="registered"]')).to_be_visible()
    found += await hand.look("04-made")
    await hand.main()
    return found


async def sold_otherwise(hand: Hand) -> list[str]:
    """A cart with a quantity by weight and a discount, on a card; an amount without goods, paid in two parts."""
    page = hand.page
    await hand.good("Қант")
    await hand.tap(".strip")
    await hand.tap(hand.button(re.compile(hand.word("quantity-of", name="Қант"))))
    await hand.type("1,5")
    found = await hand.look("05-quantity")
    await hand.main()
    await hand.tap(hand.button(re.compile("^−10")))
    await expect(page.locator(".sum.total")).to_contain_text("702,67 ₸")
    found += await hand.look("06-cart")
    await hand.main()
    await hand.say("card")
    await hand.made(2)
    await hand.main()
    await hand.tap(hand.button(hand.word("to-keypad")))
    await hand.type("750")
    await hand.say("add-amount")
    found += await hand.look("07-keypad")
    await hand.main()
    await hand.say("mixed")
    await hand.type("300")
    await expect(hand.button(hand.word("rest-mobile", rest="450 ₸"))).to_be_visible()
    found += await hand.look("08-mixed")
    await hand.say("rest-mobile", rest="450 ₸")
    await hand.made(3)
    await hand.main()
    await hand.type("100")
    await hand.say("add-amount")
    await hand.main()
    await hand.say("other-given")
    await hand.type("150")
    await expect(hand.button(hand.word("sell-with-change", change="50 ₸"))).to_be_enabled()
    found += await hand.look("09-given")
    await hand.main()
    await hand.made(4)
    await hand.main()
    return found


async def returned(hand: Hand) -> list[str]:
    """One of the two coffees of the first receipt goes back, out of the drawer."""
    page = hand.page
    await hand.tap('#tabs [data-tab="receipts"]')
    await expect(page.locator(".row")).to_have_count(4)
    found = await hand.look("10-receipts")
    await hand.tap(page.locator(".row").last)
    await hand.made(1)
    found += await hand.look("11-receipt")
    await hand.say("return")
    await expect(hand.button(hand.word("return-now", total="1 950 ₸"))).to_be_enabled()
    await hand.tap(hand.button(hand.word("less-of", name="Нан")))
    await hand.tap(hand.button(hand.word("less-of", name="Кофе")))
    await expect(hand.button(hand.word("return-now", total="800 ₸"))).to_be_enabled()
    found += await hand.look("12-return")
    await hand.main()
    await hand.made(5)
    found += await hand.look("13-returned")
    await hand.main()
    return found


async def closed(hand: Hand) -> list[str]:
    page = hand.page
    await hand.tap('#tabs [data-tab="shift"]')
    await hand.say("cash-in")
    await hand.type("500")
    found = await hand.look("14-cash-in")
    await hand.main()
    await hand.made(6)
    await hand.main()
    await expect(page.locator(".sum.total")).to_contain_text("2 050 ₸")
    found += await hand.look("15-shift")
    await hand.main()
    await hand.tap(".tick")
    found += await hand.look("16-close")
    await hand.main()
    await expect(page.locator(".document h2")).to_contain_text(hand.word("shift-closed", number=1))
    found += await hand.look("17-z")
    await hand.main()
    await expect(page.locator("#screen")).to_contain_text(hand.word("no-shift"))
    await hand.tap("#more")
    found += await hand.look("18-more")
    return found


@pytest.mark.parametrize(("language", "width", "scheme"), [("kk", 320, "light"), ("ru", 360, "dark")])
async def test_a_cashiers_day(
    shop: PocketShop, chromium: Path, tmp_path: Path, language: str, width: int, scheme: str
) -> None:
    chat = {"kk": AIGUL, "ru": DANIYAR}[language]
    async with held(shop, chromium, chat, language=language, width=width, scheme=scheme, folder=tmp_path) as hand:
        found = [part for act in (sold_with_change, sold_otherwise, returned, closed) for part in await act(hand)]
    assert found == []
    documents = await shop.documents()
    assert [(one["kind"], one["total"]) for one in documents] == [
        ("sell", "1950.00"), ("sell", "702.67"), ("sell", "750.00"), ("sell", "100.00"), ("sell_return", "800.00"),
        ("deposit", "500.00"), ("withdrawal", "2050.00"), ("shift_close", "0.00"),
    ]  # fmt: skip
    assert [(one["type"], one["sum"]) for one in documents[2]["payments"]] == [("cash", "300.00"), ("mobile", "450.00")]
    assert {one["cashier"]["name"] for one in documents} == {{"kk": "Айгүл", "ru": "Данияр"}[language]}


async def test_a_cash_sale_of_k_goods_takes_k_and_two_taps(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        for goods in (("Кофе",), ("Кофе", "Нан", "Шай", "Самса"), ("Нан",) * 7):
            before = hand.taps
            for name in goods:
                await hand.good(name)
            await hand.main()
            await hand.say("cash-exact")
            await expect(hand.page.locator(".document")).to_be_visible()
            assert hand.taps - before == len(goods) + 2
            await hand.main()
    assert [one["total"] for one in await shop.documents()] == ["800.00", "1750.00", "2450.00"]


async def test_goods_are_found_by_letters_that_the_keyboard_lacks_and_by_their_code(
    shop: PocketShop, chromium: Path
) -> None:
    async with held(shop, chromium) as hand:
        field = hand.page.get_by_role("searchbox")
        await field.fill("КАНТ")
        await expect(hand.page.locator(".tile")).to_have_count(1)
        await field.press("Enter")
        await field.fill("4870204391510")
        await field.press("Enter")
        await expect(hand.page.locator(".strip")).to_contain_text("Нан × 1")
        await field.fill("4600000000008")
        await field.press("Enter")
        await expect(hand.page.get_by_role("alert")).to_contain_text("4600000000008")
        await expect(hand.button(hand.word("pay", total="870,50 ₸"))).to_be_visible()


async def test_a_good_that_the_phone_does_not_hold_is_found_in_the_whole_catalogue(
    shop: PocketShop, chromium: Path
) -> None:
    rows = [Row(number, Item(f"Тауар {number:03}", 10_000 + number)) for number in range(GOODS_MAX + 20)]
    await shop.rest.engine.catalogue.load(OWNER, shop.rest.register_id, rows)
    async with held(shop, chromium) as hand:
        await expect(hand.page.locator(".tile.more")).to_be_visible()
        before = await hand.page.locator(".tile").count()
        await hand.tap(".tile.more")
        assert await hand.page.locator(".tile").count() > before
        await hand.page.get_by_role("searchbox").fill("тауар 319")
        await hand.good("Тауар 319")
        await expect(hand.button(hand.word("pay", total="103,19 ₸"))).to_be_enabled()


async def test_receipts_are_leafed_back_and_found_by_words(shop: PocketShop, chromium: Path) -> None:
    phone = await shop.phone(DANIYAR)
    for number in range(1, ROWS + 6):
        items = [{"name": f"Зат {number}", "price": "5"}]
        await phone.sell({"kind": "sell", "items": items, "payments": [{"type": "card", "sum": "5"}]})
    async with held(shop, chromium) as hand:
        await hand.tap('#tabs [data-tab="receipts"]')
        await expect(hand.page.locator(".row")).to_have_count(ROWS)
        await hand.say("older")
        await expect(hand.page.locator(".row")).to_have_count(ROWS + 5)
        await expect(hand.button(hand.word("older"))).to_be_hidden()
        # a sale meanwhile is added on top, nothing is lost and nothing stands twice
        await phone.sell(
            {"kind": "sell", "items": [{"name": "Жаңа", "price": "7"}], "payments": [{"type": "card", "sum": "7"}]}
        )
        await expect(hand.page.locator(".row").first).to_contain_text("Жаңа")
        heads = await hand.page.locator(".row b").all_inner_texts()
        assert heads == [hand.word("kind-sell", number=number) for number in range(ROWS + 6, 0, -1)]
        await hand.page.get_by_role("searchbox").fill("зат 3")
        await expect(hand.page.locator(".row")).to_have_count(1 + 6)


async def test_marks_change_by_themselves_and_the_head_says_that_the_till_is_autonomous(
    shop: PocketShop, chromium: Path
) -> None:
    async with held(shop, chromium) as hand:
        shop.rest.ofd("down")
        await hand.good("Нан")
        await hand.main()
        await hand.say("cash-exact")
        await expect(hand.page.locator('.mark[data-mark="autonomous"]')).to_be_visible()
        await expect(hand.page.locator("#state")).to_have_text(hand.word("state-autonomous", count=1))
        await hand.main()
        await hand.tap('#tabs [data-tab="receipts"]')
        await expect(hand.page.locator('.row .mark[data-mark="autonomous"]')).to_have_count(1)
        # sold by somebody else's phone meanwhile
        await (await shop.phone(DANIYAR)).sell(
            {"kind": "sell", "items": [{"name": "Су", "price": "5"}], "payments": [{"type": "card", "sum": "5"}]}
        )
        await expect(hand.page.locator(".row")).to_have_count(2)


async def test_what_people_named_stays_text(shop: PocketShop, chromium: Path) -> None:
    await shop.rest.engine.catalogue.add(OWNER, shop.rest.register_id, Item(HOSTILE, 100, section=HOSTILE[:32]))
    async with held(shop, chromium) as hand:
        await hand.good(HOSTILE)
        await hand.tap(".strip")
        await expect(hand.page.locator(".lines b")).to_have_text(HOSTILE)
        await hand.main()
        await hand.say("cash-exact")
        await expect(hand.page.locator(".document .sumlines")).to_contain_text(HOSTILE)
        await hand.main()
        await hand.tap('#tabs [data-tab="receipts"]')
        await expect(hand.page.locator(".row")).to_contain_text(HOSTILE)
        assert await hand.page.locator("img, .row b b").count() == 0
        assert await hand.page.title() == hand.word("title")


async def test_the_language_changes_at_once_and_the_chat_follows(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await hand.tap("#more")
        await hand.tap(hand.button("English"))
        await expect(hand.page.locator("#tabs")).to_contain_text(say("en", "pocket-tab-receipts"))
        person = await shop.rest.engine.people.person(AIGUL)
        assert person is not None and person.language == "en"
        assert await hand.page.evaluate("document.documentElement.lang") == "en"


async def test_a_viewer_sees_receipts_and_nothing_to_sell_with(shop: PocketShop, chromium: Path) -> None:
    await (await shop.phone()).sell(
        {"kind": "sell", "items": [{"name": "Су", "price": "5"}], "payments": [{"type": "card", "sum": "5"}]}
    )
    await shop.rest.engine.people.link_person(shop.rest.register_id, 950, "viewer", "Қонақ", "kk")
    async with held(shop, chromium, 950) as hand:
        await expect(hand.page.locator(".row")).to_have_count(1)
        await expect(hand.page.locator('#tabs [data-tab="sell"]')).to_have_count(0)
        await hand.tap(".row")
        await hand.made(1)
        await expect(hand.button(hand.word("return"))).to_have_count(0)


async def test_an_owner_locks_a_cashiers_phone_out_and_it_says_so_at_once(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium, AIGUL) as hand, held(shop, chromium, OWNER, language="ru") as boss:
        await boss.tap("#more")
        await expect(boss.button(re.compile("Айгүл"))).to_be_visible()
        assert await boss.look("people") == []
        await boss.tap(boss.button(re.compile("Айгүл")))
        await expect(boss.page.locator(".more")).to_contain_text([boss.word("others-closed", count=1)] * 2)
        await expect(hand.page.locator(".splash h2")).to_have_text(hand.word("over-title"))
        await hand.page.goto("about:blank")
        await hand.page.goto(shop.page(AIGUL, "kk"))
        await expect(hand.page.locator(".tile").first).to_be_visible()
        await hand.tap("#more")
        await expect(hand.button(re.compile("Ерлан|Данияр"))).to_have_count(0)


async def test_whoever_may_not_come_in_is_told_why_and_what_to_do(shop: PocketShop, chromium: Path) -> None:
    addresses = {
        "pocket-closed-text": f"{shop.url}/app",
        "refusal-launch-stale-detail": shop.page(AIGUL, age_s=25 * 3600),
        "refusal-launch-forged-detail": shop.page(AIGUL, token=OTHER_BOT),
        "refusal-launch-stranger-detail": shop.page(5_555),
    }
    for key, address in addresses.items():
        async with held(shop, chromium, address=address, language="ru") as hand:
            language = await hand.page.evaluate("document.documentElement.lang")
            await expect(hand.page.locator(".splash p")).to_have_text(say(language, key))
            assert await hand.look(key) == []
            # launch data is no part of the address any more
            assert "#" not in hand.page.url


async def test_a_removed_cashier_is_told_at_the_next_tap_and_nothing_is_made(shop: PocketShop, chromium: Path) -> None:
    async with held(shop, chromium) as hand:
        await hand.good("Нан")
        await hand.main()
        await expect(hand.button(hand.word("cash-exact"))).to_be_enabled()
        await shop.rest.engine.crew.staff.remove(OWNER, shop.rest.register_id, AIGUL)
        await hand.say("cash-exact")
        await expect(hand.page.locator(".splash h2")).to_have_text(hand.word("over-title"))
    assert await shop.documents() == []
