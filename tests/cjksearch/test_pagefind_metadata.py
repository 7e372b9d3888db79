"""Pagefind's metadata, made smaller."""

import gzip
from pathlib import Path

import pytest
from cbor2 import dumps as encode
from cbor2 import loads as decode

from cjksearch.pagefind_metadata import name_by_row

CHUNKS = [["a", "b", "und_1"], ["機", "械", "und_2"]]
MADE = ["1.5.2", [["und_a", 300], ["und_b", 70_000]], CHUNKS, [], [["row", [1, 0]]], []]


def write(folder: Path, said: bytes) -> Path:
    path = folder / "pagefind.und_1.pf_meta"
    path.write_bytes(gzip.compress(said))
    return path


def test_records_are_named_by_row(tmp_path: Path) -> None:
    path = write(tmp_path, b"pagefind_dcd" + encode(MADE))
    assert name_by_row(tmp_path) == ["a", "機"]
    said = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
    assert decode(said) == ["1.5.2", [["1", 1], ["0", 1]], CHUNKS, [], [], []]


def test_names_are_of_one_width_and_begin_with_the_last_digit(tmp_path: Path) -> None:
    pages = [[f"und_{number}", 1] for number in range(20)]
    made = ["1.5.2", pages, [], [], [["row", list(range(20))]], []]
    path = write(tmp_path, b"pagefind_dcd" + encode(made))
    name_by_row(tmp_path)
    said = decode(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
    assert [said[1][row][0] for row in (0, 1, 16, 18)] == ["00", "10", "01", "21"]


@pytest.mark.parametrize(
    "said",
    [
        b"other",
        b"pagefind_dcd",
        b"pagefind_dcd" + encode(MADE)[:-4],
        b"pagefind_dcd" + encode(["1.5.2"]),
        b"pagefind_dcd" + encode([*MADE[:4], [["other", [1, 0]]], []]),
        b"pagefind_dcd" + encode([*MADE[:4], [["row", [0]]], []]),
        b"pagefind_dcd" + encode([*MADE[:4], [["row", [0, 7]]], []]),
        b"pagefind_dcd" + b"\xf6",
    ],
)
def test_what_is_not_known_is_left_as_it_is(tmp_path: Path, said: bytes) -> None:
    path = write(tmp_path, said)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"."):
        name_by_row(tmp_path)
    assert path.read_bytes() == before
