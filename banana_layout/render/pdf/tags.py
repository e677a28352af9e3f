"""Marks a page's content while it is written: what belongs to which element, and what is decoration (ISO 32000-1, 14.6)."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.rect import Rect
from banana_layout.render.clean import writable
from banana_layout.render.pdf.language import spelled, stretches
from banana_layout.render.pdf.place import mapped
from banana_layout.render.pdf.structure import Element, Structure
from banana_layout.scene.item import GlyphRun, Group, Link, Path

_TAGS = {
    "panel": "Sect",
    "title": "Sect",
    "list": "L",
    "item": "LI",
    "label": "Lbl",
    "body": "LBody",
    "table": "Table",
    "row": "TR",
    "header_cell": "TH",
    "cell": "TD",
    "quote": "BlockQuote",
    "callout": "Div",
    "definition": "L",
    "entry": "LI",
    "term": "Lbl",
    "meaning": "LBody",
    "footnote": "Div",
    "note": "Note",
    "code": "Code",
    "figure": "Figure",
    "connector": "Figure",
}
"""The structure type of each role that has one of its own."""
_PARENTS = {"LI": ("L",), "Lbl": ("LI", "Note"), "LBody": ("LI",), "TR": ("Table",), "TH": ("TR",), "TD": ("TR",)}
"""Types that stand in some other types only (ISO 32000-1, 14.8.4.3); elsewhere their content is taken as it comes."""
_CONTAINERS = frozenset(("Document", "Sect", "L", "LI", "LBody", "Table", "TR", "BlockQuote", "Div", "Note"))
"""Types that hold no text themselves: a paragraph stands between."""
_HOLDING = frozenset(("TH", "TD", "Lbl", "H", "P", "Code"))
"""Types in which a paragraph needs no element of its own."""
_NOTE = "#fn-"
"""How the addresses of footnotes begin."""
_NEAR = 1.0
"""How near to a line's start a link begins with it, in points."""
_LAST = 1_000_000
"""Place in the reading order behind everything else."""


class State(NamedTuple):
    """Where in the tree content belongs."""

    at: Element
    """The element being filled."""
    decoration: bool
    """Whether everything is decoration."""
    graphic: bool
    """Whether shapes belong to the element."""
    links: tuple[tuple[Link, Element], ...]
    """Links of the line being written."""


