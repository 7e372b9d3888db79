"""PyYAML without libyaml: its parser in Python, with libyaml's reading of a text."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import yaml
from yaml.scanner import ScannerError

#: Within a plain scalar, “?” is a character as any other, and a tab is a space.
_IN_PLAIN: Final = {"?": "_", "\t": " "}
#: Right after “|” and “>”, a tab is a space, and a comment needs none.
_IN_HEADER: Final = {"\t": " ", "#": " "}
#: In the rest of that line.
_AFTER_HEADER: Final = {"\t": " "}
#: After a line of a plain scalar, further ones up to one that a tab indents.
_TAB_ON_NEXT_LINE: Final = re.compile(r"[ \t]*(?:\n *)+(?=\t)")


class PureLoader(yaml.SafeLoader):
    """PyYAML's own parser, which reads what libyaml reads, more slowly."""

    #: Characters that are taken for others for now.
    _alias: Mapping[str, str] = {}

    def peek(self, index: int = 0) -> str:
        """Look at a character that is yet to be read."""
        char: str = super().peek(index)
        if self._alias is _IN_PLAIN and self.flow_level and char == ":":
            self._check_colon(index)
        return self._alias.get(char, char)

    def _check_colon(self, index: int) -> None:
        """Refuse a colon right before a sign of a collection in brackets."""
        if super().peek(index + 1) in ",?[]{}":
            self.forward(index)
            raise ScannerError(
                "while scanning a plain scalar",
                self.get_mark(),
                "found unexpected ':'",
                self.get_mark(),
            )

    @contextmanager
    def _taking(self, alias: Mapping[str, str]) -> Iterator[None]:
        before, self._alias = self._alias, alias
        try:
            yield
        finally:
            self._alias = before

    def scan_plain(self) -> Any:
        """Read a plain scalar."""
        with self._taking(_IN_PLAIN):
            return super().scan_plain()

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> Any:
        """Read the spaces and line ends within a plain scalar."""
        tab = _TAB_ON_NEXT_LINE.match(self.buffer, self.pointer)
        if tab and tab.end() - self.buffer.rfind("\n", 0, tab.end()) <= indent:
            self.forward(tab.end() - self.pointer)
            raise ScannerError(
                "while scanning a plain scalar",
                start_mark,
                "found a tab character that violates indentation",
                self.get_mark(),
            )
        return super().scan_plain_spaces(indent, start_mark)

    def scan_block_scalar_indicators(self, start_mark: Any) -> Any:
        """Read what stands right after “|” or “>”."""
        with self._taking(_IN_HEADER):
            return super().scan_block_scalar_indicators(start_mark)

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> Any:
        """Read the rest of that line."""
        with self._taking(_AFTER_HEADER):
            return super().scan_block_scalar_ignored_line(start_mark)

    def scan_to_next_token(self) -> None:
        """Skip spaces, tabs and comments."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> Any:
        """Read a part of a quoted scalar."""
        try:
            chunks = super().scan_flow_scalar_non_spaces(double, start_mark)
            "".join(chunks).encode()
        except ValueError as error:
            # An escape of a surrogate, or of no character at all.
            raise ScannerError(
                "while parsing a quoted scalar",
                start_mark,
                "found invalid Unicode character escape code",
                self.get_mark(),
            ) from error
        return chunks

    def check_event(self, *choices: Any) -> Any:
        """Parse the next event; what cannot be read is said in libyaml's words."""
        try:
            return super().check_event(*choices)
        except yaml.MarkedYAMLError as error:
            error.problem = _in_words_of_libyaml(error.problem or "", error.context or "")
            raise


def _in_words_of_libyaml(problem: str, context: str) -> str:
    if problem.startswith("expected <block end>"):
        kind = "'-' indicator" if "collection" in context else "key"
        return f"did not find expected {kind}"
    problem = problem.partition(", but found ")[0].partition(", but got ")[0]
    problem = re.sub(r"^found character .* that", "found character that", problem)
    return re.sub(r"^expected ", "did not find expected ", problem)
