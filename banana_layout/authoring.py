r"""Sheets written in Python: `Sheet`, `Zone` and `Panel` take Markdown texts or blocks and make a document.

    sheet = Sheet(
        "🍌 INFERENCE",
        Zone(10, "title"),
        Zone(25, Panel("🎲 What is it?", "- **one** token\n- at a time"), Panel("Why?", "Because.", size=2)),
        Zone(40, Rows(Zone(1, Panel("A", "…")), Zone(2, Panel("B", "…"))), Panel("C", "…")),
        subtitle="one page",
        page="A4",
        connectors=[("what-is-it", "why", "so")],
    )
    document = sheet.document()

A `Sheet` is how a document is written down; what comes out is the model's own `Document`, the same that a Markdown
file gives. A sheet without zones, but with panels in their place, is laid out automatically.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal, NamedTuple, Unpack

from msgspec.structs import replace

from banana_layout.model import document as model
from banana_layout.model.block import AnyBlock, Block, Footnotes
from banana_layout.model.codec import without_spans
from banana_layout.model.document import Connector, Document, Heading, Settings
from banana_layout.model.inline import Text
from banana_layout.model.validity import problems
from banana_layout.model.walk import structs
from banana_layout.model.zone import AnyCell, PanelCell, RowsCell, Track
from banana_layout.model.zone import Zone as ModelZone
from banana_layout.source import BananaError, Diagnostic, Source, Warned
from banana_layout.syntax import from_python
from banana_layout.syntax.fragments import read_blocks, read_title
from banana_layout.syntax.from_python import SheetSettings, named, refuse, text
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.language import language_of
from banana_layout.syntax.layout_rows import numbered
from banana_layout.syntax.spelling import did_you_mean

Content = str | AnyBlock | Sequence[str | AnyBlock]
"""Markdown, a block, or several of both."""

Size = float | str | Track
"""A weight, or a text such as `40mm`, `auto` or `max(25, 40mm)`."""


class Panel:
    """A titled box of content."""

    def __init__(
        self,
        title: str = "",
        content: Content = (),
        id: str | None = None,
        *,
        size: Size = 1,
        classes: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Make a panel.

        `title` is a line of Markdown; an emoji at its start becomes the icon. `content` is Markdown, a block of
        `banana_layout.content`, or a list of both. `id` is the title's slug where none is given. `size` is the panel's
        share of its zone's width, or a width such as `"60mm"`. `classes` are looks: `hero`, `sticky` or `plain`;
        `attributes` are wishes such as `{"pen": "blue"}`.
        """
        self.title = title
        """A line of Markdown."""
        self.content = content
        """What the panel holds."""
        self.id = id
        """How it is known; None for its title's slug."""
        self.size = size
        """Its share of its zone's width."""
        self.classes = classes
        """Names such as `sticky`."""
        self.attributes = attributes or {}
        """Wishes by name, such as a `pen`."""

    def __repr__(self) -> str:
        """Return a line that says which panel this is."""
        return f"Panel({self.title!r:.60}{'' if self.id is None else f', id={self.id!r:.60}'})"


class Zone:
    """A row of cells: panels, divided cells, and the word "title" for the title panel."""

    def __init__(self, size: Size, *cells: Panel | Rows | Literal["title"]) -> None:
        """Make a zone.

        `size` is its share of the page's height beside the other zones' (40 beside 60 and 100 is a fifth), a height such
        as `"40mm"`, or `"auto"`. `cells` stand from left to right.
        """
        self.size = size
        """Its share of the page's height."""
        self.cells = cells
        """Left to right."""

    def __repr__(self) -> str:
        """Return a line that says which zone this is."""
        return f"Zone({', '.join(f'{part!r:.60}' for part in (self.size, *self.cells))})"


class Rows:
    """A cell that is divided into zones again."""

    def __init__(self, *zones: Zone, size: Size = 1) -> None:
        """Make a divided cell: `zones` stand one above the other, `size` is its share of its zone's width."""
        self.zones = zones
        """Top to bottom."""
        self.size = size
        """Its share of its zone's width."""

    def __repr__(self) -> str:
        """Return a line that says which cell this is."""
        return f"Rows({', '.join(f'{zone!r:.60}' for zone in self.zones)})"


