"""Models of printers: 58 and 80 mm, with and without the Kazakh page, with and without QR codes of their own."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any, get_args

import pytest
import zxingcpp
from PIL import Image
from receipt_samples import CHECK_URL
from test_receipt_outputs import HOSTILE, OPERATOR, VIEWS, job_of

from core.receipt.blocks import LayoutLanguage
from core.receipt.layout import receipt_layout
from printer_bridge.job import parse_job
from printer_bridge.lines import lines_of
from printer_bridge.profile import PAPERS, Profile
from printer_bridge.raster import rasterise_logo
from printer_bridge.render import OPEN_DRAWER, render
from printer_bridge.trial import CODE, LETTERS, trial_page
from sandbox.printer.drawing import draw
from sandbox.printer.reader import EscposReader
from sandbox.printer.roll import Picture, QrCode, Roll, TextLine, Torn

LANGUAGES: tuple[LayoutLanguage, ...] = get_args(LayoutLanguage)
CHEAP_PAGES = {0: "cp437", 17: "cp866"}
DRAWN = {name: replace(profile, letters="drawn", own_qr=False) for name, profile in PAPERS.items()}


def printed(data: bytes, profile: Profile, *, cheap: bool = False) -> tuple[Torn, EscposReader]:
    papers: list[Torn] = []
    pages = {"code_pages": CHEAP_PAGES, "makes_qr": False} if cheap else {}
    reader = EscposReader(Roll(profile.width_dots), papers.append, lambda _: None, **pages)
    reader.feed(data)
    (paper,) = papers
    return paper, reader


def picture(paper: Torn, profile: Profile) -> Image.Image:
    return Image.open(BytesIO(draw(paper, profile.width_dots))).convert("L")


def drawer_job(**changes: Any) -> dict[str, Any]:
    whole = {"id": "1", "sequence": 1, "register_id": "r", "document": 1, "title": "Чек", "copy": False}
    return {**whole, "language": "kk", "blocks": [{"type": "text", "text": "Нан"}], "drawer": True, **changes}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS.keys())
def test_every_model_gets_every_line(shown: Any, language: LayoutLanguage, name: str) -> None:
    job = job_of(receipt_layout(shown, OPERATOR, language=language, copy=True))
    profile = PAPERS[name]
    paper, reader = printed(render(job, profile), profile)
    wanted = [line.text.strip() for line in lines_of(job, profile.width) if hasattr(line, "text")]
    assert [line.strip() for line in paper.text(profile.width_dots).splitlines() if "[" not in line] == wanted
    assert all(item.width_dots <= profile.width_dots for item in paper.items if isinstance(item, TextLine))
    assert reader.unknown == []


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("shown", VIEWS.values(), ids=VIEWS.keys())
def test_a_printer_without_the_page_draws_the_same_paper(shown: Any, name: str) -> None:
    """What a rich printer makes of letters and a cheap one of pictures looks the same, dot for dot but for QR codes."""
    job = job_of(receipt_layout(shown, OPERATOR, language="kk-ru"))
    rich, cheap = replace(PAPERS[name], own_qr=False), DRAWN[name]
    with_letters, _ = printed(render(job, rich), rich)
    drawn, reader = printed(render(job, cheap), cheap, cheap=True)
    assert not any(run.text.strip() for item in drawn.items if isinstance(item, TextLine) for run in item.runs)
    assert not any(isinstance(item, QrCode) for item in drawn.items)
    assert reader.unknown == []
    one, other = picture(with_letters, rich), picture(drawn, cheap)
    assert one.size == other.size
    assert share_of_difference(one, other) < 0.002


def share_of_difference(one: Image.Image, other: Image.Image) -> float:
    """Of all dots, after thin edges of letters were smoothed away."""
    small = [image.resize((image.width // 4, image.height // 4)) for image in (one, other)]
    pairs = zip(small[0].tobytes(), small[1].tobytes(), strict=True)
    return sum(abs(a - b) > 96 for a, b in pairs) / (small[0].width * small[0].height)


@pytest.mark.parametrize("name", PAPERS)
def test_the_drawn_qr_is_read_from_the_paper_and_fits(name: str) -> None:
    profile = DRAWN[name]
    paper, _ = printed(render(job_of(receipt_layout(VIEWS["sale"], OPERATOR, language="kk-ru")), profile), profile)
    read = zxingcpp.read_barcodes(picture(paper, profile))
    assert [code.text for code in read] == [CHECK_URL]


@pytest.mark.parametrize("name", PAPERS)
def test_a_drawn_qr_of_five_hundred_characters_is_read(name: str) -> None:
    profile, link = DRAWN[name], "https://ofd.kz/t/?" + "a1" * 241
    paper, _ = printed(render(parse_job(drawer_job(blocks=[{"type": "qr", "data": link}])), profile), profile)
    assert [code.text for code in zxingcpp.read_barcodes(picture(paper, profile))] == [link]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", PAPERS)
def test_hostile_names_are_no_commands_on_any_model(text: str, name: str) -> None:
    blocks = [{"type": "row", "left": text, "right": text}, {"type": "text", "text": text, "size": 2}]
    for profile in (PAPERS[name], DRAWN[name]):
        data = render(parse_job(drawer_job(blocks=blocks)), profile)
        _, reader = printed(data, profile)
        assert reader.unknown == [] and reader.drawer_kicks == 0
        assert b"\x10" not in data


def test_drawn_lines_share_commands_and_send_no_white_to_their_right() -> None:
    blocks = [{"type": "text", "text": "Қы"} for _ in range(20)]
    data = render(parse_job(drawer_job(blocks=blocks)), DRAWN["80"])
    paper, _ = printed(data, DRAWN["80"])
    pictures = [item for item in paper.items if isinstance(item, Picture)]
    assert [item.height_dots for item in pictures] == [240, 240, 120]
    assert all(item.width_dots <= 24 for item in pictures)


def test_a_paper_with_one_strange_line_stays_letters_for_the_rest() -> None:
    blocks = [{"type": "text", "text": text} for text in ("Нан", "饅頭", "сүт")]
    paper, _ = printed(render(parse_job(drawer_job(blocks=blocks)), PAPERS["58"]), PAPERS["58"])
    assert paper.text(384) == "Нан\n[image]\nсүт\n"


@pytest.mark.parametrize(("copy", "has_drawer", "kicks"), [(False, True, 1), (True, True, 0), (False, False, 0)])
def test_the_drawer_opens_with_an_original_only_and_only_where_there_is_one(
    copy: bool, has_drawer: bool, kicks: int
) -> None:
    profile = replace(PAPERS["80"], drawer=has_drawer)
    data = render(parse_job(drawer_job(copy=copy)), profile)
    assert printed(data, profile)[1].drawer_kicks == kicks
    assert data.count(OPEN_DRAWER) == kicks


def test_without_a_cutter_the_paper_is_fed_to_the_tear_bar() -> None:
    profile = replace(PAPERS["58"], cutter=False)
    data = render(parse_job(drawer_job()), profile)
    assert data.endswith(b"\x1bd\x05") and b"\x1dV" not in data


@pytest.mark.parametrize("name", PAPERS)
def test_the_logo_stands_in_the_middle_above_everything(name: str) -> None:
    out = BytesIO()
    Image.new("RGBA", (900, 300), (0, 0, 0, 255)).save(out, "PNG")
    profile = replace(PAPERS[name], logo=rasterise_logo(out.getvalue(), PAPERS[name].width_dots))
    paper, reader = printed(render(parse_job(drawer_job()), profile), profile)
    logo = paper.items[0]
    assert isinstance(logo, Picture) and logo.width_dots in range(profile.width_dots, profile.width_dots + 9)
    assert logo.height_dots <= 242 and reader.unknown == []


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_logo_that_is_no_picture_is_said_so(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read as a picture"):
        rasterise_logo(data, 384)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("cheap", [False, True])
def test_the_test_page_shows_every_way_and_what_is_missing(name: str, cheap: bool) -> None:
    """On a cheap printer A is not readable and C is missing; B, D and the advice are there on any."""
    profile = PAPERS[name]
    paper, reader = printed(trial_page(profile), profile, cheap=cheap)
    text = paper.text(profile.width_dots)
    assert (LETTERS in text) is not cheap
    assert text.count("[QR: ") == (0 if cheap else 1)
    codes = zxingcpp.read_barcodes(picture(paper, profile))
    assert [code.text for code in codes] == [CODE] * (1 if cheap else 2)
    ruler = [line for line in text.splitlines() if line.startswith("1234567890")]
    assert [len(line) for line in ruler] == [profile.width]
    assert max(item.width_dots for item in paper.items if isinstance(item, Picture)) in range(
        profile.width_dots - 8, profile.width_dots + 8
    )
    assert reader.drawer_kicks == 0
