"""The structure tree: what everything means, in reading order (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from banana_layout.geometry.rect import Rect
from banana_layout.render.number import numbers
from banana_layout.render.pdf.objects import Objects, Value

_HANGUL = (0x1100, 0x1200, 0x3130, 0x3190, 0xAC00, 0xD7A4)
_KANA = (0x3040, 0x3100)
_CJK = (0x1100, 0x1200, 0x3040, 0x3100, 0x3130, 0x3190, 0x3400, 0xA000, 0xAC00, 0xD7A4)
"""Where each script's stretches of characters begin and have ended; a pattern of so many takes `re` milliseconds to make."""
_WORD = re.compile("[A-Za-z]{2,}")
_EAST = ("ko", "ja", "zh")
"""Languages whose own script tells their text from English."""


class Element:
    """One node of the tree."""

    __slots__ = ("actual", "alt", "box", "heads", "kids", "lang", "level", "number", "order", "page", "tag", "words")

    def __init__(self, tag: str, page: int = 0) -> None:
        self.tag = tag
        """Standard structure type (ISO 32000-1, 14.8.4); `H` becomes H1 to H6 by where it stands."""
        self.page = page
        """Number of its page in the file, from 0."""
        self.kids: list[Element | int | Annotation] = []
        """Elements, numbers of marked content on the page, and annotations."""
        self.alt = ""
        """What it shows, in words (14.9.3)."""
        self.actual = ""
        """The characters it stands for (14.9.4)."""
        self.lang = ""
        """BCP 47 tag where it differs from the document's (14.9.2)."""
        self.level = 0
        """The level a heading was given."""
        self.order: int | None = None
        """Place in the reading order among its siblings."""
        self.heads = "Column"
        """What a header cell heads: `Column` or `Row`."""
        self.box: Rect | None = None
        """A figure's box on the page, y down."""
        self.words: list[str] = []
        """The characters of its own marked content."""
        self.number = ""
        """The object's reference once it has one, such as `12 0 R`."""

    def add(self, tag: str) -> Element:
        """Return a new last child."""
        child = Element(tag, self.page)
        self.kids.append(child)
        return child

    def sort(self) -> None:
        """Bring children into their reading order, where any was given."""
        ranked = [k.order for k in self.kids if isinstance(k, Element) and k.order is not None]
        if ranked:
            places = {id(k): i for i, k in enumerate(self.kids)}
            self.kids.sort(key=lambda k: k.order if isinstance(k, Element) and k.order is not None else places[id(k)])


class Annotation:
    """A link's annotation as part of the tree (ISO 32000-1, 14.7.4.3)."""

    def __init__(self, reference: str, key: int) -> None:
        self.reference = reference
        """The annotation's object."""
        self.key = key
        """Its place in the parent tree."""


