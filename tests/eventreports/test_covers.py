"""Covers: the same for the same event, light text is legible on them, and files as pages need."""

from __future__ import annotations

import re
import struct
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from conftest import CONF, Built, Site
from eventreports.core.dates import PartialDate, date_block
from eventreports.render.covers import Size, cover, palette

APRIL = PartialDate(2018, 4, 19)
COLORS = st.none() | st.integers(0, 0xFFFFFF).map("#{:06x}".format)
DATES = st.none() | st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))


def luminance(color: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [part / 255 for part in bytes.fromhex(color[1:])]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(f * p for f, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


@given(st.text(), DATES, COLORS)
def test_white_text_is_legible_on_all_but_the_moon(
    name: str, date: PartialDate | None, color: str | None
) -> None:
    *grounds, moon = palette(name, date, color)
    assert min(contrast("#ffffff", ground) for ground in grounds) >= 4.5
    assert contrast(moon, grounds[0]) >= 7


@given(st.text(), DATES, COLORS, st.sampled_from(Size))
def test_a_cover_is_small_and_xml_without_ids(
    name: str, date: PartialDate | None, color: str | None, size: Size
) -> None:
    drawn = cover(name, date, color, size)
    assert drawn == cover(name, date, color, size)
    assert len(drawn) <= 4096
    elements = list(ElementTree.fromstring(drawn).iter())
    assert {one.get("class") for one in elements} >= {"sky", "low", "moon"}
    # So that a page may have as many as it likes.
    assert not any("id" in one.attrib for one in elements)


def test_a_cover_stays_as_it_is() -> None:
    drawn = cover("japan-container-days-v1804", APRIL, None, Size.HEAD)
    assert sha256(drawn.encode()).hexdigest()[:16] == "f450b77a51797478"


def lit(date: PartialDate | None) -> tuple[str, float]:
    """On which side of the moon light begins, and how far it reaches, from 0 to 1."""
    drawn = cover("moon", date, None, Size.LINK)
    moon = ElementTree.fromstring(drawn).find(".//*[@class='moon']")
    assert moon is not None
    arcs = re.findall(r"a([\d.]+) ([\d.]+) 0 0 ([01])", moon.get("d", ""))
    (_, radius, outer), (bend, _, inner) = arcs
    part = float(bend) / float(radius) / 2
    return "left right".split()[int(outer)], 0.5 + part if inner == outer else 0.5 - part


@pytest.mark.parametrize(
    ("day", "side", "part"),
    # As they were; months that differ from the mean one put the quarters off by a day.
    [
        ("2024-04-08", None, 0),
        ("2024-04-15", "right", 0.5),
        ("2024-04-23", None, 1),
        ("2024-05-01", "left", 0.5),
        ("1999-08-11", None, 0),
    ],
)
def test_the_moon_is_as_it_was(day: str, side: str | None, part: float) -> None:
    found, light = lit(PartialDate.parse(day))
    assert side in (None, found)
    assert light == pytest.approx(part, abs=0.15)


@pytest.mark.parametrize("date", [None, PartialDate(2018), PartialDate(2018, 4)])
def test_the_moon_of_a_day_that_is_not_known_is_full(date: PartialDate | None) -> None:
    assert lit(date)[1] == 1


def test_the_month_gives_the_hue_unless_the_event_has_a_color() -> None:
    assert palette("one", PartialDate(2018, 4), None) == palette("one", APRIL, None)
    assert palette("one", PartialDate(2018, 8), None) != palette("one", APRIL, None)
    assert palette("one", APRIL, "#bf281c") == palette("two", None, "#bf281c")
    sky = palette("one", APRIL, "#808080").sky
    assert sky[1:3] == sky[3:5] == sky[5:]


@pytest.mark.parametrize(
    ("days", "ja", "en"),
    [
        ("2018-04-19", "19 | 2018年4月 | 木曜日", "19 | Apr 2018 | Thu"),
        # Below a month 日 would be a part of the date.
        ("2023-03-19", "19 | 2023年3月 | 日曜日", "19 | Mar 2023 | Sun"),
        ("2023-10-05 2023-10-06", "5–6 | 2023年10月 | 木–金曜日", "5–6 | Oct 2023 | Thu–Fri"),
        ("2018-05-31 2018-06-02", "5/31–6/2 | 2018年 | 木–土曜日", "May 31–Jun 2 | 2018 | Thu–Sat"),
        ("2018-12-31 2019-01-07", "12/31–1/7 | 2018年–2019年 | 月–月曜日",
         "Dec 31–Jan 7 | 2018–2019 | Mon–Mon"),
        ("2018-04", "4月 | 2018年", "Apr | 2018"),
        ("2018-04 2018-05", "4月–5月 | 2018年", "Apr–May | 2018"),
        ("2018-04 2019-04", "4月–4月 | 2018年–2019年", "Apr–Apr | 2018–2019"),
        ("2018-04-19 2018-04", "4月 | 2018年", "Apr | 2018"),
        ("2018", "2018", "2018"),
        ("2018-12 2019", "2018–2019", "2018–2019"),
    ],
)  # fmt: skip
def test_a_date_block_says_once_what_days_have_in_common(days: str, ja: str, en: str) -> None:
    first, *_, last = map(PartialDate.parse, days.split() * 2)
    for language, shown in {"ja": ja, "en": en}.items():
        block = date_block(first, last, Locale(language))
        assert block is not None
        assert " | ".join((block.large, *block.beside)) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("ko", "토–일요일"), ("zh", "周六–周日"), ("de", "Sa–So")]
)
def test_a_weekday_is_no_single_letter(language: str, shown: str) -> None:
    days = PartialDate(2023, 3, 18), PartialDate(2023, 3, 19)
    block = date_block(*days, Locale(language))
    assert block is not None
    assert block.beside[-1] == shown