class Sheet:
    """One page."""

    def __init__(
        self,
        title: str = "",
        *parts: Zone | Panel,
        subtitle: Content = (),
        connectors: Sequence[Connector | tuple[str, str] | tuple[str, str, str]] = (),
        base: str | PurePath | None = None,
        **settings: Unpack[SheetSettings],
    ) -> None:
        """Make a sheet from zones, or from panels alone for an automatic layout.

        `title` is a line of Markdown; `subtitle` stands under it. `connectors` are arrows from one panel's id to
        another's, maybe with a label. `base` is the folder below which pictures, fonts and a theme file stand; without
        it no file is read. `settings` are what a Markdown sheet's front matter says: page, orientation, theme, fit, seed,
        lang, author, subject, keywords, fonts, pens and constraints.
        """
        self.title = title
        """A line of Markdown."""
        self.parts = parts
        """Zones top to bottom, or panels."""
        self.subtitle = subtitle
        """What stands under the title."""
        self.connectors = connectors
        """Arrows between panels."""
        self.base = base
        """The folder that pictures, fonts and a theme file are read from."""
        self.settings = settings
        """Of the whole document."""

    def panel(self, id: str) -> Panel:
        """Return the panel of an id or a title's slug, to look at it or change it. Raises BananaError for no such panel."""
        return _Writer(self).find(id)

    def document(self, base: str | PurePath | None = None) -> Document:
        """Return the document; `base` is the folder files are read from, the sheet's own if None. Raises BananaError."""
        return self.read(base).value

    def read(self, base: str | PurePath | None = None) -> Warned[Document]:
        """Return the document and what was found in its Markdown. Raises BananaError."""
        return _Writer(self).write(self.base if base is None else base)


def as_document(given: object) -> Warned[Document]:
    """Return what to lay out: a document, or the one a sheet makes. Raises BananaError for anything else, a text first."""
    if isinstance(given, Document):
        return Warned(given)
    if isinstance(given, Sheet):
        return given.read()
    hint = "make a document of it: bl.from_dict(data)" if isinstance(given, dict) else "make a document: bl.read(…)"
    if isinstance(given, (str, PurePath)):
        hint = f"read the {'text' if isinstance(given, str) else 'file'} first: bl.read(…)"
    raise BananaError.single(f"a Document, a Sheet or a Layout is laid out, not {named(given)}", hints=(hint,))


class _Placed(NamedTuple):
    """A panel and where it was given."""

    panel: Panel
    """The panel."""
    place: str
    """Such as `$.zones[0].cells[1]`."""


