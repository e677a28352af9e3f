"""Several sheets as one book: a cover, contents that lead to the pages, page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from banana_layout import pipeline
from banana_layout.model.block import Cell, Paragraph, Table
from banana_layout.model.document import Document, Heading, Panel, Sheet
from banana_layout.model.inline import Link, Text
from banana_layout.model.zone import PanelCell, Track, Zone
from banana_layout.scene.item import Group

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout

_WORDS = {"ko": ("차례", "내용", "쪽"), "ja": ("目次", "内容", "頁"), "en": ("Contents", "Sheet", "Page")}
"""What the contents are called, and their columns, by language."""


def bound(layouts: Sequence[Layout], title: str = "") -> tuple[Layout, ...]:
    """Return sheets as a book: a cover with `title` (the first sheet's where empty), contents, then the sheets.

    Both are laid out in the first sheet's theme, on its paper. Links in the contents lead to `#page-3` and the like,
    counted from the cover; `imposition.folio.numbered` writes the numbers.
    """
    names = [(laid.document.settings.title or laid.pages[0].scene.title, len(laid.pages)) for laid in layouts]
    first = layouts[0]
    scale = first.theme.type
    large = msgspec.structs.replace(scale, title_max_pt=1.9 * scale.title_max_pt, subtitle_pt=1.6 * scale.subtitle_pt)
    theme = msgspec.structs.replace(first.theme, type=large)
    cover = pipeline.layout(_cover(title or names[0][0], names, first.document), theme=theme)
    ahead = len(cover.pages) + 1
    while True:
        rows, page = [], ahead
        for (name, count), laid in zip(names, layouts, strict=True):
            rows += [(words, page + 1 + i) for i, words in _titles(name, laid)]
            page += count
        contents = pipeline.layout(_contents(rows, first.document), theme=first.theme)
        needed = len(cover.pages) + len(contents.pages)
        if needed <= ahead:
            return (cover, contents, *layouts)
        ahead = needed


def _titles(name: str, laid: Layout) -> Iterator[tuple[int, str]]:
    """Yield where a sheet begins, and each further page of it with a title of its own."""
    from banana_layout.render.pdf.content import heading_words

    last = ""
    for i, page in enumerate(laid.pages):
        found = [heading_words(g) for g in page.scene.items if isinstance(g, Group) and g.role == "title"]
        words = found[0] if found else ""
        if i == 0 or words not in ("", last):
            yield i, name if i == 0 else words
        last = words or last


def _cover(title: str, names: Sequence[tuple[str, int]], like: Document) -> Document:
    """Return the cover: the title over the whole page, what is inside under it."""
    inside = " · ".join(name for name, _ in names[:6]) + (" …" if len(names) > 6 else "")
    subtitle = (Paragraph(content=(Text(text=inside),)),) if inside != title else ()
    heading = Heading((Text(text=title),), subtitle=subtitle)
    zone = Zone(Track(weight=100.0), (PanelCell("title"),), id="zone1")
    return _document(Sheet((), heading, (zone,)), like, title)


def _contents(rows: Sequence[tuple[str, int]], like: Document) -> Document:
    """Return the contents: a table of sheets and pages, each a link."""
    called, what, where = _WORDS.get(like.settings.lang.partition("-")[0], _WORDS["en"])
    header = (_cell(what), _cell(where))
    body = tuple((_cell(name, page), _cell(str(page), page)) for name, page in rows)
    table = Table(header=header, rows=body, align=("left", "right"))
    panel = Panel("contents", (Text(text=called),), (table,), classes=("plain",))
    return _document(Sheet((panel,)), like, called)


def _cell(text: str, page: int | None = None) -> Cell:
    """Return a cell that leads to a page."""
    said = Text(text=text)
    return Cell((said,) if page is None else (Link(url=f"#page-{page}", children=(said,)),))


def _document(sheet: Sheet, like: Document, title: str) -> Document:
    """Return a document with another's settings and nothing it demands."""
    settings = msgspec.structs.replace(like.settings, title=title, constraints=(), fit="strict", all=False)
    return Document(settings, (sheet,))