def test_without_a_date_there_is_no_block() -> None:
    assert date_block(None, None, Locale("ja")) is None
    assert date_block(APRIL, None, Locale("ja")) == date_block(APRIL, APRIL, Locale("ja"))


EVENT = "name: One\ndate: 2018-04-19\n"


@pytest.fixture
def covered(site: Site) -> Site:
    """With the event's page, and one that lists it."""
    site.write({"conf.py": f"{CONF}eventreports_year_pages = False\n"})
    site.write(
        {"index.md": "# Site\n\n```{event:list}\n```\n\n```{toctree}\nevents/one/index\n```\n"}
    )
    site.event("one", EVENT)
    return site


def drawn(built: Built) -> list[str]:
    return sorted(path.name for path in (built.outdir / "_images").glob("cover-*"))


def sources(built: Built, page: str) -> list[str]:
    """The pictures in covers on a page, relative to the output folder."""
    found = re.findall(r'<img[^>]*class="event-cover"[^>]*>', built.text(page))
    paths = [re.findall(r'src="([^"]*)"', tag)[0] for tag in found]
    root = built.outdir.resolve()
    return [str(Path(root, page).parent.joinpath(one).resolve().relative_to(root)) for one in paths]


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_a_list_shows_a_file_and_a_head_is_drawn_in_place(
    covered: Site, builder: str, parallel: int
) -> None:
    built = covered.build(builder, parallel)
    assert built.warnings == []
    (file,) = drawn(built)
    assert sources(built, "index.html") == [f"_images/{file}"]
    page = {"html": "events/one/index.html", "singlehtml": "index.html"}.get(builder)
    text = built.text(page or "events/one/index.html")
    # One page of all has no head of each event.
    assert (cover("one", APRIL, None, Size.HEAD) in text) == (builder != "singlehtml")
    assert '<span class="event-dateblock-day">19</span>' in text


@pytest.mark.parametrize(("days", "is_long"), [("19 19", False), ("08 09", False), ("21 22", True)])
def test_days_that_would_reach_the_moon_stand_above_their_month(
    covered: Site, days: str, is_long: bool
) -> None:
    start, end = days.split()
    dates = f"start_date: 2018-04-{start}\nend_date: 2018-04-{end}\n"
    covered.event("one", f"name: One\n{dates}")
    assert ("event-dateblock-long" in covered.build().text("index.html")) is is_long


def test_a_file_goes_with_its_cover(covered: Site) -> None:
    built = covered.build()
    (file,) = drawn(built)
    again = covered.build()
    assert again.written == []
    assert drawn(again) == [file]
    covered.event("one", EVENT.replace("04", "05"))
    (other,) = drawn(covered.build())
    assert other != file


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "xml", "epub"])
def test_no_other_format_has_covers(covered: Site, builder: str) -> None:
    built = covered.build(builder)
    assert built.warnings == []
    assert drawn(built) == []
    pages = [path for path in built.outdir.rglob("*") if path.suffix in (".xhtml", ".xml", ".txt")]
    for path in pages:
        assert "event-cover" not in path.read_text(encoding="utf-8")


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"


def png(width: int, height: int, kind: int) -> bytes:
    header = struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + header


RGB, RGBA = 2, 6


@pytest.mark.parametrize(
    ("name", "data", "on_card", "at_head"),
    [
        ("logo.jpg", jpeg(1200, 800), "photo", "photo"),
        ("logo.jpg", jpeg(300, 200), "logo", "logo"),
        ("logo.svg", b"<svg viewBox='0 0 9 9'/>", "logo", "logo"),
        # What is drawn is not cut, nor laid on a dark ground.
        ("logo.png", png(1200, 630, RGB), "photo", "logo"),
        ("logo.png", png(1200, 1200, RGB), "logo", "logo"),
        ("logo.png", png(1200, 630, RGBA), "logo", "logo"),
    ],
)
def test_a_picture_of_its_own_stands_for_the_cover(
    covered: Site, name: str, data: bytes, on_card: str, at_head: str
) -> None:
    covered.event("one", f"{EVENT}image: {name}\n")
    (covered.folder / "events/one" / name).write_bytes(data)
    built = covered.build()
    assert built.warnings == []
    assert drawn(built) == []
    for page, kind in (("index.html", on_card), ("events/one/index.html", at_head)):
        assert f"event-cover-{kind}" in built.text(page)
        (path,) = sources(built, page)
        assert (built.outdir / path).read_bytes() == data