class _Writer:
    """Turns one sheet into a document."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._warnings: list[Diagnostic] = []
        self._notes = 0
        self._zones = [part for part in sheet.parts if isinstance(part, Zone)]
        self._placed = _in_zones(self._zones, "$.zones") if self._zones else _alone(sheet.parts)
        if self._zones and len(self._zones) < len(sheet.parts):
            message = "a sheet holds zones or panels, not both"
            if not all(isinstance(part, (Zone, Panel)) for part in sheet.parts):
                message = "a sheet holds Zone and Panel objects"
            raise BananaError.single(message, hints=("put the panels into a Zone",))
        self._ids: dict[int, str] = {}
        self._name()
        self._targets: Collection[str] = {"title", *self._ids.values()}

    def find(self, name: str) -> Panel:
        """Return the panel of an id."""
        for panel, _ in self._placed:
            if self._ids[id(panel)] == name:
                return panel
        raise BananaError.single(f"there is no panel “{name}”", hints=(self._nearest(str(name)),))

    def _nearest(self, name: str) -> str:
        """Return a hint for a name that no panel has."""
        known = list(self._ids.values())
        return did_you_mean(name, known) or f"panels are {', '.join(known[:20])}"

    def write(self, base: str | PurePath | None) -> Warned[Document]:
        """Return the document."""
        sheet = self._sheet
        title = self._title()
        made = tuple(self._panel(*placed) for placed in self._placed)
        zones = numbered(tuple(self._rows(self._zones, "$.zones"))) if self._zones else None
        if not isinstance(sheet.connectors, (list, tuple)):
            refuse(f"connectors are a list of arrows, not {named(sheet.connectors)}", "$.connectors")
        arrows = tuple(from_python.connector(c, f"$.connectors[{i}]") for i, c in enumerate(sheet.connectors))
        folder = None if base is None else _folder(base)
        page = model.Sheet(made, title, zones, arrows)
        document = Document(_spoken(from_python.settings(sheet.settings), sheet, page), (page,), None, folder)
        found = problems(document)
        if found:
            raise BananaError(*(self._told(path, message) for path, message in found[:20]))
        return Warned(document, tuple(self._warnings))

    def _told(self, path: str, message: str) -> Diagnostic:
        """Return what is wrong with the document as it was written down here."""
        hints: tuple[str, ...] = ()
        if message == "panel “title” has no place":
            hints = (HOW_TO_PLACE_THE_TITLE,)
        elif message.startswith("there is no panel “"):
            hints = (self._nearest(message.split("“")[1].rstrip("”")),)
        return Diagnostic("error", f"{message} (at {self._place(path)})", hints=hints)

    def _place(self, path: str) -> str:
        """Return the place that the model's path has here."""
        path = path.replace("$.sheets[0]", "$", 1).replace("$.settings", "$", 1)
        path = re.sub(r"\.rows\b", ".zones", re.sub(r"\.track\b.*", ".size", path))
        path = re.sub(r"^(\$\.page)\.\w+$", r"\1", path)
        path = re.sub(r"^(\$\.connectors\[\d+\])\.source$", r"\1.from", path)
        path = re.sub(r"^(\$\.connectors\[\d+\])\.target$", r"\1.to", path)
        of_panel = re.match(r"\$\.panels\[(\d+)\]", path)
        if of_panel is None:
            return path
        rest = re.sub(r"^\.blocks\b", ".content", path[of_panel.end() :])
        return self._placed[int(of_panel[1])].place + rest

    def _name(self) -> None:
        """Give each panel its id: the author's first, then slugs."""
        for panel, place in self._placed:
            if id(panel) in self._ids:
                refuse(f"the panel “{panel.title}” stands in two places", place, "make a second Panel for it")
            self._ids[id(panel)] = text(panel.id or "", "an id", f"{place}.id")
        slugs = Slugs({"title", *filter(None, self._ids.values())})
        for panel, place in self._placed:
            text(
                panel.title,
                "a title",
                f"{place}.title",
                "leave it empty for a panel without a title" * (not panel.title),
            )
            if not panel.id:
                words = read_title(_source(panel.title, "title"), both=False).value.words
                self._ids[id(panel)] = slugs.take(words, "panel")

    def _title(self) -> Heading | None:
        """Return the sheet's title."""
        title = text(self._sheet.title, "a title", "$.title")
        if not title.strip():
            if self._sheet.subtitle:
                refuse("a subtitle needs a title above it", "$.subtitle")
            return None
        read = read_title(_source(title, "title"), both=True)
        self._warnings.extend(read.warnings)
        subtitle = self._blocks(self._sheet.subtitle, "subtitle", "$.subtitle")
        return Heading(without_spans(read.value.content), read.value.icons, subtitle)

    def _panel(self, panel: Panel, place: str) -> model.Panel:
        """Return one panel."""
        name = self._ids[id(panel)]
        read = read_title(_source(panel.title, name), both=False)
        self._warnings.extend(read.warnings)
        icon = read.value.icons[0] if read.value.icons else None
        blocks = self._blocks(panel.content, name, f"{place}.content")
        content = without_spans(read.value.content)
        classes = panel.classes.split() if isinstance(panel.classes, str) else panel.classes
        attributes = dict(panel.attributes)
        for key, value in attributes.items():
            text(value, f"the attribute “{key}”", f"{place}.{key}")
        return model.Panel(name, content, blocks, icon, tuple(classes), tuple(attributes.items()))

    def _blocks(self, content: Content, name: str, place: str) -> tuple[AnyBlock, ...]:
        """Return content as blocks; Markdown is read, footnotes numbered on."""
        parts: Sequence[Any] = content if isinstance(content, (list, tuple)) else (content,)
        out: list[AnyBlock] = []
        for part in parts:
            if isinstance(part, str):
                try:
                    read = read_blocks(_source(part, name), self._targets, self._notes)
                except BananaError as error:
                    raise BananaError(*(_at(found, place) for found in error.diagnostics)) from None
                self._warnings.extend(_at(found, place) for found in read.warnings)
                out.extend(without_spans(read.value))
                self._notes += sum(len(b.items) for b in read.value if isinstance(b, Footnotes))
            elif isinstance(part, Block):
                out.append(part)  # type: ignore[arg-type]  # every concrete block is one of AnyBlock
            else:
                refuse(f"content is Markdown or blocks, not {named(part)}", place)
        return tuple(out)

    def _rows(self, zones: Sequence[Zone], place: str) -> Iterator[ModelZone]:
        """Yield zones as the model has them."""
        for i, zone in enumerate(zones):
            here = f"{place}[{i}]"
            cells = tuple(self._cell(cell, f"{here}.cells[{j}]") for j, cell in enumerate(zone.cells))
            yield ModelZone(from_python.track(zone.size, f"{here}.size"), cells)

    def _cell(self, cell: Panel | Rows | str, place: str) -> AnyCell:
        """Return one cell."""
        if isinstance(cell, Panel):
            return PanelCell(self._ids[id(cell)], from_python.track(cell.size, f"{place}.size"))
        if isinstance(cell, Rows):
            rows = tuple(self._rows(cell.zones, f"{place}.zones"))
            return RowsCell(rows, from_python.track(cell.size, f"{place}.size"))
        return PanelCell(str(cell))


