"""Dates and clock times: what is one, in which order, and in which words."""

import datetime as dt
import re

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventreports.core.dates import (
    PartialDate,
    check_timezone,
    clock_of,
    format_range,
    minutes_of,
    moment,
    parse_clock,
    span,
)
from sphinxcommon.messages import printable

WILD = settings(max_examples=150)

JA, EN = Locale("ja"), Locale("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-04-19", (2018, 4, 19)),
        ("2018-04", (2018, 4, 0)),
        ("2018", (2018, 0, 0)),
        ("2020-02-29", (2020, 2, 29)),
        ("0987-01-01", (987, 1, 1)),
        ("9999-12-31", (9999, 12, 31)),
    ],
)
def test_a_date_may_know_its_day_its_month_or_its_year(
    text: str, expected: tuple[int, int, int]
) -> None:
    date = PartialDate.parse(text)
    assert date == expected
    assert date.isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18.10",
        "20180419",
        "20008-02-24",
        "2018-04-190",
        "2018-04-19T10:00",
        "2018-04-19\n",
        " 2018",
        "2018-",
        "-2018",
        "19-04-2018",
        "19.4.2018",
        "4/19",
        "平成30年4月19日",
        "next spring",
        "TBD",
    ],
)
def test_what_is_no_date_is_reported_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="is no date; write 2018-04-19, 2018-04 or 2018"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("2018-4-19", "2018-04-19"),
        ("2018-04-9", "2018-04-09"),
        ("2018/04/19", "2018-04-19"),
        ("2018/4", "2018-04"),
        ("2018.4.9", "2018-04-09"),
        ("2018年4月19日", "2018-04-19"),
        ("2018年4月19日(木)", "2018-04-19"),
        ("2018年4月", "2018-04"),
    ],
)
def test_a_date_in_another_form_is_reported_in_this_one(text: str, proposal: str) -> None:
    with pytest.raises(ValueError, match=rf"is no date in the form of ISO 8601; write {proposal}$"):
        PartialDate.parse(text)
    assert PartialDate.parse(proposal)


@pytest.mark.parametrize("text", ["2018/2/30", "2018-13", "2018年4月31日"])
def test_no_day_is_proposed_that_no_calendar_has(text: str) -> None:
    with pytest.raises(ValueError, match="in the calendar"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "2018-02-29",
        "2018-02-30",
        "1900-02-29",
        "2018-04-31",
        "2018-04-32",
        "2018-13",
        "2018-13-01",
        "0000",
        "2018-00",
        "2018-00-05",
        "2018-04-00",
    ],
)
def test_a_date_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"there is no {text} in the calendar"):
        PartialDate.parse(text)


@WILD
@given(st.dates())
def test_each_day_is_read_back(day: dt.date) -> None:
    date = PartialDate.parse(day.isoformat())
    assert date.first_day() == day
    assert date.isoformat() == day.isoformat()


@WILD
@example("1000年0")
@example("0000年0")
@given(st.text() | st.text(st.sampled_from("0123456789-/ \n年")))
def test_a_text_is_a_date_or_reported_why_not(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        assert printable(text) in str(error)  # noqa: PT017, either outcome is right
    else:
        assert PartialDate.parse(date.isoformat()) == date
        assert date.format(JA)


def test_order_is_that_of_time_and_what_is_less_known_stands_before() -> None:
    texts = ["2017-12-31", "2018", "2018-01", "2018-01-01", "2018-04", "2018-04-19", "2019"]
    dates = [PartialDate.parse(text) for text in texts]
    assert sorted(dates[index] for index in (3, 0, 6, 2, 5, 1, 4)) == dates


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        ("2018-04-19", "2018年4月19日(木)", "Thu, Apr 19, 2018"),
        ("2018-04", "2018年4月", "Apr 2018"),
        ("2018", "2018年", "2018"),
    ],
)
def test_dates_in_words(text: str, japanese: str, english: str) -> None:
    date = PartialDate.parse(text)
    assert date.format(JA) == japanese
    assert date.format(EN) == english


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        ("2018-04-19", "2018/04/19", "Apr 19, 2018"),
        ("2018-04", "2018年4月", "Apr 2018"),
        ("2018", "2018年", "2018"),
    ],
)
def test_dates_in_tables(text: str, japanese: str, english: str) -> None:
    date = PartialDate.parse(text)
    assert date.format_short(JA) == japanese
    assert date.format_short(EN) == english


