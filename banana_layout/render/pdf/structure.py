"""The structure tree: what everything means, in reading order (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banana_layout.geometry.rect import Rect
from banana_layout.render.number import numbers
from banana_layout.render.pdf.boxes import Boxes
from banana_layout.render.pdf.language import language
from banana_layout.render.pdf.objects import Objects, Value


class Element:
    """One node of the tree."""

    __slots__ = (
        "actual", "alt", "box", "heads", "kids", "lang", "level", "number", "order", "page", "said", "tag", "url", "words",
    )  # fmt: skip

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
        self.url = ""
        """Where a link leads."""
        self.said = ""
        """A link's words, all its lines together."""
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

    def write(self, objects: Objects, pages: Sequence[tuple[str, Boxes]]) -> Value:
        """Add the tree to the file and return its root; `pages` are the pages' references and boxes."""
        top = objects.raw()
        self._tell_languages(self.root, self.lang)
        elements = list(self._shown(self.root))
        _grade(elements)
        _head_rows(elements)
        bodies = []
        for element in elements:
            body = objects.raw()
            element.number = body.reference
            bodies.append(body)
        parents = {id(k): e.number for e in elements for k in e.kids if isinstance(k, Element)}
        notes = [(f"note-{i:05}", e) for i, e in enumerate((e for e in elements if e.tag == "Note"), 1)]
        names = {id(e): name for name, e in notes}
        for element, body in zip(elements, bodies, strict=True):
            body.body = self._body(element, parents.get(id(element), top.reference), pages, names.get(id(element), ""))
        rows = []
        for i, marked in enumerate(self.pages):
            row = objects.raw(f"[{' '.join(e.number for e in marked)}]".encode())
            rows.append(f"{i} {row.reference}")
        rows += [f"{len(self.pages) + i} {e.number}" for i, e in enumerate(self._links)]
        tree = objects.raw(f"<</Nums[{' '.join(rows)}]>>".encode())
        top.body = (
            f"<</Type/StructTreeRoot/K {self.root.number}/ParentTree {tree.reference}/ParentTreeNextKey {len(rows)}"
            f"{_names(notes)}>>"
        ).encode()
        return top.reference

    def _tell_languages(self, element: Element, around: str) -> None:
        """Leave languages only where they change; stretches in the language around them need no element of their own."""
        own = element.lang or language("".join(element.words), self.lang) or around
        element.lang = own if own != around else ""
        kids: list[Element | int | Annotation] = []
        for kid in element.kids:
            if isinstance(kid, Element) and kid.tag == "Span" and kid.lang == own and not kid.actual:
                for number in kid.kids:
                    if isinstance(number, int):
                        self.pages[kid.page][number] = element
                kids += kid.kids
                continue
            if isinstance(kid, Element):
                self._tell_languages(kid, own)
            kids.append(kid)
        element.kids = kids

    def _shown(self, element: Element) -> Iterator[Element]:
        """Yield an element and all below it, in reading order; what holds nothing is taken out."""
        element.sort()
        element.kids = [k for k in element.kids if not isinstance(k, Element) or _holds(k)]
        yield element
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from self._shown(kid)

    def _body(self, element: Element, parent: str, pages: Sequence[tuple[str, Boxes]], name: str) -> bytes:
        """Return an element's dictionary (ISO 32000-1, table 323); `name` is what it is found by, empty for most."""
        page, boxes = pages[element.page]
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
        out += f"/ID({name})" if name else ""
        out += _attributes(element, boxes)
        data = out.encode()
        for key, text in (("Alt", element.alt), ("ActualText", element.actual), ("Lang", element.lang)):
            if text:
                data += f"/{key}".encode() + literal(text)
        return data + b">>"


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
    """Make the first cell of each row its header where the table's upper left corner is empty; empty cells head nothing."""
    for table in elements:
        if table.tag != "Table":
            continue
        rows = [[c for c in r.kids if isinstance(c, Element)] for r in table.kids if isinstance(r, Element)]
        cornered = len(rows) > 1 and len(rows[0]) > 1 and rows[0][0].tag == "TH" and not rows[0][0].kids
        for cell in rows[0] if rows else ():
            cell.tag = cell.tag if cell.kids else "TD"
        for row in rows[1:] if cornered else ():
            if row and row[0].tag == "TD" and row[0].kids:
                row[0].tag, row[0].heads = "TH", "Row"


def _attributes(element: Element, boxes: Boxes) -> str:
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
            "Decimal"
            if first is not None and "".join(first.words).isdigit()
            else "Disc"
            if first is not None and not first.words and first.actual in ("", "•")
            else "None"
        )
        return f"/A<</O/List/ListNumbering/{kind}>>"
    if element.tag == "Figure" and element.box is not None:
        return f"/A<</O/Layout/BBox[{' '.join(numbers(boxes.shown(element.box)))}]>>"
    return ""


def _names(notes: Sequence[tuple[str, Element]]) -> str:
    """Return the root's entry that finds elements by their names (ISO 32000-1, 14.7.2); empty where none has one."""
    found = "".join(f"({name}){element.number}" for name, element in notes)
    return f"/IDTree<</Names[{found}]>>" if found else ""


def literal(text: str) -> bytes:
    """Return a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, anything else in UTF-16."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be", "ignore").hex().upper().encode() + b">"
