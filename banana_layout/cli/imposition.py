"""Options that bind pages into a book or put them onto other sheets."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from banana_layout.cli.option import SIZE

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout
    from banana_layout.scene.item import Scene

F = TypeVar("F", bound=Callable[..., Any])


class Imposition(NamedTuple):
    """What becomes of the pages."""

    book: str | None
    """Title of the book they are bound into, empty for the first sheet's; None for no book."""
    numbers: bool
    """Whether pages bear their numbers."""
    up: int
    """How many pages go on a sheet; 1 for each on its own."""
    booklet: bool
    """Whether sheets are folded and stapled."""
    poster: tuple[int, int] | None
    """How many sheets across and down make one page."""
    sheet: str
    """The sheets' paper."""

    @property
    def mixes(self) -> bool:
        """Whether pages of several inputs may come to stand on one sheet."""
        return self.up > 1 or self.booklet

    def bind(self, layouts: Sequence[Layout]) -> tuple[Layout, ...]:
        """Return the sheets, with cover and contents where they make a book."""
        if self.book is None:
            return tuple(layouts)
        from banana_layout.book import bound

        return bound(layouts, self.book)

    def arrange(self, pages: Sequence[Scene], bleed: float = 0.0) -> tuple[Scene, ...]:
        """Return finished pages as they come out; their paper runs `bleed` points over their edges."""
        from banana_layout.font.book import FontBook
        from banana_layout.geometry.size import Size
        from banana_layout.imposition.arrange import booklet, n_up
        from banana_layout.imposition.folio import numbered
        from banana_layout.imposition.poster import poster
        from banana_layout.syntax.paper import named

        found = tuple(pages)
        if self.numbers or self.book is not None:
            found = numbered(found, FontBook.standard(), skip=1 if self.book is not None else 0)
        if self.up == 1 and not self.booklet and self.poster is None:
            return found
        paper = named(self.sheet)
        if paper is None:
            raise click.UsageError(
                f"there is no paper {self.sheet!r}: A3 to A6, B5, letter, legal, or such as 300mm x 400mm"
            )
        size = Size(paper.width, paper.height)
        if self.poster is not None:
            return tuple(s for page in found for s in poster(page, *self.poster, size, FontBook.standard()))
        return booklet(found, size, bleed) if self.booklet else n_up(found, self.up, size, bleed)


def imposition_options(function: F) -> F:
    """Add --book, --numbers, --up, --booklet, --poster and --sheet, handed over as one `imposition`."""

    @click.option(
        "--book",
        metavar="TITLE",
        help="Bind the pages: cover, contents with links, page numbers; '' takes the first title.",
    )
    @click.option("--numbers", is_flag=True, help="Write page numbers.")
    @click.option("--up", type=click.IntRange(1, 64), default=1, metavar="N", help="Put N pages on a sheet.")
    @click.option("--booklet", is_flag=True, help="Put pages two on a side, in the order for folding and stapling.")
    @click.option("--poster", metavar="CxR", help="Spread each page over C by R sheets, with overlaps for the glue.")
    @click.option(
        "--sheet",
        default="A4",
        show_default=True,
        type=SIZE,
        metavar="SIZE",
        help="Paper for --up, --booklet and --poster.",
    )
    @functools.wraps(function)
    def wrapped(
        book: str | None, numbers: bool, up: int, booklet: bool, poster: str | None, sheet: str, **given: Any
    ) -> Any:
        if (up > 1) + booklet + (poster is not None) > 1:
            raise click.UsageError("--up, --booklet and --poster exclude one another")
        return function(imposition=Imposition(book, numbers, up, booklet, _grid(poster), sheet), **given)

    return wrapped  # type: ignore[return-value]


def _grid(text: str | None) -> tuple[int, int] | None:
    """Return columns and rows."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,2})\s*[x×]\s*(\d{1,2})", text)
    if found is None:
        raise click.UsageError("--poster takes columns and rows, such as 2x2")
    return int(found[1]), int(found[2])