def ranged(start: str, end: str, locale: Locale) -> str:
    """With plain blanks: which kind of blank stands at a dash is the locale data's affair."""
    words = format_range(PartialDate.parse(start), PartialDate.parse(end), locale)
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("start", "end", "japanese", "english"),
    [
        ("2018-04-19", "2018-04-19", "2018年4月19日(木)", "Thu, Apr 19, 2018"),
        (
            "2018-04-19",
            "2018-04-20",
            "2018年4月19日(木)\uff5e20日(金)",
            "Thu, Apr 19 \u2013 Fri, Apr 20, 2018",
        ),
        (
            "2018-04-30",
            "2018-05-01",
            "2018年4月30日(月)\uff5e5月1日(火)",
            "Mon, Apr 30 \u2013 Tue, May 1, 2018",
        ),
        (
            "2018-12-31",
            "2019-01-01",
            "2018年12月31日(月)\uff5e2019年1月1日(火)",
            "Mon, Dec 31, 2018 \u2013 Tue, Jan 1, 2019",
        ),
        ("2018-04", "2018-05", "2018年4月\uff5e5月", "Apr \u2013 May 2018"),
        ("2018", "2019", "2018年\uff5e2019年", "2018 \u2013 2019"),
        ("2018", "2018", "2018年", "2018"),
    ],
    ids=["one-day", "in-a-month", "across-months", "across-years", "months", "years", "one-year"],
)
def test_ranges_say_once_what_both_ends_share(
    start: str, end: str, japanese: str, english: str
) -> None:
    assert ranged(start, end, JA) == japanese
    assert ranged(start, end, EN) == english


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2018-04-19"),
        ("2018-04", "2018-04-19"),
        ("2017-04-19", "2018"),
        ("2018", "2018-04"),
    ],
)
@pytest.mark.parametrize("locale", [JA, EN], ids=str)
def test_a_range_invents_no_day_that_nobody_wrote(start: str, end: str, locale: Locale) -> None:
    said = ranged(start, end, locale)
    for invented in ("1月1日", "4月1日", "\uff5e1月", "2018年1月", "Jan", "Apr 1 "):
        assert invented not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00", "09:00"),
        ("09:00", "09:00"),
        ("0:00", "00:00"),
        ("13:30", "13:30"),
        ("23:59", "23:59"),
        ("24:00", "24:00"),
        ("25:30", "25:30"),
        ("29:59", "29:59"),
    ],
)
def test_clock_times_have_two_digits_and_may_run_past_midnight(text: str, expected: str) -> None:
    assert parse_clock(text) == expected


def test_clock_times_sort_as_texts() -> None:
    times = [parse_clock(text) for text in ("25:30", "9:00", "13:00", "0:15")]
    assert sorted(times) == ["00:15", "09:00", "13:00", "25:30"]


@pytest.mark.parametrize(
    "text", ["", "9", "9h", "9.30", "9:5", "9:000", "9:00:00", "-1:00", " 9:00", "10:30 AM", "昼"]
)
def test_what_is_no_time_is_reported_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="is no time; write 9:30 or 13:00"):
        parse_clock(text)


@pytest.mark.parametrize("text", ["30:00", "99:00", "9:60", "29:99"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"there is no {text} on a clock"):
        parse_clock(text)


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("00:00", 0), ("09:05", 545), ("24:00", 1440), ("25:30", 1530), ("29:59", 1799)],
)
def test_minutes_go_on_past_midnight(clock: str, minutes: int) -> None:
    assert minutes_of(clock) == minutes
    assert clock_of(minutes) == clock


def test_what_is_later_than_a_night_is_shown_by_the_clock_of_its_day() -> None:
    assert [clock_of(hour * 60) for hour in (30, 32, 48, 71)] == [
        "06:00",
        "08:00",
        "00:00",
        "23:00",
    ]


