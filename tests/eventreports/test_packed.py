"""What is kept from build to build is unpickled when it is asked for, and not before."""

import pickle
from pathlib import Path

from eventreports.core.packed import Packed


class Asked:
    """A value that leaves a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __setstate__(self, state: dict[str, Path]) -> None:
        vars(self).update(state)
        self.path.touch()


def test_a_value_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "asked"
    once = pickle.loads(pickle.dumps(Packed(Asked(path))))
    twice: Packed[Asked] = pickle.loads(pickle.dumps(once))
    assert not path.exists()
    assert twice.value.path == path
    assert path.exists()
    assert twice.value is twice.value


def test_a_value_that_was_read_is_kept_again() -> None:
    read: Packed[list[int]] = pickle.loads(pickle.dumps(Packed([1, 2])))
    assert read.value == [1, 2]
    again: Packed[list[int]] = pickle.loads(pickle.dumps(read))
    assert again.value == [1, 2]