class Tags:
    """Marks one page."""

    def __init__(self, structure: Structure, *, links: bool) -> None:
        self._page = len(structure.pages)
        self._marked: list[Element] = []
        structure.pages.append(self._marked)
        self._lang = structure.lang
        self._with_links = links
        self._state = State(structure.root, False, False, ())
        self._open: Element | None = None
        self._is_open = False
        self._new_line = False
        self._drawn: Element | None = None
        self._heads: dict[int, Element] = {}
        self._waiting: dict[int, Element] = {}
        self._gap = ""

    def enter(self, group: Group, matrix: Affine) -> State:
        """Go into a group; return where to go back to."""
        saved = self._state
        at, decoration = saved.at, saved.decoration
        if decoration or at.tag == "Figure" or not group.role:
            return saved
        role = group.role
        if role in ("artifact", "rule"):
            self._state = saved._replace(decoration=True)
        elif role == "line":
            self._new_line = True
            self._state = saved._replace(links=tuple(self._anchors(group)))
            self._gap = group.after
        elif role == "paragraph":
            if at.tag not in _HOLDING:
                self._state = saved._replace(at=self._add("P", group))
        elif role == "heading":
            self._state = saved._replace(at=self._heading(at, group.level or 2, group))
        elif role == "emoji":
            self._state = saved._replace(at=self._picture(group), graphic=True)
        elif role in _TAGS and at.tag in _PARENTS.get(_TAGS[role], (at.tag,)):
            element = self._add(_TAGS[role], group)
            element.box = mapped(group.rect, matrix) if group.rect is not None else None
            if element.tag == "Figure":
                element.alt = writable(spelled(group.alt or group.text)).strip() or "figure"
                element.box = element.box or mapped(_inked(group), matrix)
            if role == "title":
                element.level = group.level or 1
            mark = role == "label" and not any(isinstance(c, Group) for c in group.children)
            if mark:
                element.actual = writable(group.alt) or "•"
            self._state = saved._replace(at=element, graphic=mark or element.tag == "Figure")
        return saved

    def leave(self, saved: State) -> None:
        """Go back out of a group."""
        if self._waiting and self._state.links is not saved.links:
            # Links without words of their own still need a place for their annotation.
            for top in self._waiting.values():
                self._leaf().kids.append(top)
            self._waiting.clear()
        self._state = saved

    def shape(self, out: list[str]) -> None:
        """Say what the shapes that follow belong to."""
        state = self._state
        self._switch(state.at if state.graphic and not state.decoration else None, out)

    def parts(self, run: GlyphRun) -> tuple[tuple[GlyphRun, str], ...]:
        """Return a run in pieces of one language each, with its tag, empty where it is the one around it."""
        state = self._state
        if state.decoration or state.graphic or state.at.tag == "Code":
            return ((run, ""),)
        if run.lang and run.lang != self._lang:
            return ((run, run.lang),)
        found = stretches(run.text, self._lang)
        if len(found) == 1:
            return ((run, found[0][2]),)
        starts = list(itertools.accumulate((len(g.text) for g in run.glyphs), initial=0))
        cuts = [bisect_left(starts, start) for start, _, _ in found] + [len(run.glyphs)]
        pieces = [(run.glyphs[a:b], lang) for (a, b), (_, _, lang) in zip(itertools.pairwise(cuts), found, strict=True)]
        return tuple((msgspec.structs.replace(run, glyphs=glyphs), lang) for glyphs, lang in pieces if glyphs)

    def text(self, run: GlyphRun, lang: str, out: list[str]) -> None:
        """Say what a piece of a run of text belongs to, which is in a language of its own or in none."""
        state = self._state
        if state.decoration:
            self._switch(None, out)
            return
        element = state.at if state.graphic else self._linked(_middle(run)) or self._leaf()
        text = spelled(run.text)
        element.words.append(run.text)
        if text != run.text:
            element = element.add("Span")
            element.actual = writable(text)
        elif lang and lang != element.lang:
            element = self._stretch(element, lang)
        self._switch(element, out)

    def _stretch(self, element: Element, lang: str) -> Element:
        """Return the element for a stretch in a language; `Structure` takes it out again where all around it is in the same."""
        last = element.kids[-1] if element.kids else None
        if isinstance(last, Element) and last.tag == "Span" and last.lang == lang and not last.actual:
            return last
        made = element.add("Span")
        made.lang = lang
        return made

    def drawn(self, run: GlyphRun, lang: str, out: list[str]) -> None:
        """Say what a piece of a run that is drawn as shapes belongs to, and its characters, which the shapes do not tell (ISO 14289-1, 7.3)."""
        state = self._state
        if state.decoration or state.graphic:
            self._switch(None if state.decoration else state.at, out)
            return
        parent = self._linked(_middle(run)) or self._leaf()
        last = parent.kids[-1] if parent.kids else None
        if self._new_line or not (isinstance(last, Element) and last is self._drawn and last.lang == lang):
            last = self._drawn = parent.add("Span")
            last.page, last.lang = self._page, lang
        parent.words.append(run.text)
        last.actual += writable(spelled(run.text))
        self._switch(last, out)

    def whole(self, group: Group, out: list[str]) -> None:
        """Say what a group that is drawn as one piece belongs to: its parts cannot be told apart any more."""
        words = words_of(group)
        if not words or self._state.decoration:
            self.shape(out)
            return
        element = self._state.at if self._state.graphic else self._leaf()
        element.words.append(words)
        self._switch(element, out)

    def link(self, link: Link) -> Element:
        """Return the element a link's annotation belongs to."""
        for known, element in self._state.links:
            if known is link:
                return element
        at = self._state.at
        made = (at if at.tag == "Figure" else self._leaf()).add("Link")
        made.alt = writable(link.text).strip()
        return made

    def close(self, out: list[str]) -> None:
        """End what is open."""
        if self._is_open:
            out.append("EMC")
            self._is_open, self._open = False, None

    def _switch(self, element: Element | None, out: list[str]) -> None:
        """Open the content of an element, or decoration for None, unless it is open already."""
        if self._is_open:
            # Lines of one paragraph stay apart, or their last and first words would be read as one.
            if element is self._open and not (self._new_line and element is not None):
                return
            out.append("EMC")
        self._open, self._is_open = element, True
        self._new_line = False
        if element is None:
            out.append("/Artifact BMC")
            return
        number = len(self._marked)
        self._marked.append(element)
        element.kids.append(number)
        out.append(f"/{'H1' if element.tag == 'H' else element.tag}<</MCID {number}>>BDC")

    def _add(self, tag: str, group: Group) -> Element:
        """Return a new element below the current one."""
        element = self._state.at.add(tag)
        element.page = self._page
        element.order, element.lang = group.order, group.lang
        return element

    def _leaf(self) -> Element:
        """Return the element that takes text standing here."""
        at = self._state.at
        if at.tag not in _CONTAINERS:
            return at
        if at.level:
            return self._head(at)
        last = at.kids[-1] if at.kids else None
        if isinstance(last, Element) and last.tag == "P" and last.order is None and id(last) in self._heads:
            return last
        made = at.add("P")
        made.page = self._page
        self._heads[id(made)] = made
        return made

    def _head(self, section: Element) -> Element:
        """Return a section's heading, made when something of it comes: an icon may stand before its words."""
        found = self._heads.get(id(section))
        if found is None:
            found = self._heads[id(section)] = section.add("H")
            found.page, found.level = self._page, section.level or 2
        return found

    def _heading(self, at: Element, level: int, group: Group) -> Element:
        """Return a new heading, or the one a panel's icon has begun."""
        begun = self._heads.get(id(at))
        if begun is not None and begun.tag == "H" and not begun.words:
            begun.level = level
            return begun
        element = self._add("H", group)
        element.level = level
        return element

    def _picture(self, group: Group) -> Element:
        """Return the element of an emoji, which stands for its characters."""
        at = self._state.at
        center = group.rect.center.x if group.rect is not None else 0.0
        parent = self._head(at) if at.tag == "Sect" else self._linked(center) or self._leaf()
        span = parent.add("Span")
        if at.tag == "Sect" and at.box is not None and center > at.box.center.x:
            span.order = _LAST  # it stands behind the heading, though it may have been drawn first
        span.page = self._page
        span.actual = writable(group.text)
        return span

    def _anchors(self, line: Group) -> Iterator[tuple[Link, Element]]:
        """Yield a line's links with their elements, which join the tree when their words come.

        A link that goes on from the line before is one element with it (ISO 32000-1, 14.8.4.4.2). A footnote's mark is a
        reference, printed ones too.
        """
        gap = self._gap
        for i, link in enumerate(c for c in line.children if isinstance(c, Link)):
            marks_note = link.url.startswith(_NOTE)
            if not self._with_links and not marks_note:
                continue
            starts = line.rect is not None and link.rect.x <= line.rect.x + _NEAR
            element = self._going_on(link.url) if i == 0 and starts else None
            if element is None:
                element = Element("Link", self._page)
                element.url = link.url
                top = Element("Reference", self._page) if marks_note else element
                if marks_note:
                    top.kids.append(element)
                self._waiting[id(element)] = top
            element.said += (gap if element.said else "") + writable(link.text)
            yield link, element

    def _going_on(self, url: str) -> Element | None:
        """Return the link the last line ended with, if it leads to the same place."""
        last = next(iter(self._leaf().kids[-1:]), None)
        return last if isinstance(last, Element) and last.tag == "Link" and last.url == url else None

    def _linked(self, x: float) -> Element | None:
        """Return the link that covers a place of the line, if one does."""
        found = next((e for link, e in self._state.links if link.rect.x <= x <= link.rect.right), None)
        if found is not None and id(found) in self._waiting:
            self._leaf().kids.append(self._waiting.pop(id(found)))
        return found


def _middle(run: GlyphRun) -> float:
    """Return where the middle of a run's glyphs stands."""
    return run.x + (run.glyphs[0].x + run.width) / 2


def _inked(group: Group) -> Rect:
    """Return a box around a group's shapes."""
    boxes = [
        c.path.control_box() if isinstance(c, Path) else _inked(c)
        for c in group.children
        if (isinstance(c, Path) and c.path.coords) or (isinstance(c, Group) and c.children)
    ]
    return Rect.around(boxes) if boxes else Rect(0.0, 0.0, 0.0, 0.0)


def words_of(group: Group) -> str:
    """Return all characters a group shows."""
    return "".join(
        words_of(c) if isinstance(c, Group) else c.text if isinstance(c, GlyphRun) else "" for c in group.children
    )
