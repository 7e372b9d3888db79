"""The cover of an event: waves (seigaiha) under the moon of its first day, as SVG.

Nothing is drawn at random: an event has the same cover, byte for byte, on every page and on the
card of its link. Its hue is that of its colour, else of its month; its shapes come from its id.
"""

import datetime as dt
import math
from dataclasses import dataclass
from enum import Enum
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import Final, NamedTuple

from ..core.dates import PartialDate

#: A day of new moon, and the mean days from one to the next (Meeus, Astronomical Algorithms).
_NEW_MOON: Final = dt.date(2000, 1, 6)
_SYNODIC_MONTH: Final = 29.530588
#: The hue of each month in degrees of OKLCH: deep blue, plum, cherry, young leaves, water, indigo,
#: persimmon and maple. A list by date runs through the seasons.
_HUES: Final = (265, 290, 345, 5, 150, 185, 215, 245, 280, 45, 25, 230)
#: The greatest chroma in OKLCH: of a colour of the event's own, of a month's, of one whose hue is
#: green, which looks stronger than others, and of the moon.
_CHROMA: Final = 0.085
_CHROMA_OF_MONTH: Final = 0.075
_CHROMA_OF_GREEN: Final = 0.06
_CHROMA_OF_MOON: Final = 0.04
#: The parts of a cover by their lightness in OKLCH, the same for all hues: covers go together, and
#: white text can be read on all but the moon.
_LIGHTNESS: Final = {"sky": 0.33, "low": 0.385, "mid": 0.43, "crest": 0.49, "moon": 0.92}
#: How many waves are as high as the cover, with the rings of each.
_WAVES: Final = ((16, 3), (14, 3), (12, 3), (12, 4))
#: The parts that a wave consists of, from its outer ring to the inner ones; what is far is darker.
_FAR: Final = ("mid", "low")
_NEAR: Final = ("crest", "mid")


class Size(Enum):
    """Where a cover is shown, with its width and height in pixels."""

    HEAD = (1000, 260)
    CARD = (640, 320)
    LEAD = (640, 400)
    LINK = (1200, 630)
    BLANK = (640, 240)


class Palette(NamedTuple):
    """The colours of a cover (``#rrggbb``), by the classes of the elements that have them."""

    sky: str
    low: str
    mid: str
    crest: str
    moon: str


@dataclass(frozen=True)
class _Shape:
    """What an event's id decides; lengths are parts of the cover's height.

    :param waves: One of ``_WAVES``.
    :param rise: How far hills rise above their mean, and valleys fall below it.
    :param swell: Where the hills begin, in radians.
    :param ripple: Where the little hills on these begin, in radians.
    :param moon: The centre of the moon, from the right and from the top.
    :param month: The month whose hue is used where none is known, from 0.
    :param turn: What is added to the hue, in degrees.
    """

    waves: tuple[int, int]
    rise: float
    swell: float
    ripple: float
    moon: tuple[float, float]
    month: int
    turn: int

    @classmethod
    def of(cls, identifier: str) -> "_Shape":
        """Return the shape for an id."""
        seed = sha256(identifier.encode()).digest()
        return cls(
            waves=_WAVES[seed[0] % 4],
            swell=seed[2] / 40,
            ripple=seed[3] / 40,
            rise=0.06 + seed[4] / 5100,
            moon=(0.26 + seed[5] / 1820, 0.23 + seed[6] / 5100),
            month=seed[30] % 12,
            turn=seed[31] % 17 - 8,
        )


def palette(identifier: str, date: PartialDate | None, color: str | None) -> Palette:
    """Return the colours of an event's cover.

    :param identifier: The event's id.
    :param date: Its first day.
    :param color: Its own colour (``#rrggbb``), if it has one.
    :returns: The colours.
    """
    if color:
        chroma, hue = _chroma_and_hue(color)
        chroma = min(chroma, _CHROMA)
    else:
        shape = _Shape.of(identifier)
        month = date.month - 1 if date and date.month else shape.month
        hue = _HUES[month] + shape.turn
        chroma = _CHROMA_OF_GREEN if 120 < hue < 210 else _CHROMA_OF_MONTH
    return Palette(**{
        part: _srgb(lightness, min(chroma, _CHROMA_OF_MOON) if part == "moon" else chroma, hue)
        for part, lightness in _LIGHTNESS.items()
    })  # fmt: skip


