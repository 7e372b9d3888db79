"""Run the targets of ``make``: the Makefile and ``make.bat`` call this, so both do the same.

It needs only Python 3.11 or later. Options are variables, from the environment or after the
target: ``make test PYTESTOPTS="-n auto"``.
"""

import difflib
import locale
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
UV: Final = "uv==0.13.9"
#: The packages with translations, and the functions that mark messages in them; in some ``_`` is
#: Sphinx's own.
TRANSLATED: Final = {
    "eventreports": ("_", "N_", "Message", "ngettext:1,2"),
    "typstprint": ("__", "Message"),
    "cjksearch": ("_", "__", "Message"),
    "sphinxcommon": ("__", "Message"),
}
#: The builders of Sphinx, of its ``-M`` and of typstprint; any other word is a typo.
BUILDERS: Final = (
    *("applehelp", "changes", "devhelp", "dirhtml", "doctest", "dummy", "epub"),
    *("gettext", "html", "htmlhelp", "info", "json", "latex", "latexpdf", "latexpdfja"),
    *("linkcheck", "man", "pickle", "pseudoxml", "qthelp", "singlehtml", "texinfo", "text"),
    *("typstprint", "typstprint-src", "xml"),
)
#: For whom a site may be built, the widest first: what is for some is for those behind them, too.
AUDIENCES: Final = ("public", "internal", "private", "draft")
#: Tests of a module run in one process, to share what it builds, until others have nothing to do.
_PYTEST: Final = ("-m", "pytest", "-n", "auto", "--dist", "worksteal")
TARGETS: Final[dict[str, Callable[[], None]]] = {}


def target(function: Callable[[], None]) -> Callable[[], None]:
    """Register a target by its name; the docstring is its help."""
    TARGETS[function.__name__] = function
    return function


def main(arguments: list[str]) -> None:
    """Set the variables among the arguments, then run the targets in order."""
    os.chdir(ROOT)
    variables = [one.partition("=") for one in arguments if "=" in one]
    os.environ.update({name: value for name, _sign, value in variables})
    wanted = [one for one in arguments if "=" not in one] or ["help"]
    for name in wanted:
        if name not in TARGETS and name not in BUILDERS:
            _fail(f"there is no target “{name}”; {_advice(name)}", 2)
    if sys.version_info < (3, 11):  # noqa: UP036
        found = ".".join(map(str, sys.version_info[:2]))
        _fail(f"Python 3.11 or later is needed, this is {found}; try: make PYTHON=python3.11")
    extensions = [str(ROOT / "_ext"), os.environ.get("PYTHONPATH", "")]
    # The extensions are used from this checkout; they need not be installed.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, extensions))
    # Messages that name a command name it as `make` runs it.
    os.environ["EVENTREPORTS_COMMAND"] = "make"
    _use_locale_that_is_there()
    if os.name == "nt":
        os.environ["PYTHONUTF8"] = "1"
    for name in wanted:
        if name in TARGETS:
            TARGETS[name]()
        else:
            _run(_site_python(), "-m", "sphinx", "-M", name, ".", _builddir(), *_sphinx_options())


def _use_locale_that_is_there() -> None:
    """Have commands run in another locale, if the one that is asked for is not on this machine.

    Sphinx would end with an error. Messages stay in the language.
    """
    if _has_locale(""):
        return
    asked = map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    os.environ["LANGUAGE"] = next(filter(None, asked), "")
    os.environ["LC_ALL"] = next(filter(_has_locale, ("C.UTF-8", "en_US.UTF-8")), "C")


