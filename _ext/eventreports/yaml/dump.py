"""Data → text of YAML, as authors write it: few quotes, short lists in one line."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 100
#: Dates and times of day need no quotes: all is read as text.
_PLAIN: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d{1,2}:\d{2}(:\d{2})?")

#: What YAML reads as a plain line end, unless it is escaped.
_OTHER_LINE_ENDS: Final = re.compile("[\r\x85\u2028\u2029]")


class _Dumper(yaml.SafeDumper):
    """Writes lists below their key with an indent, and texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent items of lists, which PyYAML would not."""
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    if _PLAIN.fullmatch(text):
        resolve: Callable[..., str] = dumper.resolve
        tag = resolve(yaml.ScalarNode, text, (True, False))
        return yaml.ScalarNode(tag, text)
    if _OTHER_LINE_ENDS.search(text):
        style: str | None = '"'
    else:
        lines = text.split("\n")
        is_block = len(lines) > 1 and all(line == line.rstrip() for line in lines)
        style = "|" if is_block else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _list(dumper: _Dumper, values: list[Any]) -> yaml.Node:
    texts = [value for value in values if not isinstance(value, (list, dict))]
    is_short = len(texts) == len(values) and sum(len(str(one)) + 2 for one in texts) <= _WIDTH // 2
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def dump(facts: Mapping[str, Any]) -> str:
    """Return the text of a mapping.

    :param facts: Texts, numbers, lists and mappings.
    :returns: Block style, with a line end behind each line.
    """
    if not facts:
        return ""
    return yaml.dump(
        _plain(facts),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_flow_style=False,
    )


def dump_value(value: Any) -> str:
    """Return a value as it stands behind a key, in one line."""
    text = yaml.dump(
        _plain(value),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_flow_style=True,
    )
    return text.removesuffix("...\n").strip()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value
