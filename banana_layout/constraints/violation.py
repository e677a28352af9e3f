"""What a constraint is, and what a broken one says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.source import Diagnostic, Source, Span, legible


class Violation(msgspec.Struct, frozen=True):
    """One place where a layout breaks a constraint."""

    constraint: str
    """Name of the constraint."""
    message: str
    """What is wrong, in one sentence without a full stop."""
    page: int
    """Number of the page, from 1; 0 where it concerns the whole document."""
    panel: str = ""
    """Id of the panel it concerns, or empty."""
    rects: tuple[Rect, ...] = ()
    """Where on the page: what is wrong first, then what it is wrong against."""
    amount: float = 0.0
    """By how much, in points, or in the constraint's own measure."""
    hint: str = ""
    """What would mend it."""
    key: str = ""
    """Key of the scene's item it concerns, or empty."""
    span: Span | None = None
    """Where in the document's source what it concerns was said; None for a document made by a program."""

    @property
    def rect(self) -> Rect | None:
        """What is wrong, or None where no place is."""
        return self.rects[0] if self.rects else None

    def where(self) -> str:
        """Return the page and the place on it in millimetres, such as `page 1 at 20.0, 35.5 mm`."""
        page = f"page {self.page}" if self.page else "document"
        return f"{page} at {self.rects[0].x / MM:.1f}, {self.rects[0].y / MM:.1f} mm" if self.rects else page

    def render(self) -> str:
        """Return the finding in one line, places in millimetres; the hint on a second."""
        hint = f"\n  hint: {legible(self.hint)}" if self.hint else ""
        return f"{self.where()}: {legible(f'{self.constraint}: {self.message}')}{hint}"

    def diagnostic(self, source: Source | None) -> Diagnostic:
        """Return the finding as an error with its place in the text a document was read from."""
        hints = (self.hint,) if self.hint else ()
        return Diagnostic(
            "error",
            f"{self.constraint}: {self.message} ({self.where()})",
            self.span if source is not None else None,
            hints,
            source,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as data, without what is empty."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return {k: v for k, v in found.items() if v not in (None, "", (), []) or k in ("constraint", "message", "page")}


class Constraint(msgspec.Struct, frozen=True):
    """Something that must hold of a layout: a value to name, to combine and to check."""

    name: str
    """Such as `panels-disjoint`."""
    find: Callable[[Layout], Iterable[Violation]]
    """Yields where a layout breaks it; the constraint's name is filled in by `check`."""
    about: str = ""
    """What it demands, in one sentence without a full stop."""
    panels: tuple[str, ...] = ()
    """Ids of the panels it names; `check` refuses one that the layout has not."""

    def named(self, name: str, about: str = "") -> Constraint:
        """Return the same demand under another name."""
        return Constraint(name, self.find, about or self.about, self.panels)

    def only(self, *panels: str) -> Constraint:
        """Return the same demand of some panels alone."""

        def find(layout: Layout) -> Iterator[Violation]:
            return (v for v in self.find(layout) if v.panel in panels)

        return Constraint(f"{self.name} in {', '.join(panels)}", find, self.about, self.panels)

    def but(self, *panels: str) -> Constraint:
        """Return the same demand of all panels but some."""

        def find(layout: Layout) -> Iterator[Violation]:
            return (v for v in self.find(layout) if v.panel not in panels)

        return Constraint(f"{self.name} but in {', '.join(panels)}", find, self.about, self.panels)

    def holds(self, layout: Layout) -> bool:
        """Tell whether nothing in a layout breaks it."""
        return next(iter(self.find(layout)), None) is None


def all_of(name: str, *constraints: Constraint) -> Constraint:
    """Return a demand that several demands hold together."""

    def find(layout: Layout) -> Iterator[Violation]:
        for one in constraints:
            for v in one.find(layout):
                yield msgspec.structs.replace(v, message=f"{v.message} ({one.name})")

    return Constraint(name, find, "; ".join(c.about for c in constraints if c.about), _panels_of(constraints))


def any_of(name: str, *constraints: Constraint) -> Constraint:
    """Return a demand that at least one of several holds; broken, it tells what the first one finds."""

    def find(layout: Layout) -> Iterator[Violation]:
        found = [tuple(c.find(layout)) for c in constraints]
        return iter(found[0] if found and all(found) else ())

    return Constraint(name, find, " or ".join(c.about for c in constraints if c.about), _panels_of(constraints))


def _panels_of(constraints: Iterable[Constraint]) -> tuple[str, ...]:
    """Return the panels that several constraints name, each once."""
    return tuple(dict.fromkeys(name for one in constraints for name in one.panels))


def each_page(find: Callable[[LaidPage, Layout], Iterable[Violation]]) -> Callable[[Layout], Iterator[Violation]]:
    """Return a search through all pages made of one through a single page; it fills in the page's number."""

    def through(layout: Layout) -> Iterator[Violation]:
        for number, page in enumerate(layout.pages, 1):
            for violation in find(page, layout):
                yield msgspec.structs.replace(violation, page=number)

    return through
