"""What a file may cost; all of it holds before any memory or time is spent."""

from typing import Final

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 50
#: Characters in one file, counted as often as an alias repeats them; each value counts for so
#: many more.
MAX_SIZE: Final = 2 * MAX_BYTES
SIZE_OF_A_VALUE: Final = 40
#: How often a text is read again, and how many characters that may cost.
MAX_READINGS: Final = 200
MAX_REREAD: Final = 2 * MAX_BYTES
#: Problems of one file that are reported.
MAX_PROBLEMS: Final = 1000