def _srgb(lightness: float, chroma: float, hue: float) -> str:
    """Return a colour of OKLCH as sRGB (Björn Ottosson); chroma gives way until that has it."""
    turned = math.radians(hue)
    a, b = chroma * math.cos(turned), chroma * math.sin(turned)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    )
    if not all(0 <= part <= 1 for part in linear):
        return _srgb(lightness, 0.95 * chroma, hue)
    encoded = (
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear
    )
    return "#" + "".join(f"{round(255 * part):02x}" for part in encoded)


def _chroma_and_hue(color: str) -> tuple[float, float]:
    """Return the chroma and the hue (in degrees) that a colour has in OKLCH."""
    encoded = [part / 255 for part in bytes.fromhex(color.removeprefix("#"))]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in encoded
    )
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def cover(identifier: str, date: PartialDate | None, color: str | None, size: Size) -> str:
    """Draw the cover of an event.

    :param identifier: The event's id.
    :param date: Its first day; where that is not known, the moon is full.
    :param color: Its own colour (``#rrggbb``), if it has one.
    :param size: Where the cover is shown.
    :returns: An element ``svg`` without ids, so that a page may have several of them.
    """
    shape, (width, height) = _Shape.of(identifier), size.value
    colors = palette(identifier, date, color)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' class="event-cover" preserveAspectRatio="xMaxYMid slice" aria-hidden="true"'
        f' focusable="false"><path class="sky" fill="{colors.sky}" d="M0 0h{width}v{height}H0z"/>'
        f"{_moon(shape, date, colors, width, height)}"
        f"{_waves(shape, colors, width, height)}</svg>"
    )


def new_moon() -> str:
    """Draw the cover of what is not there."""
    day = PartialDate(_NEW_MOON.year, _NEW_MOON.month, _NEW_MOON.day)
    return cover("nothing", day, "#4f6374", Size.BLANK)


def _moon(shape: _Shape, date: PartialDate | None, colors: Palette, width: int, height: int) -> str:
    """Draw the moon as it was at noon of a day, seen from the north: it waxes from the right."""
    x, y = width - round(shape.moon[0] * height), round(shape.moon[1] * height)
    radius = round(0.13 * height)
    age = 0.5
    if date and date.day:
        age = ((date.first_day() - _NEW_MOON).days + 0.5) / _SYNODIC_MONTH % 1
    # The light ends in half an ellipse, which bends to the lit side up to half moon.
    bend = math.cos(2 * math.pi * age)
    outer = int(age < 0.5)
    inner = outer ^ int(bend > 0)
    return (
        f'<circle class="low" fill="{colors.low}" cx="{x}" cy="{y}" r="{radius}"/>'
        f'<path class="moon" fill="{colors.moon}" d="M{x} {y - radius}'
        f"a{radius} {radius} 0 0 {outer} 0 {2 * radius}"
        f'a{round(abs(bend) * radius, 1):g} {radius} 0 0 {inner} 0 {-2 * radius}z"/>'
    )


def _waves(shape: _Shape, colors: Palette, width: int, height: int) -> str:
    """Draw rows of waves, the farthest first, each ring of a row as one line of circles."""
    count, rings = shape.waves
    radius = round(2 * height / count)
    drawn: list[str] = []
    for row, y in enumerate(range(round(0.3 * height), height, radius // 2)):
        lines: dict[tuple[str, ...], str] = {}
        xs = range(-radius if row % 2 else 0, width + radius + 1, 2 * radius)
        for parts, run in groupby(xs, partial(_parts, shape, width, height, y)):
            first, *others = run
            line = f"M{first} {y + radius}h{2 * radius * len(others) + 1}"
            lines[parts] = lines.get(parts, "") + line
        drawn += [
            f'<path class="{part}" stroke="{getattr(colors, part)}"'
            f' stroke-width="{round(2 * radius * (1 - ring / rings))}" d="{line}"/>'
            for parts, line in lines.items()
            for ring, part in enumerate((2 * parts)[:rings])
        ]
    # A dash that has no length, but round ends, is a circle.
    dashes = f'stroke-linecap="round" stroke-dasharray="0 {2 * radius}"'
    return f'<g fill="none" {dashes}>{"".join(drawn)}</g>'


def _parts(shape: _Shape, width: int, height: int, y: int, x: int) -> tuple[str, ...]:
    """Return what the wave at a place consists of; none is in the sky."""
    across = x / width
    hills = math.sin(4.4 * across + shape.swell) + 0.35 * math.sin(10 * across + shape.ripple)
    below = y / height - 0.58 - shape.rise * hills
    return _NEAR if below >= 0.17 else _FAR if below >= 0 else ()
