"""The programme as a grid that is true to time."""

import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Site
from eventreports.core.model import Event, Session, Slot
from eventreports.core.schedule_grid import Cell, Grid, grid, rooms_or_tracks, schedule_days
from eventreports.loader import load

WILD = settings(max_examples=200)

EVENT = """\
name: Conf
start_date: 2018-05-31
end_date: 2018-06-01
venue: {name: Hall, rooms: [Main, Side]}
tracks: [{name: Ops, color: bf281c}]
days:
  - {date: 2018-05-30, name: Day 0}
  - {date: 2018-05-31, name: Day 1, description: The *first*.}
slots:
  - {title: Lunch, kind: meal, date: 2018-05-31, start: 12:00, duration: 60}
  - {kind: party, date: 2018-05-31, start: 23:00, end: 1:30}
sessions:
  - {id: b, title: B, date: 2018-05-31, start: 10:30, end: 11:00, room: Side}
  - {id: a, title: A, date: 2018-05-31, start: 10:00, duration: 60, room: Main, track: Ops}
  - {id: c, title: C, date: 2018-05-31, start: 11:30, end: 12:00, room: Main, status: cancelled}
  - {id: d, title: D, date: 2018-06-01}
  - {id: e, title: E}
"""


@pytest.fixture
def event(tmp_path: Path) -> Event:
    path = tmp_path / "conf" / "event.yaml"
    path.parent.mkdir()
    path.write_text(EVENT, encoding="utf-8")
    loaded = load(path, tmp_path)
    assert not any(problem.is_fault for problem in loaded.problems)
    assert loaded.event is not None
    return loaded.event


def drawn(laid: Grid) -> list[str]:
    """Each row as text: an item's number where it begins, “-” where nothing is on."""
    return [
        f"{row.start // 60}:{row.start % 60:02} "
        + " ".join(
            f"{'+'.join(map(str, cell.items)) or '-'}/{cell.rows}x{cell.columns}"
            for cell in row.cells
        )
        for row in laid.rows
    ]


def test_days_are_in_order_and_what_has_no_date_comes_last(event: Event) -> None:
    days = schedule_days(event, event.sessions)
    found = [
        (day.date.isoformat() if day.date else "", [str(item.title) for item in day.items])
        for day in days
    ]
    assert found == [
        ("2018-05-30", []),
        ("2018-05-31", ["A", "B", "C", "Lunch", "None"]),
        ("2018-06-01", ["D"]),
        ("", ["E"]),
    ]
    assert [day.is_timed for day in days] == [False, True, False, False]


def test_a_row_begins_with_each_item_and_a_break_stands_across(event: Event) -> None:
    days = schedule_days(event, event.sessions)
    assert rooms_or_tracks(days) == "room"
    laid = grid(event, days[1], "room")
    assert [(str(column.name), column.width) for column in laid.columns] == [
        ("Main", 1),
        ("Side", 1),
    ]
    assert drawn(laid) == [
        "10:00 0/2x1 -/1x1",
        "10:30 1/1x1",
        "11:30 2/1x2",
        "12:00 3/1x2",
        "23:00 4/1x2",
    ]


def items(*spans: tuple[int, int, str | None]) -> list[Session | Slot]:
    return [
        Slot.model_validate({"title": "x", "start": clock(start), "duration": str(length)})
        if room is None
        else Session.model_validate(
            {"title": "x", "start": clock(start), "duration": str(length), "room": room}
        )
        for start, length, room in spans
    ]


def clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def laid_out(*spans: tuple[int, int, str | None]) -> Grid:
    event = Event.model_validate({"name": "E", "date": "2018-04-19"})
    made = items(*spans)
    event = event.model_copy(update={"slots": tuple(one for one in made if isinstance(one, Slot))})
    sessions = [one for one in made if isinstance(one, Session)]
    (day,) = schedule_days(event, sessions)
    return grid(event, day, "room")


