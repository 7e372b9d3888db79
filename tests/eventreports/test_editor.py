"""``event.yaml`` in an editor: what authors see while they write it.

Driven through the language server that VS Code (with Red Hat's YAML extension), Vim, Emacs
and others ask; its settings are those of ``.vscode/settings.json``.
"""

import itertools
import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, NamedTuple, get_args

import pytest

from conftest import ROOT
from editors import read_settings
from eventreports.core.entity import Entity
from eventreports.core.model import (
    Attachment,
    Event,
    Organization,
    Person,
    Resource,
    Session,
    Sharing,
    SponsorTier,
    Venue,
)
from eventreports.loader import load

pytestmark = [pytest.mark.slow, pytest.mark.once]

SERVER = ROOT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
REPORT = Path("events") / "japan-container-days-v1804" / "event.yaml"

#: Seconds to wait for a message of the server: what a busy machine may take, not what it does.
PATIENCE = 30
#: Where the cursor stands in a text.
CURSOR = "‸"
#: Stands in a comment on each line that is to have a problem.
WRONG = "# wrong"

Message = dict[str, Any]


class Connection:
    """JSON-RPC over pipes, as the Language Server Protocol frames it."""

    def __init__(self, to_server: IO[bytes], messages: SimpleQueue[Message | None]) -> None:
        self._to_server = to_server
        self._messages = messages

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to_server.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to_server.flush()

    def receive(self) -> Message:
        try:
            message = self._messages.get(timeout=PATIENCE)
        except Empty:
            raise TimeoutError(f"the language server said nothing for {PATIENCE} s") from None
        if message is None:
            # Whoever asks next is not to wait.
            self._messages.put(None)
            raise EOFError("the language server has ended")
        return message


def _read_messages(stream: IO[bytes], messages: SimpleQueue[Message | None]) -> None:
    length = 0
    while line := stream.readline():
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        elif not line.strip():
            body = stream.read(length)
            # A server that was ended may have been in the middle of a message.
            if len(body) == length:
                messages.put(json.loads(body))
    messages.put(None)


@contextmanager
def connected(command: list[str]) -> Iterator[Connection]:
    """A connection to a server, which ends with it."""
    messages: SimpleQueue[Message | None] = SimpleQueue()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin
        assert server.stdout
        reader = threading.Thread(target=_read_messages, args=(server.stdout, messages))
        reader.start()
        try:
            yield Connection(server.stdin, messages)
        finally:
            server.kill()
            reader.join()


class Problem(NamedTuple):
    """What an editor underlines; lines count from 1."""

    line: int
    message: str


class Suggestion(NamedTuple):
    """What an editor offers to write, and the words beside it."""

    label: str
    inserted: str
    explanation: str


