"""Random sheets and documents that fit their page."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.pipeline import layout, read
from banana_layout.source import BananaError
from banana_layout.syntax.layout_rows import named_cells
from banana_layout.testing.blocks import TEXTUAL, BlockKind, blocks
from banana_layout.testing.looks import page_sizes
from banana_layout.testing.texts import titles, words
from banana_layout.testing.zones import written, zones
from banana_layout.theme.load import names

DRAWN: tuple[BlockKind, ...] = (
    "rule",
    "image",
    "boxes",
    "flowchart",
    "mindmap",
    "flowchart",
    "mindmap",
    "table",
    "callout",
)
"""What stands beside text; what takes most to lay out is drawn more often."""


class SheetText(str):
    """The Markdown of a sheet; shown as it stands, so that a failing example can be saved and rendered."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f'"""\\\n{self}"""'


class DrawnDocument(Document, frozen=True, dict=True):
    """A document that shows itself as the Markdown it was read from."""

    def __repr__(self) -> str:
        return f"read({SheetText(self.source.text if self.source is not None else '')!r})"


class DrawnLayout(Layout, frozen=True):
    """A layout that shows itself as the Markdown it was made from."""

    def __repr__(self) -> str:
        return f"layout({self.document!r})"


@st.composite
def panels(draw: st.DrawFn, name: str = "p0", kinds: tuple[BlockKind, ...] = TEXTUAL, most: int = 2) -> str:
    """Return the Markdown of a panel with up to so many blocks."""
    mark = draw(st.sampled_from(("", "", "", " .sticky", " .hero", " pen=blue")))
    body = "\n\n".join(draw(st.lists(blocks(kinds), min_size=0, max_size=most)))
    # Two blocks may each bring a footnote of one name; a sheet knows every name once.
    parts = body.split("[^n]:")
    if len(parts) > 2 or name != "p0":
        body = "".join(_renamed(part, f"{name}-{i}") for i, part in enumerate(_footnoted(body)))
    return f"## {draw(titles())} {{#{name}{mark}}}\n\n{body}\n"


def _footnoted(body: str) -> list[str]:
    """Return a body cut before each block that points at a footnote."""
    out, rest = [], body
    while (at := rest.find("[^n]:")) >= 0:
        end = rest.find("\n\n", at)
        end = len(rest) if end < 0 else end
        out.append(rest[:end])
        rest = rest[end:]
    return [*out, rest]


def _renamed(part: str, name: str) -> str:
    """Return a part with its footnote under another name."""
    return part.replace("[^n]", f"[^{name}]")


@st.composite
def sheets(draw: st.DrawFn, rows: int = 3, diagrams: bool = True, lengths: bool = True) -> str:
    """Return the Markdown of a sheet: a page, zones and nested cells, panels of every kind of block, connectors.

    It mostly fits its page; `documents()` always does. One in eight says nothing of a layout, so that the engine divides it;
    where `lengths` is set some zones are lengths, `auto` or bounded and not weights alone.
    """
    division = draw(zones(rows=rows, cells=2, bounded=lengths and draw(st.integers(0, 3)) == 3))
    inside = [cell.panel for cell in named_cells(division)]
    few = len(inside) <= 4
    page = draw(page_sizes()) if few else "A4"
    kinds = (*TEXTUAL, *DRAWN) if diagrams and few else TEXTUAL
    body = [draw(panels(name, kinds, 2 if few else 1)) for name in inside]
    head = ["---", f"page: {page}", *draw(_looks(page))]
    if draw(st.integers(0, 7)) < 7:
        head += ["layout:", "  - 12: title", *(f"  - {row}" for row in _lines(written(division)))]
        if len(inside) > 1 and draw(st.booleans()):
            a, b = draw(st.permutations(inside))[:2]
            label = draw(st.sampled_from(("", "다음", "then")))
            head += ["connectors:", f"  - {{from: {a}, to: {b}, label: {label!r}}}"]
    title = draw(st.sampled_from(("# 🍌 제목: TITLE (부제)", "# Title", "# 한글 제목", "# 日本語の表題")))
    return SheetText("\n".join([*head, "---", "", title, "", draw(words(1, 5, ("korean", "english"))), "", *body]))


@st.composite
def _looks(draw: st.DrawFn, page: str) -> list[str]:
    """Return what front matter says of the look: mostly little."""
    out = []
    if draw(st.booleans()) and page != "16:9":
        out.append("orientation: landscape")
    if draw(st.integers(0, 3)) == 3:
        out.append(f"theme: {draw(st.sampled_from(names()))}")
    if draw(st.integers(0, 3)) == 3:
        out.append(f"lang: {draw(st.sampled_from(('ko', 'en', 'ja')))}")
    if draw(st.integers(0, 3)) == 3:
        out.append(f"seed: {draw(st.integers(0, 9))}")
    if draw(st.integers(0, 5)) == 5:
        out.append(f"fit: {draw(st.sampled_from(('rebalance', 'paginate')))}")
    return out


def _lines(flow: str) -> list[str]:
    """Return the items of a YAML flow list, without the braces around each."""
    out, depth, start = [], 0, 1
    for i, char in enumerate(flow):
        depth += (char in "[{") - (char in "]}")
        if (char == "," and depth == 1) or (char == "]" and depth == 0):
            out.append(flow[start:i].strip()[1:-1])
            start = i + 1
    return out


def documents(rows: int = 3, diagrams: bool = True, lengths: bool = True) -> st.SearchStrategy[Document]:
    """Return a strategy of documents that fit their page."""
    return sheets(rows, diagrams, lengths).map(_drawn).filter(_fits)


def layouts(rows: int = 3, diagrams: bool = True, lengths: bool = True) -> st.SearchStrategy[Layout]:
    """Return a strategy of documents laid out."""
    return sheets(rows, diagrams, lengths).map(_drawn).filter(_fits).map(_laid)


def _drawn(text: str) -> DrawnDocument:
    """Return the document a sheet describes."""
    return DrawnDocument(**msgspec.structs.asdict(read(text)))


def _fits(document: DrawnDocument) -> bool:
    """Tell whether a document fits its page with diagrams one can read; its layout is remembered."""
    try:
        laid = document.__dict__["laid"] = layout(document)
    except BananaError:
        return False
    return all(d["font_size"] >= laid.theme.type.node_warn_pt for page in laid.pages for d in page.diagrams())


def _laid(document: DrawnDocument) -> Layout:
    """Return the remembered layout."""
    return DrawnLayout(**msgspec.structs.asdict(document.__dict__["laid"]))