def test_what_overlaps_in_a_room_stands_side_by_side() -> None:
    laid = laid_out((600, 60, "A"), (630, 60, "A"), (720, 30, "A"))
    assert [(str(column.name), column.width) for column in laid.columns] == [("A", 2)]
    assert drawn(laid)[0] == "10:00 0/2x1 -/1x1"
    assert drawn(laid)[-1] == "12:00 2/1x2"


def test_a_break_at_the_time_of_a_talk_has_a_column_of_its_own() -> None:
    laid = laid_out((600, 60, "A"), (630, 60, None), (720, 30, None))
    assert [column.name and str(column.name) for column in laid.columns] == ["A", None]
    assert drawn(laid)[-1] == "12:00 2/1x2"


def programmes(rooms: int, size: int) -> st.SearchStrategy[list[tuple[int, int, str | None]]]:
    names = [*"ABCDEFGHIJKL"[:rooms], None]
    item = st.tuples(st.integers(0, 1400), st.integers(1, 300), st.sampled_from(names))
    return st.lists(item, min_size=1, max_size=size)


@given(st.one_of(programmes(rooms=3, size=12), programmes(rooms=12, size=60)))
@WILD
def test_every_item_stands_once_and_every_place_is_filled_once(
    spans: list[tuple[int, int, str | None]],
) -> None:
    laid = laid_out(*spans)
    width = sum(column.width for column in laid.columns)
    assert sorted(item for row in laid.rows for cell in row.cells for item in cell.items) == list(
        range(len(spans))
    )
    filled: list[list[int]] = [[0] * width for _row in laid.rows]
    for number, row in enumerate(laid.rows):
        at = 0
        for cell in row.cells:
            at = next(n for n in range(at, width) if not filled[number][n])
            put(filled, number, at, cell)
            at += cell.columns
    assert all(count == 1 for row in filled for count in row)


def put(filled: list[list[int]], row: int, column: int, cell: Cell) -> None:
    """As HTML places a cell: in the first place that is free."""
    for down in range(cell.rows):
        for right in range(cell.columns):
            filled[row + down][column + right] += 1


PAGE = "# Conf\n\n```{event:schedule}\n```\n\n## A\n\n```{event:session} a\n```\n"


def test_html_has_a_table_with_heads_and_each_talk_leads_to_its_notes(site: Site) -> None:
    site.event("conf", EVENT, PAGE)
    built = site.build(language="en")
    assert built.warnings == []
    page = built.text("events/conf/index.html")
    (table,) = re.findall(r'<table class="[^"]*event-schedule-grid.*?</table>', page, re.DOTALL)
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', table) == ["Time", "Main", "Side"]
    assert re.findall(r'<th scope="row"><span>([^<]*)', table)[:3] == ["10:00", "10:30", "11:30"]
    assert 'style="--event-color: #bf281c"' in table
    assert 'href="#session-a"' in table
    assert 'rowspan="2"' in table
    assert "Cancelled" in table
    assert "<caption>Day 1: Thu, May 31, 2018</caption>" in table


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub", "singlehtml", "dirhtml"])
def test_every_builder_shows_all_of_it(site: Site, builder: str) -> None:
    site.event("conf", EVENT, PAGE)
    built = site.build(builder, language="en")
    assert built.warnings == []
    suffixes = (".html", ".xhtml", ".txt", ".tex", ".1")
    files = [path for path in built.outdir.rglob("*") if path.suffix in suffixes]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for said in ("Day 0", "Lunch", "Party", "Cancelled", "Main", "Ops", "first"):
        assert said in text


def test_a_talk_without_notes_leads_to_its_card(site: Site) -> None:
    cards = "```{event:sessions}\n```\n"
    site.event("conf", EVENT, f"# Conf\n\n```{{event:schedule}}\n```\n\n## All\n\n{cards}")
    built = site.build(language="en")
    assert built.warnings == []
    page = built.text("events/conf/index.html")
    table = page[: page.index("<h2>All")]
    assert 'href="#session-b"' in table
    assert 'id="session-b"' not in table


