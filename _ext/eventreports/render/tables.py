"""Tables of docutils."""

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes

from .context import paragraph


def table(
    columns: Mapping[str, tuple[str, int]],
    rows: Iterable[Sequence[Sequence[nodes.Node]]],
    *classes: str,
) -> nodes.table:
    r"""Make a table with a head.

    :param columns: By the class of each column, its head and its share of the width.
    :param rows: Each with the content of a paragraph for each column, which may be empty.
    :param \*classes: The classes of the table.
    :returns: The table.
    """
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=width) for _head, width in columns.values()]
    heads = [[nodes.Text(head)] for head, _width in columns.values()]
    group += nodes.thead("", _row(columns, heads))
    group += nodes.tbody("", *(_row(columns, row) for row in rows))
    return nodes.table("", group, classes=list(classes))


def _row(columns: Iterable[str], bodies: Iterable[Sequence[nodes.Node]]) -> nodes.row:
    entries = (
        nodes.entry("", *([paragraph(body)] if body else []), classes=[f"event-{column}"])
        for column, body in zip(columns, bodies, strict=True)
    )
    return nodes.row("", *entries)
