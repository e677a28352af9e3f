"""Options and arguments that several commands share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from banana_layout.source import BananaError, Diagnostic

if TYPE_CHECKING:
    from banana_layout.model.document import Document
    from banana_layout.theme.theme import Theme

F = TypeVar("F", bound=Callable[..., Any])

LARGEST_INPUT = 1_000_000
"""Input from stdin has at most so many bytes."""
PRESETS = ("screen", "print", "print-x1a")
"""What a page is made for."""


class Word(click.types.StringParamType):
    """A word of the command line, which only says how a shell completes it."""

    def __init__(self, name: str, kind: str = "plain", words: Callable[[], Iterable[str]] = tuple) -> None:
        self.name = name
        self._kind = kind
        self._words = words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Return the words that fit; where none does, what sort of file the shell is to look for."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(word) for word in self._words() if word.startswith(incomplete)]
        return found or ([CompletionItem(incomplete, type=self._kind)] if self._kind != "plain" else [])


def _themes() -> Iterable[str]:
    """Return the themes' names."""
    from banana_layout.theme.load import names

    return names()


def _papers() -> Iterable[str]:
    """Return the papers' names."""
    from banana_layout.syntax.paper import NAMES

    return NAMES


FILE = Word("file", "file")
"""A file to read or to write."""
FOLDER = Word("folder", "dir")
"""A folder to write into."""
THEME = Word("theme", "file", _themes)
"""A theme's name or file."""
SIZE = Word("size", words=_papers)
"""A paper's name or measures."""


class Look(NamedTuple):
    """What the command line says of the page in place of its front matter."""

    theme: str | None
    """A theme's name, or the path of a theme file."""
    page: str | None
    """A page size such as `A4` or `210mm x 297mm`."""
    landscape: bool
    """Whether the page lies on its long side."""
    seed: int | None
    """Chooses among equally good hands."""
    all: bool = False
    """Whether what has no place on a brief's page goes to further pages."""


def look_options(function: F) -> F:
    """Add --theme, --page, --landscape, --seed and --all, handed over as one `look`."""

    @click.option("--theme", type=THEME, metavar="THEME", help="A theme's name, or a theme file (*.toml).")
    @click.option(
        "--page", type=SIZE, metavar="SIZE", help="A3 to A6, B5, letter, legal, 16:9, or such as '120mm x 200mm'."
    )
    @click.option("--landscape", is_flag=True, help="Lay the page on its long side.")
    @click.option("--seed", type=int, metavar="N", help="Choose another, equally good hand.")
    @click.option("--all", "everything", is_flag=True, help="Put what has no place on a brief's page on further pages.")
    @functools.wraps(function)
    def wrapped(theme: str | None, page: str | None, landscape: bool, seed: int | None, **others: Any) -> Any:
        everything = bool(others.pop("everything"))
        return function(look=Look(theme, page, landscape, seed, everything), **others)

    return wrapped  # type: ignore[return-value]


def preset_option(function: F) -> F:
    """Add --preset."""
    return click.option(
        "--preset",
        type=click.Choice(PRESETS),
        default="screen",
        show_default=True,
        help="What a PDF is for.",
    )(function)


def strict_option(function: F) -> F:
    """Add --strict."""
    return click.option("--strict", is_flag=True, help="Count warnings as errors.")(function)


def json_option(function: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")(function)


def read_document(name: str, look: Look) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the document in a file, or on stdin for `-`, as the command line wants it, and what was found on the way."""
    from banana_layout import pipeline
    from banana_layout.model.document import Overrides

    overrides = Overrides(
        page=look.page, landscape=look.landscape, theme=_theme_name(look.theme), seed=look.seed, all=look.all
    )
    return pipeline.read_warned(stdin_text() if name == "-" else Path(name), overrides)


def read_theme(name: str | None) -> Theme | None:
    """Return the theme a command line names; a path may lead anywhere, because the user typed it."""
    if name is None:
        return None
    from banana_layout.theme.load import load

    if _theme_name(name) is None:
        path = Path(name)
        return load(path.name if path.suffix == ".toml" else f"./{path.name}", path.resolve().parent)
    return load(name)


def stdin_text() -> str:
    """Return what stands on stdin; a BananaError for what is no UTF-8 or far too much."""
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise BananaError.single(f"the input is larger than {LARGEST_INPUT // 10**6} MB")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BananaError.single(f"the input is not UTF-8 (byte {error.start})", hints=("save it as UTF-8",)) from None


def _theme_name(name: str | None) -> str | None:
    """Return a theme's name, or None where a path is given."""
    return None if name is None or name.endswith(".toml") or "/" in name or "\\" in name else name