def test_a_programme_alone_is_where_its_talks_are_found(site: Site) -> None:
    site.event("conf", EVENT, "# Conf\n\n```{event:schedule}\n```\n\n{event:session}`b`\n")
    built = site.build(language="en")
    assert built.warnings == []
    page = built.text("events/conf/index.html")
    assert page.count('id="session-b"') == 1
    # Only the paragraph below leads there: a title does not lead to itself.
    assert page.count('href="#session-b"') == 1


TWO_LANGUAGES = """\
name: Conf
date: 2018-05-31
venue: {name: Hall, rooms: [{name: {ja: 大ホール, en: Main}, capacity: 300}, Side]}
tracks: [{name: {ja: 運用, en: Ops}, color: bf281c}]
sessions:
  - {id: a, title: A, start: 10:00, end: 11:00, room: Main, track: Ops}
  - {id: b, title: B, start: 11:00, end: 12:00, room: 大ホール, track: 運用}
  - {id: c, title: C, start: 10:00, end: 11:00, room: Side}
"""


@pytest.mark.parametrize(
    ("language", "room", "track"), [("ja", "大ホール", "運用"), ("en", "Main", "Ops")]
)
def test_a_room_or_track_is_one_whatever_language_a_talk_names_it_in(
    site: Site, language: str, room: str, track: str
) -> None:
    page = "# Conf\n\n```{event:schedule}\n```\n\n```{event:sessions}\n:rooms: Main\n```\n"
    site.event("conf", TWO_LANGUAGES, page)
    built = site.build(language=language)
    assert built.warnings == []
    html = built.text("events/conf/index.html")
    heads = re.findall(r'<th scope="col" [^>]*>(.*?)</th>', html)
    # What is in a room is of one track: its head has the colour, too.
    assert [re.sub("<.*?>", "", head) for head in heads] == [room, "Side"]
    assert ["#bf281c" in head for head in heads] == [True, False]
    assert html.count('style="--event-color: #bf281c"') == 7
    cards = re.findall(r'<li class="sd-col.*?</li>', html, re.DOTALL)
    assert len(cards) == 2
    assert all(room in card and track in card for card in cards)


def test_what_is_anywhere_shares_the_width_with_its_like_alone() -> None:
    """A breakfast and the doors' opening at once make no columns for the rest of the day."""
    laid = laid_out((480, 90, None), (540, 45, None), (600, 60, "A"), (600, 60, "B"))
    assert [str(column.name) for column in laid.columns] == ["A", "B"]
    assert drawn(laid)[0] == "8:00 0/2x1 -/1x1"
    three = laid_out(*[(480, 60, None)] * 3, (600, 60, "A"), (600, 60, "B"))
    assert [(str(column.name), column.width) for column in three.columns] == [("A", 1), ("B", 1)]
    assert drawn(three)[0] == "8:00 0+1+2/1x2"


def test_a_column_has_as_many_lanes_as_it_ever_needs() -> None:
    laid = laid_out(*[(540, 60, "A")] * 2, *[(660, 60, "A")] * 4, (780, 60, "A"))
    assert [column.width for column in laid.columns] == [4]
    assert drawn(laid) == ["9:00 0/1x2 1/1x2", "11:00 2/1x1 3/1x1 4/1x1 5/1x1", "13:00 6/1x4"]


def test_what_is_on_in_one_room_alone_goes_across_all() -> None:
    """A keynote does, and the room that has nothing else makes no column."""
    laid = laid_out((540, 60, "Hall"), (600, 60, "A"), (600, 60, "B"), (660, 60, "A"))
    assert [str(column.name) for column in laid.columns] == ["A", "B"]
    assert drawn(laid) == ["9:00 0/1x2", "10:00 1/1x1 2/1x1", "11:00 3/1x2"]
    # Those of a programme in which nothing overlaps say each where they are.
    one = laid_out((540, 60, "A"), (600, 60, "B"))
    assert [(column.name, column.width) for column in one.columns] == [(None, 1)]
    # In the only room there is, nothing is alone.
    assert [str(column.name) for column in laid_out((540, 60, "A")).columns] == ["A"]