def _has_locale(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    return True


def _advice(name: str) -> str:
    def likeness(other: str) -> float:
        return difflib.SequenceMatcher(None, name, other).ratio()

    # The first one of several that are equally similar.
    near = max((*TARGETS, *BUILDERS), key=likeness)
    return f"did you mean `make {near}`?" if likeness(near) > 0.6 else "`make` lists them"


def _fail(message: str, status: int = 1) -> None:
    print(f"make: {message}", file=sys.stderr)
    raise SystemExit(status)


def _options(name: str, default: str = "") -> list[str]:
    return shlex.split(os.environ.get(name, default), posix=os.name != "nt")


def _sphinx_options() -> list[str]:
    audience = _audience()
    chosen = ["-D", f"eventreports_audience={audience}"] if audience else []
    return [*chosen, *_options("SPHINXOPTS", "-W")]


def _builddir() -> str:
    """Return the folder of what is built: each audience but the public has its own."""
    folder, audience = os.environ.get("BUILDDIR", "_build"), _audience()
    return folder if audience in ("", AUDIENCES[0]) else f"{folder}/{audience}"


def _audience() -> str:
    """Return for whom the site is built; nothing if that is as conf.py says."""
    audience = os.environ.get("AUDIENCE", "")
    if audience and audience not in AUDIENCES:
        _fail(f"AUDIENCE is one of {', '.join(AUDIENCES)}, not “{audience}”", 2)
    return audience


def _venv() -> Path:
    return Path(os.environ.get("VENV", ".venv"))


def _status(*command: str | Path) -> int:
    sys.stdout.flush()
    with subprocess.Popen(list(map(str, command))) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The command has been told, too; it may have something to say before it ends.
            process.wait()
            raise


def _run(*command: str | Path) -> None:
    """Run a command, and exit with its status if it fails."""
    if status := _status(*command):
        raise SystemExit(status)


# Environments


def _site_python() -> Path:
    return _python_with(Path("requirements.txt"))


def _writers_python() -> Path:
    """Return the interpreter of an environment with what shows the preview and changes photos."""
    return _python_with(Path("requirements-preview.txt"))


def _dev_python() -> Path:
    return _python_with(Path("requirements-dev.txt"))


def _python_with(requirements: Path) -> Path:
    """Return the interpreter of the environment, after installing the packages of a list.

    All lists may go into the same environment: their versions agree.
    """
    wanted = requirements.read_text(encoding="utf-8")
    options = ("--require-hashes", "-r", requirements)
    return _installed(_venv(), requirements.name, wanted, *options)


def _installed(folder: Path, name: str, wanted: str, *options: str | Path) -> Path:
    """Install packages into an environment, unless its copy of ``wanted`` is current."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    copy = folder / f"installed-{name}"
    if not (python.exists() and copy.is_file() and copy.read_text(encoding="utf-8") == wanted):
        if not python.with_name(f"pip{python.suffix}").exists():
            _run(sys.executable, "-m", "venv", folder)
        print(f"Installing {name} into {folder}; this takes a minute")
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, *options)
        copy.write_text(wanted, encoding="utf-8")
    return python


def _install_node_packages(npm: str) -> None:
    """Install the packages of package-lock.json, if they have changed."""
    wanted, found = Path("package-lock.json"), Path("node_modules/.package-lock.json")
    if not found.is_file() or found.stat().st_mtime < wanted.stat().st_mtime:
        _run(npm, "ci", "--ignore-scripts", "--loglevel=error")
        found.touch()


# Targets


@target
def help() -> None:  # noqa: A001
    """List the targets."""
    width = max(map(len, TARGETS))
    for name, function in TARGETS.items():
        first, *more = (function.__doc__ or "").strip().splitlines()
        rest = (f"{'':{width}}      {line.strip()}" for line in more)
        print(f"make {name:<{width}} {first}", *rest, sep="\n")
    others = "Build with another builder of Sphinx: dirhtml, epub, latexpdf, …"
    print(f"make {'BUILDER':<{width}} {others}")
    print("\nmake site SITE_LANGUAGE=en   the site in English")
    print("make site SPHINXOPTS=        warnings are shown, and do not fail the build")


@target
def site() -> None:
    """Build the site with its PDFs: _build/html/index.html
    (AUDIENCE=internal: with what is for the company, in _build/internal/html).
    """
    # Two builders over the same doctrees: pages offer the PDFs that are printed before.
    # If one fails, the other runs nevertheless.
    folder = f"{_builddir()}/html"
    printed = _status(*_sphinx("typstprint", _printed(), "-q"))
    if _status(*_sphinx("html", folder, "-D", f"eventreports_pdf_folder={_printed()}")) or printed:
        raise SystemExit(1)
    print(f"The site is ready: open {folder}/index.html")


@target
def pdf() -> None:
    """Print it: the book, and the handouts of each event."""
    _run(*_sphinx("typstprint", _printed()))
    print(f"The book: {_printed()}/book.pdf; the handouts of each event: {_printed()}/handouts")


@target
def handout() -> None:
    """Print one event: make handout EVENT=ID (HANDOUTOPTS)."""
    event = os.environ.get("EVENT", "")
    if not event:
        _fail("which event? make handout EVENT=ID", 2)
    only = ("-D", f"eventreports_printed_events={event}")
    _run(*_sphinx("typstprint", _printed(), "-q", *only), *_options("HANDOUTOPTS"))
    for name in (f"{event}.pdf", f"{event}.summary.pdf"):
        if (file := Path(_printed(), "handouts", name)).exists():
            print(file.as_posix())


@target
def new() -> None:
    """Write a new event's folder (NEWOPTS="timetable.txt"; events/ID adds what that lacks)."""
    _run(_site_python(), "-m", "eventreports", "new", *_options("NEWOPTS"))


@target
def preview() -> None:
    """Show the site while you write, at http://127.0.0.1:8000 (PREVIEWOPTS)."""
    folder = os.environ.get("BUILDDIR", "_build")
    _run(_writers_python(), *preview_command(folder), *_options("PREVIEWOPTS"))


@target
def check() -> None:
    """Report what is wrong in the event.yaml files (CHECKOPTS="--format gitlab")."""
    options = _options("CHECKOPTS")
    python = _writers_python() if "--photos" in options else _site_python()
    _run(python, "-m", "eventreports", "check", *options, "events")


@target
def test() -> None:
    """Run what takes up to two minutes: at every edit (PYTESTOPTS="tests/typstprint -m slow")."""
    quick = ("-m", "not slow and not browser", "--slice", "10")
    _run(_dev_python(), *_PYTEST, *quick, *_options("PYTESTOPTS"))


@target
def coverage() -> None:
    """Say which lines and branches of the core and of rendering no test goes through."""
    tests = ("-m", "not slow and not browser", "--slice", "25", "tests/eventreports")
    _run(_dev_python(), *_PYTEST, "--cov", *tests, *_options("PYTESTOPTS"))


@target
def prove() -> None:
    """Run every test and every case, and builds after many edits: before a release, an hour
    (FUZZOPTS="--edits 2000 --seed 7").
    """
    python = _dev_python()
    _run(python, *_PYTEST, *_options("PYTESTOPTS"))
    _run(python, "tests/fuzz_builds.py", *_options("FUZZOPTS", "--edits 1000"))


@target
def screenshots() -> None:
    """Picture every type of page: _build/screenshots/index.html (SCREENSHOTOPTS="front event")."""
    _run(_dev_python(), "tests/contact_sheet.py", *_options("SCREENSHOTOPTS"))


@target
def pictures() -> None:
    """Make the README's pictures anew: docs/pictures/."""
    site()
    _run(_dev_python(), "tests/readme_pictures.py")


@target
def lint() -> None:
    """Check style, docstrings and types, of Python and of the scripts for browsers."""
    python = _dev_python()
    _run(python, "-m", "ruff", "check", ".")
    _run(python, "-m", "ruff", "format", "--check", ".")
    _run(python, "-m", "pydoclint.main", "--quiet", "_ext", "tools")
    _run(python, "-m", "mypy")
    lint_imports = "from importlinter.cli import lint_imports_command as run; run()"
    _run(python, "-c", lint_imports, "--no-logo")
    if npm := shutil.which("npm"):
        _install_node_packages(npm)
        _run(npm, "run", "--silent", "lint")
    else:
        print("The scripts for browsers are not checked: that needs Node.js 18 or later")


@target
def format() -> None:  # noqa: A001
    """Fix the style and the formatting."""
    python = _dev_python()
    _run(python, "-m", "ruff", "check", "--fix", ".")
    _run(python, "-m", "ruff", "format", ".")


@target
def bench() -> None:
    """Measure what printing, searching and opening pages cost
    (BENCHOPTS="--events 10 --pages 500", SEARCHBENCHOPTS="--records 1000",
    PHRASEBENCHOPTS="--records 1000", OPENBENCHOPTS="--sessions 500").
    """
    python = _site_python()
    _run(python, "bench/print.py", *_options("BENCHOPTS"))
    _run(python, "bench/search.py", *_options("SEARCHBENCHOPTS"))
    _run(python, "bench/phrases.py", *_options("PHRASEBENCHOPTS"))
    _run(python, "bench/open_page.py", *_options("OPENBENCHOPTS"))


@target
def generate() -> None:
    """Write what is made from the code: translations, JSON Schemas, the README's tables."""
    _update_catalogs()
    _update_guide()
    for of in ("event.yaml", "events.json", *REGISTERS):
        command = [str(_site_python()), "-m", "eventreports", "schema", of]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        Path("_ext/eventreports", f"{Path(of).stem}.schema.json").write_bytes(text)
    _run(_site_python(), "tools/settings_tables.py", "README.md", "README.ja.md")


#: The files beside the events' folders.
REGISTERS: Final = ("people.yaml", "organizations.yaml", "topics.yaml", "series.yaml")
#: Without line numbers and dates, so that a catalog changes only when a message does.
_UPDATE: Final = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date")


def _update_catalogs() -> None:
    """Update the catalogs of the extensions from their code, and compile them."""
    pybabel = _site_python().with_name("pybabel")
    folder = Path(_builddir())
    folder.mkdir(parents=True, exist_ok=True)
    for name, markers in TRANSLATED.items():
        keywords = ("--no-default-keywords", *(f"--keyword={marker}" for marker in markers))
        template, locale = folder / f"{name}.pot", f"_ext/{name}/locale"
        form = ("--no-location", "--sort-output", f"--project={name}", f"--output-file={template}")
        _run(pybabel, "--quiet", "extract", *keywords, *form, f"_ext/{name}")
        into = (f"--domain={name}", f"--output-dir={locale}", f"--input-file={template}")
        _run(pybabel, "update", *into, *_UPDATE)
        _run(pybabel, "compile", f"--domain={name}", f"--directory={locale}", "--statistics")


def _update_guide() -> None:
    """Update the catalogs of the site's own pages, which are written in Japanese."""
    pages = Path(_builddir()) / "gettext"
    built = ("-q", "-b", "gettext", "-d", pages / ".doctrees", ".", pages)
    _run(_site_python(), "-m", "sphinx", *built)
    pybabel = _site_python().with_name("pybabel")
    files = [*Path().glob("[a-z]*.md"), *Path("guide").glob("*.md")]
    for page in sorted(file.with_suffix("").as_posix() for file in files):
        catalog = f"--output-file=locale/en/LC_MESSAGES/{page}.po"
        into = (f"--input-file={pages / page}.pot", catalog, "--locale=en")
        _run(pybabel, "--quiet", "update", *into, *_UPDATE, "--init-missing")


@target
def lock() -> None:
    """Write requirements*.txt (LOCKOPTS=--upgrade: with newer versions)."""
    python = _installed(_venv().with_name(f"{_venv().name}-lock"), "uv.txt", UV, UV)
    # One file of versions and hashes for every platform and every Python since 3.11.
    resolve = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.11")
    written = ("--generate-hashes", "--custom-compile-command", "make lock")
    command: tuple[str | Path, ...]
    command = (python, "-m", "uv", *resolve, *written, *_options("LOCKOPTS"), "--extra", "site")
    _run(*command, "--output-file", "requirements.txt", "pyproject.toml")
    same: tuple[str, ...] = ("--constraints", "requirements.txt", "pyproject.toml")
    into = ("--output-file", "requirements-dev.txt")
    _run(*command, "--extra", "photos", "--group", "dev", *into, *same)
    # What writers need is there in less time than all that tests do.
    same = ("--constraints", "requirements-dev.txt", *same)
    into = ("--output-file", "requirements-preview.txt")
    _run(*command, "--extra", "photos", "--group", "preview", *into, *same)


@target
def dist() -> None:
    """Build the wheel and the source distribution: dist."""
    shutil.rmtree("dist", ignore_errors=True)
    _run(_dev_python(), "-m", "build")


@target
def clean() -> None:
    """Remove what was built."""
    built = os.environ.get("BUILDDIR", "_build")
    for name in (built, ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(name, ignore_errors=True)


@target
def distclean() -> None:
    """Remove the environments, too."""
    clean()
    for folder in (_venv(), _venv().with_name(f"{_venv().name}-lock"), Path("node_modules")):
        shutil.rmtree(folder, ignore_errors=True)


# Commands


def _printed() -> str:
    return f"{_builddir()}/typstprint"


def _sphinx(builder: str, folder: str, *options: str) -> tuple[str | Path, ...]:
    """Return the command that builds from the doctrees that all targets share."""
    doctrees = f"{_builddir()}/doctrees"
    where = ("-m", "sphinx", "-b", builder, "-d", doctrees, ".", folder)
    return (_site_python(), *where, *options, *_sphinx_options())


def preview_command(builddir: str) -> tuple[str, ...]:
    """Return the command of the preview.

    Only a folder of pages is served. Unbuffered output reports a failed build at once.
    """
    folders = ("-d", f"{builddir}/preview/doctrees", ".", f"{builddir}/preview/html")
    ignored = ("--ignore", "events/years", "--ignore", builddir)
    settings = (
        "keep_warnings=1",
        "eventreports_snippets=1",
        # Whoever writes sees all.
        f"eventreports_audience={AUDIENCES[-1]}",
    )
    defined = (word for one in settings for word in ("-D", one))
    return ("-u", "-m", "sphinx_autobuild", *folders, *ignored, *defined)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130) from None
