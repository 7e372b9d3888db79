"""Measure how long a browser takes to open a page of many sessions.

    python bench/open_page.py [--sessions 1000] [--slowed 4]

Makes a site with one event in each form (a report, cards, a programme, notes), opens each page in
the machine's Chromium with the CPU slowed down, and prints the values until DOMContentLoaded:
CPU seconds of the page's thread (which other programs do not change), elapsed seconds, elements,
bytes, and the ratio to an empty page of the same theme.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sites import ROOT, build, make_site

sys.path.insert(0, str(ROOT / "tests"))

from browsers import chromium, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: The content of the page of each form, after its heading.
FORMS: Final = {
    "blank": "Nothing.",
    "report": "```{event:report}\n```",
    "cards": "```{event:sessions}\n```",
    "schedule": "```{event:schedule}\n```",
    "notes": "",
}
_ROOMS: Final = 12
_SLOTS: Final = 20


def facts(sessions: int) -> str:
    """Return an event of four days in twelve rooms, or of more days if needed."""
    lines = ["name: Big", "start_date: 2026-01-01", "end_date: 2026-12-28", "sessions:"]
    for number in range(sessions):
        slot, room = divmod(number, _ROOMS)
        day, slot = divmod(slot, _SLOTS)
        lines.append(
            f"  - {{id: talk-{number}, title: Talk {number} of containers, room: Room {room}, "
            f"date: 2026-01-{day + 1:02}, start: '{8 + slot // 2:02}:{slot % 2 * 30:02}', "
            f"duration: 25, track: Track {number % 3}, topics: [Cloud, 機械学習], "
            f"speakers: [Speaker {number} (Company {number % 97}), Another], "
            f"slides: 'https://speakerdeck.com/x/{number}'}}"
        )
    return "\n".join(lines) + "\n"


def notes(sessions: int) -> str:
    return "\n\n".join(
        f"## Talk {number} of containers\n\n```{{event:session}} talk-{number}\n```\n\n"
        f"### メモ\n\n- Note {number}"
        for number in range(sessions)
    )


def make_pages(folder: Path, sessions: int) -> None:
    make_site(folder, 0)
    for form, shown in FORMS.items():
        event = folder / "events" / form
        event.mkdir(parents=True)
        (event / "event.yaml").write_text(facts(sessions), encoding="utf-8")
        body = notes(sessions) if form == "notes" else shown
        (event / "index.md").write_text(f"# Big {form}\n\n{body}\n", encoding="utf-8")


def opened(browser: Browser, url: str, slowed: int) -> tuple[float, float, int]:
    """Return (CPU seconds of the thread, seconds, elements) until DOMContentLoaded."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(300_000)
    # Files of all pages are cached already.
    page.goto(url.replace(url.split("/")[-2], "blank"))
    page.goto("about:blank")
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.goto(url, wait_until="domcontentloaded")
    metrics: Any = session.send("Performance.getMetrics")["metrics"]
    spent = next(one["value"] for one in metrics if one["name"] == "TaskDuration")
    clock = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return spent, clock / 1000, elements


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--slowed", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_pages(folder, options.sessions)
        build(folder, settings={"suppress_warnings": "event.heading"})
        built = folder / "_build" / "html"
        print(
            f"{'page':<10} {'thread s':>8} {'clock s':>8} {'elements':>9} {'bytes':>9} {'ratio':>6}"
        )
        with chromium() as browser, serving(built) as url:
            blank = 0.0
            for form in FORMS:
                runs = [
                    opened(browser, f"{url}events/{form}/", options.slowed) for _run in range(2)
                ]
                spent, clock, elements = min(runs)
                blank = blank or spent
                size = (built / "events" / form / "index.html").stat().st_size
                print(
                    f"{form:<10} {spent:8.2f} {clock:8.2f} {elements:9} {size:9} "
                    f"{spent / blank:6.1f}"
                )


if __name__ == "__main__":
    main()