def test_lightning_talks_in_a_row_share_one_cell() -> None:
    talks = [(600 + 7 * n, 5, "A") for n in range(4)]
    assert drawn(laid_out(*talks, (600, 60, "B"))) == ["10:00 0+2+3+4/1x1 1/1x1"]
    # A pair does not, nor longer talks, nor those with more than a moment in between.
    assert len(drawn(laid_out(*talks[:2]))) == 2
    assert len(drawn(laid_out(*((600 + 20 * n, 20, "A") for n in range(4))))) == 4
    assert len(drawn(laid_out(*((600 + 20 * n, 5, "A") for n in range(4))))) == 4


def test_where_many_rooms_begin_at_many_times_a_row_is_half_an_hour() -> None:
    rooms = [(540 + room * 5 + 70 * n, 30, f"R{room}") for room in range(12) for n in range(4)]
    laid = laid_out(*rooms, (600, 10, "R0"), (845, 30, None))
    *others, lunch = laid.rows
    assert [row.start for row in others] == list(range(540, 810, 30))
    # What is one after another in a room within it shares a cell.
    assert [cell for row in others for cell in row.cells if len(cell.items) > 1]
    # A break across all rooms has a row of its own.
    assert (lunch.start, [(cell.rows, cell.columns) for cell in lunch.cells]) == (845, [(1, 12)])


def test_a_year_is_no_day() -> None:
    event = Event.model_validate({"name": "E", "date": "2018", "sessions": [{"title": "A"}]})
    assert [day.date for day in schedule_days(event, event.sessions)] == [None]


def test_of_some_sessions_only_their_days_and_rooms_are_shown(event: Event) -> None:
    hall = {"title": "Tea", "date": "2018-05-31", "room": "Hall", "start": "9:00"}
    slots = (*event.slots, Slot.model_validate(hall))
    event = event.model_copy(update={"slots": slots})
    chosen = [session for session in event.sessions if session.id == "a"]
    (day,) = schedule_days(event, chosen, is_whole=False)
    assert [str(item.title) for item in day.items] == ["A", "Lunch", "None"]


def test_a_break_stands_across_the_rooms_that_are_free() -> None:
    """A workshop that goes on through lunch does not push lunch aside."""
    laid = laid_out((600, 120, "A"), (600, 120, "B"), (600, 300, "C"), (720, 60, None))
    assert [str(column.name) for column in laid.columns] == ["A", "B", "C"]
    assert drawn(laid) == ["10:00 0/1x1 1/1x1 2/2x1", "12:00 3/1x2"]


def test_what_is_anywhere_while_every_room_is_taken_has_a_column_of_its_own() -> None:
    laid = laid_out((540, 480, None), (600, 60, "A"), (660, 60, None), (720, 60, "A"))
    assert [column.name and str(column.name) for column in laid.columns] == ["A", None]
    # The exhibition of the whole day does not take the break along.
    assert drawn(laid)[2] == "11:00 2/1x1"


@pytest.mark.parametrize("place", ["room", "track"])
def test_columns_are_in_the_order_of_the_events_own_list(place: Literal["room", "track"]) -> None:
    sessions = [
        {"title": name, "start": "10:00", "room": name, "track": name} for name in ("A", "B", "C")
    ]
    names = ["C", "B"] if place == "room" else ["B", "C"]
    event = Event.model_validate(
        {
            "name": "E",
            "date": "2018-04-19",
            "venue": {"name": "V", "rooms": ["C", "B"]},
            "tracks": [{"name": "B"}, {"name": "C"}],
            "sessions": sessions,
        }
    )
    (day,) = schedule_days(event, event.sessions)
    assert [str(column.name) for column in grid(event, day, place).columns] == [*names, "A"]