HOW_TO_PLACE_THE_TITLE = 'give it a zone, such as Zone(12, "title")'
"""A hint where a sheet's title stands in no zone."""


def _in_zones(zones: Sequence[Zone], place: str) -> list[_Placed]:
    """Return the panels in zones, in reading order."""
    out: list[_Placed] = []
    for i, zone in enumerate(zones):
        if not isinstance(zone, Zone):
            refuse(f"Rows hold Zone objects, not {named(zone)}", f"{place}[{i}]", "write Zone(1, …)")
        for j, cell in enumerate(zone.cells):
            here = f"{place}[{i}].cells[{j}]"
            if isinstance(cell, Panel):
                out.append(_Placed(cell, here))
            elif isinstance(cell, Rows):
                out.extend(_in_zones(cell.zones, f"{here}.zones"))
            elif cell != "title":
                refuse(f"a cell is a Panel, Rows or the word “title”, not {named(cell)}", here, _instead(cell))
    return out


def _instead(cell: object) -> str:
    """Return what to write in place of what is no cell."""
    if isinstance(cell, Zone):
        return "wrap it: Rows(Zone(…))"
    if isinstance(cell, (list, tuple)):
        return "take the brackets away: Zone(25, Panel(…), Panel(…))"
    return "the size comes first: Zone(25, Panel(…))" if isinstance(cell, (int, float)) else "wrap the text: Panel(…)"


def _alone(parts: Sequence[object]) -> list[_Placed]:
    """Return panels that stand in no zone."""
    for i, part in enumerate(parts):
        if not isinstance(part, Panel):
            hint = "take the brackets away: Sheet(…, *panels)" if isinstance(part, (list, tuple)) else "write Panel(…)"
            refuse(f"a sheet holds Zone and Panel objects, not {named(part)}", f"$.panels[{i}]", hint)
    return [_Placed(part, f"$.panels[{i}]") for i, part in enumerate(parts) if isinstance(part, Panel)]


def _at(found: Diagnostic, place: str) -> Diagnostic:
    """Return a finding in a text that says which text it is."""
    return Diagnostic(found.severity, f"{found.message} (at {place})", found.span, found.hints, found.source)


def _spoken(settings: Settings, sheet: Sheet, page: model.Sheet) -> Settings:
    """Return the settings with the language that the letters tell, where the author names none."""
    if sheet.settings.get("lang") is not None:
        return settings
    words = " ".join(text.text for text in structs(page) if isinstance(text, Text))
    return replace(settings, lang=language_of(words, settings.lang))


def _folder(base: str | PurePath) -> str:
    """Return a folder's path."""
    if not isinstance(base, (str, PurePath)):
        refuse(f"“base” is the path of a folder, not {named(base)}", "$.base")
    return str(base)


def _source(text: str, name: str) -> Source:
    """Return a piece of Markdown with a name for messages."""
    return Source(f"<{name}>", text.replace("\r\n", "\n").replace("\r", "\n"))