class Structure:
    """The tree of a whole file."""

    def __init__(self, lang: str) -> None:
        self.root = Element("Document")
        """Holds everything."""
        self.pages: list[list[Element]] = []
        """For each page the element of every marked content, by its number."""
        self.lang = lang
        """The document's language, a BCP 47 tag."""
        self._links: list[Element] = []

    def link(self, element: Element, reference: str) -> int:
        """Hang a link's annotation under its element and return its key in the parent tree; all pages must be there."""
        key = len(self.pages) + len(self._links)
        element.kids.append(Annotation(reference, key))
        self._links.append(element)
        return key

    def write(self, objects: Objects, pages: list[tuple[str, float]]) -> Value:
        """Add the tree to the file and return its root; `pages` are the pages' references and the y of their tops."""
        top = objects.raw()
        elements = list(self._shown(self.root))
        _grade(elements)
        _head_rows(elements)
        bodies = []
        for element in elements:
            body = objects.raw()
            element.number = body.reference
            bodies.append(body)
        parents = {id(k): e.number for e in elements for k in e.kids if isinstance(k, Element)}
        for element, body in zip(elements, bodies, strict=True):
            body.body = self._body(element, parents.get(id(element), top.reference), pages)
        rows = []
        for i, marked in enumerate(self.pages):
            row = objects.raw(f"[{' '.join(e.number for e in marked)}]".encode())
            rows.append(f"{i} {row.reference}")
        rows += [f"{len(self.pages) + i} {e.number}" for i, e in enumerate(self._links)]
        tree = objects.raw(f"<</Nums[{' '.join(rows)}]>>".encode())
        top.body = (
            f"<</Type/StructTreeRoot/K {self.root.number}/ParentTree {tree.reference}/ParentTreeNextKey {len(rows)}>>"
        ).encode()
        return top.reference

    def _shown(self, element: Element) -> Iterator[Element]:
        """Yield an element and all below it, in reading order; what holds nothing is taken out."""
        element.sort()
        element.kids = [k for k in element.kids if not isinstance(k, Element) or _holds(k)]
        yield element
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._shown(kid)

    def _body(self, element: Element, parent: str, pages: list[tuple[str, float]]) -> bytes:
        """Return an element's dictionary (ISO 32000-1, table 323)."""
        page, top = pages[element.page]
        tag = element.tag
        if tag == "Link" and not any(isinstance(k, Annotation) for k in element.kids):
            tag = "Span"
        out = f"<</S/{tag}/P {parent}"
        kids = []
        marked = False
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(kid.number)
            elif isinstance(kid, Annotation):
                kids.append(f"<</Type/OBJR/Obj {kid.reference}/Pg {page}>>")
            else:
                marked = True
                kids.append(str(kid))
        if marked:
            out += f"/Pg {page}"
        if kids:
            out += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        out += _attributes(element, top)
        data = out.encode()
        lang = element.lang or self._language("".join(element.words))
        for key, text in (("Alt", element.alt), ("ActualText", element.actual), ("Lang", lang)):
            if text:
                data += f"/{key}".encode() + literal(text)
        return data + b">>"

    def _language(self, text: str) -> str:
        """Return the language a text's script tells, where it is not the document's; empty where it is, or unknown."""
        own = self.lang.partition("-")[0]
        if own in _EAST:
            return "en" if _WORD.search(text) and not _any_in(text, _CJK) else ""
        if not _WORD.search(text) and _any_in(text, _HANGUL):
            return "ko"
        return "ja" if not _WORD.search(text) and _any_in(text, _KANA) else ""


def _any_in(text: str, stretches: tuple[int, ...]) -> bool:
    """Tell whether any character of a text stands in some stretches of Unicode."""
    return any(bisect_right(stretches, ord(char)) % 2 for char in text)


def _holds(element: Element) -> bool:
    """Whether there is anything in an element; cells count even when they are empty, as their row needs them."""
    return element.tag in ("TD", "TH") or any(not isinstance(k, Element) or _holds(k) for k in element.kids)


def _grade(elements: list[Element]) -> None:
    """Give headings the levels 1 to 6 without a gap, in reading order (ISO 14289-1, 7.4.2)."""
    stack: list[int] = []
    for element in elements:
        if element.tag == "H":
            while stack and stack[-1] >= element.level:
                stack.pop()
            stack.append(element.level)
            element.tag = f"H{min(6, len(stack))}"


def _head_rows(elements: list[Element]) -> None:
    """Make the first cell of each row its header where the table's upper left corner is empty: the corner heads nothing then."""
    for table in elements:
        if table.tag != "Table":
            continue
        rows = [[c for c in r.kids if isinstance(c, Element)] for r in table.kids if isinstance(r, Element)]
        if len(rows) < 2 or not rows[0] or rows[0][0].tag != "TH" or rows[0][0].kids or len(rows[0]) < 2:
            continue
        rows[0][0].tag = "TD"
        for row in rows[1:]:
            if row and row[0].tag == "TD" and row[0].kids:
                row[0].tag, row[0].heads = "TH", "Row"


def _attributes(element: Element, top: float) -> str:
    """Return what a list, a header cell or a figure says beyond its type (ISO 32000-1, 14.8.5)."""
    if element.tag == "TH":
        return f"/A<</O/Table/Scope/{element.heads}>>"
    if element.tag == "L":
        labels = [
            k
            for i in element.kids
            if isinstance(i, Element)
            for k in i.kids
            if isinstance(k, Element) and k.tag == "Lbl"
        ]
        first = labels[0] if labels else None
        kind = (
            "None" if first is None else "Decimal" if first.words else "Disc" if first.actual in ("", "•") else "None"
        )
        return f"/A<</O/List/ListNumbering/{kind}>>"
    if element.tag == "Figure" and element.box is not None:
        r = element.box
        return f"/A<</O/Layout/BBox[{' '.join(numbers((r.x, top - r.bottom, r.right, top - r.y)))}]>>"
    return ""


def literal(text: str) -> bytes:
    """Return a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, anything else in UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be", "ignore").hex().upper().encode() + b">"
