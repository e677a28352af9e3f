"""Asserts that layouts keep constraints."""

from __future__ import annotations

from pathlib import Path

from banana_layout import constraints
from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.pipeline import layout as lay_out


def assert_layout(
    subject: Layout | Document, *wanted: constraints.Constraint, picture: str | Path | None = None
) -> None:
    """Raise AssertionError where a layout, or a document laid out, breaks a constraint.

    None given: the standard set and what the document's front matter lists. The message holds every violation with its
    place in the source; `picture` names an SVG in which the first broken page is drawn with its violations.
    """
    __tracebackhide__ = True  # pytest shows the test's own line and the message
    laid = lay_out(subject, demanding=False) if isinstance(subject, Document) else subject
    found = constraints.check(laid, *wanted)
    if not found:
        return
    if picture is not None:
        _draw(laid, found, Path(picture))
    told = "\n".join(v.diagnostic(laid.document.source).render() for v in found)
    told += f"\ndrawn on the page in {picture}" if picture is not None else ""
    raise AssertionError(f"{len(found)} violation{'s' if len(found) > 1 else ''}:\n{told}")


def _draw(laid: Layout, found: tuple[constraints.Violation, ...], path: Path) -> None:
    """Write the first page that breaks something as SVG."""
    from banana_layout.font.book import FontBook
    from banana_layout.pipeline import scenes
    from banana_layout.render.svg import to_svg

    book = FontBook.standard()
    number = next((v.page - 1 for v in found if v.page), 0)
    marked = constraints.marked_scenes(scenes(laid, plain=True), found, laid.theme, book)
    path.write_text(to_svg(marked[number], book), encoding="utf-8")
