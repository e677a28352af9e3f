"""What all documentation tools share: the text of a fence becomes inline SVG, or a message where it cannot."""

from __future__ import annotations

import hashlib
from html import escape
from typing import Any, NamedTuple

import msgspec

from banana_layout.source import BananaError, Diagnostic, Source, Span

NAMES = ("mermaid", "banana")
"""Fences that are drawn: a Mermaid diagram, a whole sheet (Markdown or JSON)."""


class Look(msgspec.Struct, frozen=True):
    """How fences are drawn."""

    theme: str | None = None
    """A theme's name; None for the standard one, or the sheet's own."""
    plain: bool = False
    """Exact lines instead of a hand's."""
    paper: bool = True
    """Whether a diagram has the theme's paper under it, or nothing."""
    base: str | None = None
    """Folder that a sheet's pictures start from; None where no files may be read."""


class Page(msgspec.Struct, frozen=True):
    """One drawing of a fence."""

    svg: str
    """A whole SVG element."""
    alt: str
    """What it shows, in words."""


def is_drawn(name: str, text: str) -> bool:
    """Whether a fence is one of ours; Mermaid's other diagrams are left to others."""
    from banana_layout.syntax import mermaid

    return name == "banana" or (name == "mermaid" and mermaid.diagram_kind(text) in ("flowchart", "mindmap"))


def drawn(name: str, text: str, look: Look) -> tuple[Page, ...]:
    """Return a fence's pages: one for a diagram, one or more for a sheet. Raises BananaError."""
    from banana_layout.font.book import FontBook
    from banana_layout.render.svg import to_svg

    return tuple(Page(to_svg(scene, FontBook.standard()), scene.title) for scene in _scenes(name, text, look))


def pdf(name: str, text: str, look: Look) -> tuple[bytes, int]:
    """Return a fence as PDF, and how many pages it has. Raises BananaError."""
    from banana_layout.font.book import FontBook
    from banana_layout.render.pdf.document import to_pdf

    scenes = _scenes(name, text, look)
    return to_pdf(scenes, FontBook.standard()), len(scenes)


def html(name: str, text: str, look: Look) -> str:
    """Return a fence as HTML: a figure with inline SVG, as wide as its column at most. Raises BananaError."""
    parts = []
    for page in drawn(name, text, look):
        svg = page.svg[page.svg.index("<svg") :].replace(
            "<svg ", '<svg role="img" style="max-width:100%;height:auto" ', 1
        )
        parts.append(f'<figure class="banana banana-{name}">{svg}</figure>')
    return "\n".join(parts)


def error_html(text: str, error: BananaError) -> str:
    """Return what stands in place of a fence that cannot be drawn: what is wrong, and the text as written."""
    return f'<div class="banana-error"><pre>{escape(str(error))}</pre><pre><code>{escape(text)}</code></pre></div>'


def placed(error: BananaError, page: Source, first: int, indent: int) -> BananaError:
    """Return a fence's error with its places on the page; `first` is the line of the fence's text there, from 1."""
    lines = page.text.split("\n")

    def found(one: Diagnostic) -> Diagnostic:
        where = one.location()
        line, column, wide = first - 1, 1, 1
        if where is not None and one.source is not None and one.span is not None:
            span = one.source.outermost(one.span)[1]
            line, column, wide = first + where[1].line - 1, indent + where[1].column, span.end - span.start
        line = min(line, len(lines))
        start = sum(len(text) + 1 for text in lines[: line - 1]) + min(column - 1, len(lines[line - 1]))
        return msgspec.structs.replace(one, source=page, span=Span(start, start + wide))

    return BananaError(*map(found, error.diagnostics))


class Place(NamedTuple):
    """Where a fence's text stands on its page."""

    first: int
    """The line of the text's first line, from 1."""
    indent: int
    """Characters before it, blanks mostly."""


def place_on(page: str, text: str, near: int = 1) -> Place | None:
    """Return where a page has a fence's text, at a line or after it; None where it has it nowhere.

    Every line of the text must end a line of the page, after as many characters as every other: blanks of a list, marks of a
    quotation.
    """
    lines, wanted = page.split("\n"), text.rstrip("\n").split("\n")
    for start in range(max(near, 1) - 1, len(lines) - len(wanted) + 1):
        indents = [len(line) - len(part) for line, part in zip(lines[start:], wanted, strict=False) if part.strip()]
        alike = all(line.rstrip().endswith(part.rstrip()) for line, part in zip(lines[start:], wanted, strict=False))
        if alike and indents and len(set(indents)) == 1:
            return Place(start + 1, indents[0])
    return None


def told(error: BananaError, page: Source, text: str, near: int = 1) -> BananaError:
    """Return a fence's error with its places on the page, or, where the page does not have the text, in the fence."""
    place = place_on(page.text, text, near)
    return in_fence(error) if place is None else placed(error, page, *place)


def in_fence(error: BananaError) -> BananaError:
    """Return a fence's error that says of its lines that they are counted in the fence."""

    def found(one: Diagnostic) -> Diagnostic:
        where = one.location()
        if where is None:
            return one
        return msgspec.structs.replace(one, message=f"{one.message} (line {where[1].line} of the fence)")

    return BananaError(*map(found, error.diagnostics))


def digest(name: str, text: str, look: Look) -> str:
    """Return a short name for a fence's drawing that changes with whatever decides it."""
    said = msgspec.json.encode((name, text, look))
    return hashlib.blake2s(said, digest_size=10).hexdigest()


def _scenes(name: str, text: str, look: Look) -> tuple[Any, ...]:
    """Return a fence's pages as scenes."""
    from banana_layout import pipeline

    if name == "mermaid":
        # Without a line end, so that what is missing at its end is missing on its last line.
        source = Source("<mermaid>", text.rstrip())
        return (pipeline.diagram_scene(source, theme=look.theme, plain=look.plain, ground=look.paper)[0],)
    document = msgspec.structs.replace(pipeline.read(text.rstrip() + "\n"), base=look.base)
    return pipeline.scenes(document, plain=look.plain, theme=look.theme)