def test_four_at_once_in_a_room_have_lanes_of_their_own_and_five_share_one() -> None:
    assert drawn(laid_out(*[(600, 60, "A")] * 4)) == ["10:00 0/1x1 1/1x1 2/1x1 3/1x1"]
    assert drawn(laid_out(*[(600, 60, "A")] * 5)) == ["10:00 0+1+2+3+4/1x1"]


def test_many_at_once_in_a_room_share_one_cell() -> None:
    laid = laid_out(*[(600, 60, "Foyer")] * 33, (600, 30, "Hall"))
    assert [column.width for column in laid.columns] == [1, 1]
    assert drawn(laid) == ["10:00 " + "+".join(map(str, range(33))) + "/1x1 33/1x1"]


def programme(text: str, tmp_path: Path) -> Event:
    path = tmp_path / "conf" / "event.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    loaded = load(path, tmp_path)
    assert not any(problem.is_fault for problem in loaded.problems)
    assert loaded.event is not None
    return loaded.event


def test_an_end_that_nobody_knows_is_when_the_next_begins_there(tmp_path: Path) -> None:
    event = programme(
        """\
name: Conf
date: 2018-04-19
slots: [{title: Lunch, start: 12:00, duration: 60}]
sessions:
  - {title: A, start: 10:00, room: A}
  - {title: B, start: 10:10, end: 10:20, room: B}
  - {title: C, start: 11:00, room: A}
""",
        tmp_path,
    )
    (day,) = schedule_days(event, event.sessions)
    laid = grid(event, day, "room")
    assert drawn(laid) == ["10:00 0/2x1 -/1x1", "10:10 1/1x1", "11:00 2/1x2", "12:00 3/1x2"]


def test_an_end_that_is_before_the_start_makes_no_day_of_it() -> None:
    event = Event.model_validate(
        {
            "name": "E",
            "date": "2018-04-19",
            "sessions": [{"title": "T", "start": "9:00", "end": "8:30"}],
        }
    )
    (day,) = schedule_days(event, event.sessions)
    assert drawn(grid(event, day, "room")) == ["9:00 0/1x1"]


PARTS = """\
name: Conf
start_date: 2018-04-19
end_date: 2018-04-20
venue: {name: Hall, rooms: [Main, Side]}
tracks: [{name: Ops, description: For *operators*.}, {name: Dev, description: For others.}]
sessions:
  - id: lts
    title: Lightning talks
    date: 2018-04-20
    room: Main
    track: Ops
    children:
      - {id: lt-1, title: Tabs, start: 15:00, duration: 5}
      - {id: lt-2, title: Spaces, start: 15:05, duration: 5}
  - id: days
    title: Workshop
    children:
      - {id: w1, title: First half, date: 2018-04-19, start: 9:00, end: 12:00, room: Side}
      - {id: w2, title: Second half, date: 2018-04-20, start: 9:00, end: 12:00, room: Side}
"""


def test_a_part_has_the_day_room_and_track_of_the_whole(tmp_path: Path) -> None:
    event = programme(PARTS, tmp_path)
    part = event.session("lt-1")
    assert part is not None
    placed = event.placed(part)
    assert (str(placed.date and placed.date.isoformat()), str(placed.room), str(placed.track)) == (
        "2018-04-20",
        "Main",
        "Ops",
    )
    assert part.room is None


@pytest.mark.parametrize(
    ("own", "venue", "room"),
    [
        ("", "Café", "Upstairs"),
        ("room: Garden", "Café", "Garden"),
        ("venue: Online", "Online", None),
        ("{venue: Online, room: Chat}", "Online", "Chat"),
    ],
)
def test_a_part_is_where_the_whole_is_unless_it_says_so(
    own: str, venue: str, room: str | None, tmp_path: Path
) -> None:
    part = f"id: part, title: Part, {own.strip('{}')}".rstrip(", ")
    whole = f"title: Whole, venue: Café, room: Upstairs, children: [{{{part}}}]"
    event = programme(f"name: Conf\nsessions: [{{{whole}}}]\n", tmp_path)
    found = event.session("part")
    assert found is not None
    placed = event.placed(found)
    assert placed.venue is not None
    assert str(placed.venue.name) == venue
    assert (None if placed.room is None else str(placed.room)) == room