@pytest.mark.parametrize(
    ("start", "end", "duration", "expected"),
    [
        ("9:00", "10:00", None, ("9:00", 60)),
        ("9:00", None, None, ("9:00", None)),
        (None, "9:00", None, (None, None)),
        ("9:00", None, 60, ("9:00", 60)),
        (None, "9:00", 60, ("8:00", 60)),
        (None, None, 60, (None, None)),
        # The end counts, which is not what the duration says.
        ("9:00", "10:00", 30, ("9:00", 60)),
        ("22:00", "1:30", None, ("22:00", 210)),
        ("22:00", "25:30", None, ("22:00", 210)),
        ("25:00", "2:00", None, ("25:00", 60)),
        (None, "1:30", 120, ("23:30", 120)),
        (None, "25:30", 60, ("24:30", 60)),
        ("17:00", "8:00", None, ("17:00", 900)),
        ("17:00", None, 900, ("17:00", 900)),
        ("15:00", "12:00", None, ("15:00", 1260)),
        ("9:00", None, 2880, ("9:00", 2880)),
        ("14:59", "12:00", None, ("14:59", None)),
        ("15:00", "12:01", None, ("15:00", None)),
        ("13:00", "12:59", None, ("13:00", None)),
        ("25:00", "0:30", None, ("25:00", None)),
    ],
)
def test_two_of_start_end_and_duration_tell_the_third(
    start: str | None,
    end: str | None,
    duration: int | None,
    expected: tuple[str | None, int | None],
) -> None:
    known = [minutes_of(clock) if clock else None for clock in (start, end, expected[0])]
    found = span(known[0], known[1], duration)
    assert (found.start, found.minutes) == (known[2], expected[1])


@pytest.mark.parametrize(
    ("day", "clock", "zone", "expected"),
    [
        ("2026-10-02", "9:05", "Asia/Tokyo", "2026-10-02T09:05:00+09:00"),
        ("2026-10-02", "25:30", "Asia/Tokyo", "2026-10-03T01:30:00+09:00"),
        ("2026-12-31", "24:00", "UTC", "2027-01-01T00:00:00+00:00"),
        # A time that clocks show twice, and one that they skip.
        ("2026-10-25", "2:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
        ("2026-03-29", "2:30", "Europe/Berlin", "2026-03-29T02:30:00+01:00"),
        ("2026-03-28", "27:30", "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
        ("2026-10-02", "9:05", None, "2026-10-02T09:05:00"),
        ("2026-10", "9:05", "UTC", None),
        ("2026", "9:05", "UTC", None),
    ],
)
def test_a_day_a_clock_and_a_zone_are_a_moment(
    day: str, clock: str, zone: str | None, expected: str | None
) -> None:
    found = moment(PartialDate.parse(day), minutes_of(clock), zone)
    assert (found.isoformat() if found else None) == expected
    assert moment(None, 0, zone) is None
    assert moment(PartialDate.parse(day), None, zone) is None


@WILD
@given(st.text() | st.text(st.sampled_from("0123456789:： 時AMPM")))
def test_a_text_is_a_time_or_reported_why_not(text: str) -> None:
    try:
        clock = parse_clock(text)
    except ValueError as error:
        assert printable(text) in str(error)  # noqa: PT017, either outcome is right
    else:
        assert parse_clock(clock) == clock
        assert 0 <= minutes_of(clock) < 30 * 60


# Time zones


@pytest.mark.parametrize(
    "name", ["Asia/Tokyo", "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+9"]
)
def test_a_zone_is_a_name_of_the_iana_database(name: str) -> None:
    assert check_timezone(name) == name


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Asia/Tokio", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("Asia/tokyo", "Asia/Tokyo"),
        ("Tokyo", "Asia/Tokyo"),
        ("tokyo", "Asia/Tokyo"),
        ("Japan/Tokyo", "Asia/Tokyo"),
        ("Berlin", "Europe/Berlin"),
        ("Europe/Berln", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_that_is_nearly_one_is_proposed(text: str, near: str) -> None:
    words = f"“{text}” is no time zone; write a name such as Asia/Tokyo (did you mean “{near}”?)"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        check_timezone(text)


@pytest.mark.parametrize(
    "text", ["JST", "日本時間", "+09:00", "", "../../../etc/passwd", "x" * 999]
)
def test_what_is_no_zone_is_reported_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no time zone.*; write a name such as Asia/Tokyo$"):
        check_timezone(text)
