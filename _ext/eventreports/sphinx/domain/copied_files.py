"""The files of which pages have copies, to be downloaded."""

from pathlib import Path

from sphinx.environment import BuildEnvironment


def copied_files(env: BuildEnvironment) -> dict[str, str]:
    """Map the paths of files, from the source directory, to those of their copies."""
    return {
        Path(path).as_posix(): Path(copy).as_posix() for path, (_docs, copy) in env.dlfiles.items()
    }