VENUES = """\
name: Conf
date: 2018-04-19
venue: {name: Hall, rooms: [Main]}
slots: [{title: Drinks, start: 12:00, end: 13:00, venue: {address: Pier 3}}]
sessions:
  - {title: A, start: 10:00, end: 11:00, room: Main}
  - {title: B, start: 11:00, end: 12:00, room: Main, venue: Hall}
  - {title: C, start: 10:00, end: 11:00, venue: Online}
  - {title: D, start: 11:00, end: 12:00, venue: Online, room: Chat}
"""


def test_what_is_elsewhere_has_a_column_of_its_venue(tmp_path: Path) -> None:
    event = programme(VENUES, tmp_path)
    (day,) = days = schedule_days(event, event.sessions)
    assert rooms_or_tracks(days) == "room"
    laid = grid(event, day, "room")
    assert [str(column.name) for column in laid.columns] == ["Main", "Online"]
    # What is there alone goes across, and says itself where it is.
    assert drawn(laid)[-1] == "12:00 4/1x2"


@pytest.mark.parametrize(
    ("keys", "columns"),
    [("venue: Online", "room"), ("venue: Online, track: A", "track"), ("title: B", "track")],
)
def test_venues_are_columns_where_there_are_no_tracks(
    keys: str, columns: str, tmp_path: Path
) -> None:
    keys = keys if "title" in keys else f"title: B, {keys}"
    event = programme(f"name: Conf\nsessions: [{{title: A}}, {{{keys}}}]\n", tmp_path)
    assert rooms_or_tracks(schedule_days(event, event.sessions)) == columns


def test_the_whole_is_when_its_parts_are_and_one_of_several_days_is_its_parts(
    tmp_path: Path,
) -> None:
    event = programme(PARTS, tmp_path)
    days = schedule_days(event, event.sessions)
    assert [[(str(item.title), item.begins, item.ends) for item in day.items] for day in days] == [
        [("First half", "09:00", "12:00")],
        [("Second half", "09:00", "12:00"), ("Lightning talks", "15:00", "15:10")],
    ]


def test_the_programme_leads_to_the_notes_of_each_part(site: Site) -> None:
    notes = "## Tabs\n\n```{event:session} lt-1\n```\n"
    site.event("conf", PARTS, f"# Conf\n\n```{{event:schedule}}\n```\n\n{notes}")
    built = site.build(language="en")
    assert built.warnings == []
    page = built.text("events/conf/index.html")
    table = page[: page.index("<h2>Tabs")]
    assert 'href="#session-lt-1"' in table
    assert "15:05–15:10" in table
    # What it is a part of tells its day, its room and its track.
    facts = page[page.index("<h2>Tabs") :]
    for said in ("Fri, Apr 20, 2018 15:00–15:05", "Main", "Ops", "Lightning talks"):
        assert said in facts


def test_only_tracks_of_which_something_is_shown_are_explained(site: Site) -> None:
    site.event("conf", PARTS, "# Conf\n\n```{event:schedule}\n```\n")
    page = site.build(language="en").text("events/conf/index.html")
    assert "operators" in page
    assert "For others" not in page


def test_what_is_left_out_leaves_the_slots_and_days_as_they_are(site: Site) -> None:
    site.event("conf", EVENT, "# Conf\n\n```{event:schedule}\n:exclude: d\n```\n")
    page = site.build(language="en").text("events/conf/index.html")
    assert "Day 0" in page
    assert "Lunch" in page
    assert ">D<" not in page


# Moments


def moments(event: Event, session_id: str) -> list[str | None]:
    session = event.session(session_id)
    assert session is not None
    return [one.isoformat() if one else None for one in event.moments(session)]