class Editor:
    """As much of an editor as a person sees: problems, suggestions, and words on hover."""

    def __init__(self, connection: Connection, folder: Path, settings: Message) -> None:
        self._connection = connection
        self._folder = folder
        self._settings = settings
        self._numbers = itertools.count(1)
        self._published: dict[str, list[Message]] = {}
        self._is_configured = False
        markdown = ["markdown"]
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": markdown}},
                "hover": {"contentFormat": markdown},
            },
        }
        self._ask(
            "initialize",
            # A server whose editor is gone ends by itself.
            processId=os.getpid(),
            rootUri=folder.as_uri(),
            workspaceFolders=[{"uri": folder.as_uri(), "name": folder.name}],
            capabilities=capabilities,
        )
        self._connection.send(method="initialized", params={})
        # Until it has its settings, the server knows no schema.
        while not self._is_configured:
            self._hear()

    def problems(self, text: str, name: str = "") -> list[Problem]:
        """What is wrong with a text, opened as the file ``name`` (else as that of some event)."""
        uri = self._open(text, name)
        while uri not in self._published:
            self._hear()
        found = ((each["range"]["start"]["line"] + 1, each) for each in self._published[uri])
        return sorted(Problem(line, each["message"]) for line, each in found)

    def suggestions(self, text: str) -> list[Suggestion]:
        """What is offered at the cursor."""
        items = self._ask_at_cursor("textDocument/completion", text)["items"]
        return [
            Suggestion(
                item["label"], item.get("insertText", ""), _words(item.get("documentation") or "")
            )
            for item in items
        ]

    def hover(self, text: str) -> str:
        """What is shown of the word at the cursor, in Markdown."""
        found = self._ask_at_cursor("textDocument/hover", text)
        return _words(found["contents"]) if found else ""

    def _open(self, text: str, name: str = "") -> str:
        name = name or f"events/2020/勉強会-{next(self._numbers)}/event.yaml"
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._connection.send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def _ask_at_cursor(self, method: str, text: str) -> Any:
        before, _cursor, after = text.partition(CURSOR)
        *lines, line = before.split("\n")
        # The protocol counts in UTF-16.
        position = {"line": len(lines), "character": len(line.encode("utf-16-le")) // 2}
        uri = self._open(before + after)
        return self._ask(method, textDocument={"uri": uri}, position=position)

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._connection.send(id=number, method=method, params=params)
        while True:
            message = self._hear()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message
                return message["result"]

    def _hear(self) -> Message:
        """Take the server's next message, and answer where it asks."""
        message = self._connection.receive()
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                params = message["params"]
                self._published[params["uri"]] = params["diagnostics"]
            case "workspace/configuration":
                wanted = [item["section"] for item in message["params"]["items"]]
                answer = [_section(self._settings, section) for section in wanted]
                self._connection.send(id=message["id"], result=answer)
                self._is_configured |= "yaml" in wanted
            case _ if {"method", "id"} <= message.keys():
                self._connection.send(id=message["id"], result=None)
        return message


def _words(contents: str | Message) -> str:
    return contents if isinstance(contents, str) else str(contents["value"])


def _section(settings: Message, name: str) -> Any:
    """A section of VS Code's settings: ``{"a.b.c": 1}`` → ``{"b": {"c": 1}}`` for ``a``."""
    if name in settings:
        return settings[name]
    section: Message = {}
    for key, value in settings.items():
        if key.startswith(f"{name}."):
            *parents, leaf = key.removeprefix(f"{name}.").split(".")
            here = section
            for parent in parents:
                here = here.setdefault(parent, {})
            here[leaf] = value
    return section


@pytest.fixture(scope="module")
def proxy() -> Iterator[socket.socket]:
    """Whatever the server wanted of the network would come here."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def open_editor(node: str, proxy: socket.socket) -> Iterator[Callable[..., Editor]]:
    """Editors with the settings of this project, and others."""
    if not SERVER.is_file():
        pytest.skip("needs the language server: npm ci --ignore-scripts")
    settings = read_settings((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    settings["http.proxy"] = "http://{}:{}".format(*proxy.getsockname())
    with ExitStack() as opened:

        def opener(**others: object) -> Editor:
            connection = opened.enter_context(connected([node, str(SERVER), "--stdio"]))
            return Editor(connection, ROOT, {**settings, **others})

        yield opener


@pytest.fixture(scope="module")
def editor(open_editor: Callable[..., Editor]) -> Editor:
    """An editor in which no task says what is wrong: the language server does."""
    return open_editor(**{"yaml.validate": True})


@pytest.fixture
def lines_reported_by_a_build(tmp_path: Path) -> Callable[[str], list[int]]:
    def reported(text: str) -> list[int]:
        path = tmp_path / "events" / "x" / "event.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        (path.parent / "slides.pdf").touch()
        found = load(path, tmp_path).problems
        return [problem.mark.line for problem in found if problem.is_fault]

    return reported


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("events/**/event.yaml"))
)
def test_the_events_of_this_site_have_no_problem(editor: Editor, name: str) -> None:
    assert editor.problems((ROOT / name).read_text(encoding="utf-8"), name) == []


def test_the_original_transcription_has_no_problem(editor: Editor, shared: Path) -> None:
    path = shared / "seed" / REPORT.relative_to("events")
    assert editor.problems(path.read_text(encoding="utf-8")) == []


ODD_BUT_RIGHT = """
name: 2018
title: no
date: 2018
date_text: 18.10
venue: {name: Hall, rooms: [101, B2]}
url:
capacity: 1,000
hashtag:
organizers: A community
supporters:
  - {name: {ja: コミュニティ, en: A community}, url: "https://example.org/"}
sponsors: {name: Example Inc.}
sponsor_tiers: {name: Gold, sponsors: Example Inc.}
reporters:
topics: One
links: https://example.org/
sessions:
  - A talk of which only the title is known
  - title: {ja: 言葉の色, en-GB: Colours of words}
    date: 2018-04
    start: 23:30
    end: 25:00
    room: 101
    speakers: 佐藤 花子 (Example Inc.)
    slides: slides.pdf
    videos: [https://example.org/1, {url: "https://example.org/2", title: Part 2}]
  - title: true
    description: |
      Several *lines*

      of Markdown.
    date: 2018-04-19
    start: 10:30
    speakers:
      - 404
      - {name: Ken Mori, affiliation: 2020, url: "mailto:ken@example.org"}
    slides: {status: not-shared}
    links: {status: later, text: {ja: 七月, en: In July}}
    topics:
  - {title: 3.14, speakers: {name: 佐藤}, slides: [{path: slides.pdf}]}
files:
  - slides.pdf
  - {name: IMG_1.jpg, size: 4.81 MB, date: 2018-04-26, uploader: 李 大範}
"""


def test_odd_but_right_values_have_no_problem(
    editor: Editor, lines_reported_by_a_build: Callable[[str], list[int]]
) -> None:
    assert editor.problems(ODD_BUT_RIGHT) == []
    assert lines_reported_by_a_build(ODD_BUT_RIGHT) == []


FAULTS = {
    "an unknown key": "name: A\nspeker: B  # wrong\n",
    "an unknown key of a session": "name: A\nsessions:\n  - title: A\n    speker: B  # wrong\n",
    "an unknown key alone": "name: A\nsessions:\n  - {title: A, slides: {ulr: B}}  # wrong\n",
    "an unknown key in a list": "name: A\nsponsors:\n  - B\n  - {name: C, speker: D}  # wrong\n",
    "a list for a text": "name: A\nvenue:\n  name: B\n  address: [C, D]  # wrong\n",
    "a list for a name": "name: [A]  # wrong\ndate: 2018\n",
    "a list in a list": "name: A\ntopics:\n  - B\n  - [C]  # wrong\n",
    "a mapping for a text": "name: A\nhashtag: {tag: B}  # wrong\n",
    "a language that is none": "name: {japanese text: A}  # wrong\ndate: 2018\n",
    "a status": "name: A\nlinks:\n  - status: gnoe  # wrong\n",
    "a status of one thing": "name: A\nsessions:\n  - {title: B, slides: {status: no}}  # wrong\n",
    "a date": "name: A\ndate: 2018/04/19  # wrong\n",
    "a date of a session": "name: A\nsessions:\n  - title: B\n    date: Thursday  # wrong\n",
    "a month": "name: A\ndate: 2018-13  # wrong\n",
    "a time": "name: A\nsessions:\n  - title: B\n    start: ten  # wrong\n",
    "a number": "name: A\ncapacity: many  # wrong\n",
    "an id": "name: A\nsessions:\n  - title: B\n    id: with blanks  # wrong\n",
    "a script": "name: A\nurl: 'javascript:alert(1)'  # wrong\n",
    "a URL without scheme": "name: A\nvenue: {name: B, url: www.example.org}  # wrong\n",
    "no name": "date: 2018  # wrong\nvenue: A\n",
    "no title": "name: A\nsessions:\n  - A\n  - id: b  # wrong\n    start: 10:30\n",
}


@pytest.mark.parametrize("facts", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_reported_once_on_its_line_as_in_a_build(
    editor: Editor, lines_reported_by_a_build: Callable[[str], list[int]], facts: str
) -> None:
    wrong = [number for number, line in enumerate(facts.splitlines(), 1) if WRONG in line]
    assert [problem.line for problem in editor.problems(facts)] == wrong
    assert lines_reported_by_a_build(facts) == wrong


def test_one_fault_hides_no_other(editor: Editor) -> None:
    facts = "".join(
        facts.replace("name: A\n", "", 1) for facts in FAULTS.values() if "sessions:" in facts
    ).replace("\nsessions:\n", "\n")
    facts = f"name: A\n{facts}"
    wrong = [number for number, line in enumerate(facts.splitlines(), 1) if WRONG in line]
    assert [problem.line for problem in editor.problems(facts)] == wrong


def test_a_problem_names_the_key_and_what_is_allowed(editor: Editor) -> None:
    (unknown,) = editor.problems(FAULTS["an unknown key of a session"])
    assert "speker" in unknown.message
    (status,) = editor.problems(FAULTS["a status"])
    assert all(known in status.message for known in get_args(Sharing))
    (date,) = editor.problems(FAULTS["a date"])
    assert "2018-04-19" in date.message


def test_other_files_are_left_alone(editor: Editor) -> None:
    assert editor.problems("speker: A\n", "guide/event.yaml") == []
    assert editor.problems("speker: A\n", "events/japan-container-days-v1804/other.yaml") == []


#: Where keys of each kind of mapping stand: what goes before them.
PLACES: dict[type[Entity], str] = {
    Event: "",
    Venue: "name: A\nvenue:\n  ",
    Organization: "name: A\norganizers:\n  - ",
    SponsorTier: "name: A\nsponsor_tiers:\n  - ",
    Person: "name: A\nsessions:\n  - title: B\n    speakers:\n      - ",
    Resource: "name: A\nsessions:\n  - title: B\n    slides:\n      - ",
    Session: "name: A\nsessions:\n  - ",
    Attachment: "name: A\nfiles:\n  - ",
}
each_kind = pytest.mark.parametrize(
    ("kind", "before"), PLACES.items(), ids=[kind.__name__ for kind in PLACES]
)


def is_bilingual(text: str) -> bool:
    """Whether there is a line of English, and one of Japanese."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    japanese = {line for line in lines if re.search(r"[ぁ-ヿ一-鿿]", line)}
    english = {line for line in lines if re.match(r"[A-Z]", line)}
    return bool(japanese and english - japanese)


@each_kind
def test_keys_are_offered_and_explained(editor: Editor, kind: type[Entity], before: str) -> None:
    offered = {each.label: each for each in editor.suggestions(f"{before}{CURSOR}\n")}
    assert offered.keys() >= kind.model_fields.keys()
    for key in kind.model_fields:
        assert offered[key].inserted.startswith(f"{key}:")
        assert is_bilingual(offered[key].explanation), key


@each_kind
def test_keys_are_explained_on_hover(editor: Editor, kind: type[Entity], before: str) -> None:
    for key in kind.model_fields:
        shown = editor.hover(f"{before}{key}{CURSOR}: A\n")
        explained = re.split(r"^(?:Allowed Values|Example|Source):", shown, flags=re.MULTILINE)[0]
        assert is_bilingual(explained), key


def test_a_single_mapping_is_helped_with_like_one_in_a_list(editor: Editor) -> None:
    before = "name: A\nsessions:\n  - title: B\n    slides:\n      "
    offered = {each.label for each in editor.suggestions(f"{before}{CURSOR}\n")}
    assert offered >= Resource.model_fields.keys()
    in_a_list = editor.hover(f"{PLACES[Resource]}sta{CURSOR}tus: gone\n")
    assert editor.hover(f"{before}sta{CURSOR}tus: gone\n") == in_a_list != ""


@each_kind
def test_values_are_offered_as_they_are_written(
    editor: Editor, kind: type[Entity], before: str
) -> None:
    texts = (f"{before}{key}: {CURSOR}\n" for key in kind.model_fields)
    offered = [each for text in texts for each in editor.suggestions(text)]
    assert offered
    # What the server makes of a mapping among examples, and of the names of types.
    assert [each for each in offered if "[object" in each.label + each.inserted] == []
    assert [each for each in offered if each.label in ("true", "false", "null")] == []


def test_keys_that_stand_already_are_not_offered_again(editor: Editor) -> None:
    text = f"name: A\nsessions:\n  - title: B\n    {CURSOR}\n    speakers: [C]\n"
    offered = {each.label for each in editor.suggestions(text)}
    assert "slides" in offered
    assert not offered & {"title", "speakers", "organizers"}


@pytest.mark.parametrize(
    "text",
    [
        f"name: A\nlinks:\n  - status: {CURSOR}\n",
        f"name: A\nsessions:\n  - title: B\n    slides:\n      status: {CURSOR}\n",
        f"name: A\nsessions:\n  - title: B\n    slides: {{status: {CURSOR}}}\n",
    ],
    ids=["in a list", "of one thing", "in braces"],
)
def test_each_status_is_offered_and_explained(editor: Editor, text: str) -> None:
    offered = {each.label: each.explanation for each in editor.suggestions(text)}
    assert offered.keys() >= set(get_args(Sharing))
    for status in get_args(Sharing):
        assert is_bilingual(offered[status]), status


def test_where_the_preview_says_what_is_wrong_the_server_only_helps(
    open_editor: Callable[..., Editor],
) -> None:
    editor = open_editor()
    assert editor.problems("".join(FAULTS.values())) == []
    assert editor.problems("name: [A\n") == []
    offered = {each.label for each in editor.suggestions(f"{PLACES[Session]}{CURSOR}\n")}
    assert offered >= Session.model_fields.keys()
    assert is_bilingual(editor.hover(f"name: A\nse{CURSOR}ssions:\n  - B\n"))


def test_nothing_is_asked_of_the_network(editor: Editor, proxy: socket.socket) -> None:
    assert editor.problems("name: A\n") == []
    with pytest.raises(BlockingIOError):
        proxy.accept()