MOMENTS = """\
name: Conf
start_date: 2026-10-24
end_date: 2026-10-25
timezone: Europe/Berlin
sessions:
  - {id: own, title: A, date: 2026-10-25, start: 9:00, end: 10:00}
  - {id: nowhen, title: B, start: 9:00, end: 10:00}
  - id: night
    title: C
    date: 2026-10-24
    children:
      - {id: first, title: D, start: 23:30, end: 24:30}
      - {id: last, title: E, start: 24:30, duration: 180}
  - {id: open, title: F, date: 2026-10-24, start: 23:00}
"""


def test_sessions_begin_and_end_at_moments_of_their_zone(tmp_path: Path) -> None:
    event = programme(MOMENTS, tmp_path)
    assert moments(event, "own") == ["2026-10-25T09:00:00+01:00", "2026-10-25T10:00:00+01:00"]
    assert moments(event, "nowhen") == [None, None]
    assert moments(event, "open") == ["2026-10-24T23:00:00+02:00", None]
    # The clocks are put back at 3:00: three hours later they show 2:30.
    assert moments(event, "last") == ["2026-10-25T00:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    assert moments(event, "night")[0] == "2026-10-24T23:30:00+02:00"
    (elsewhere, _) = event.moments(event.all_sessions[0])
    assert elsewhere is not None
    assert elsewhere.astimezone(ZoneInfo("Asia/Tokyo")).isoformat() == "2026-10-25T17:00:00+09:00"


def test_without_a_zone_moments_are_of_the_clocks_there(tmp_path: Path) -> None:
    event = programme(
        "name: E\ndate: 2026-10-24\nsessions: [{id: a, title: A, start: 9:00}]\n", tmp_path
    )
    assert moments(event, "a") == ["2026-10-24T09:00:00", None]


def test_the_head_of_a_row_says_when_most_beside_it_end(site: Site) -> None:
    facts = """\
    name: Conf
    date: 2026-10-02
    venue: {name: Hall, rooms: [A, B, C]}
    slots: [{title: Lunch, start: 12:00, end: 13:00}]
    sessions:
      - {id: a, title: One, start: 10:00, end: 10:40, room: A}
      - {id: b, title: Two, start: 10:00, end: 10:40, room: B}
      - {id: c, title: Three, start: 10:00, end: 10:50, room: C}
      - {id: d, title: Four, start: 11:00, end: 11:40, room: A}
      - {id: e, title: Five, start: 11:00, end: 11:50, room: B}
    """
    site.event("conf", facts, "# Conf\n\n```{event:schedule}\n```\n")
    html = site.build(language="en").text("events/conf/index.html")
    rows = re.findall(r'<tr([^>]*)><th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    shown = [re.sub("<.*?>", "", head) for _kind, head, _cells in rows]
    assert shown == ["10:00–10:40", "11:00", "12:00–13:00"]
    # The others say it themselves.
    assert [cells.count("event-timed") for _kind, _head, cells in rows] == [2, 0, 1]
    assert ["event-break" in kind for kind, _head, _cells in rows] == [False, False, True]


def test_a_night_is_shown_with_the_times_of_the_clock(site: Site) -> None:
    facts = """\
    name: Conf
    start_date: 2026-10-02
    end_date: 2026-10-04
    sessions:
      - {id: a, title: CTF, date: 2026-10-02, start: 17:00, end: 8:00, room: W}
      - {id: b, title: Hack, date: 2026-10-02, start: 18:00, duration: 900, room: M}
      - {id: c, title: Camp, date: 2026-10-02, start: 19:00, duration: "48:00"}
    """
    site.event("conf", facts, "# Conf\n\n```{event:schedule}\n```\n")
    built = site.build(language="en")
    assert built.warnings == []
    page = built.text("events/conf/index.html")
    for shown in ("17:00–08:00", "18:00–09:00", "19:00 (2880 min)"):
        assert shown in page
    assert not re.search(r"\b[3-9]\d:\d\d", page)
