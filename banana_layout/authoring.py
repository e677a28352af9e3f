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

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, TypedDict, Unpack

import msgspec

from banana_layout.model import document as model
from banana_layout.model.block import AnyBlock, Block, Footnotes
from banana_layout.model.codec import without_spans
from banana_layout.model.document import Connector, Document, Fit, Heading, PageSize, Settings
from banana_layout.model.validity import problems
from banana_layout.model.zone import AnyCell, PanelCell, RowsCell, Track
from banana_layout.model.zone import Zone as ModelZone
from banana_layout.source import BananaError, Diagnostic, Source, Warned

Content = str | AnyBlock | Sequence[str | AnyBlock]
"""Markdown, a block, or several of both."""

Size = float | str | Track
"""A weight, or a text such as `40mm`, `auto` or `max(25, 40mm)`."""


class SheetSettings(TypedDict, total=False):
    """What a sheet may say of the whole document."""

    page: str | tuple[float, float] | PageSize
    """A paper's name, a measure such as `200x100mm`, or width and height in points."""
    orientation: Literal["portrait", "landscape"] | None
    """How the paper lies; None for as it is."""
    theme: str
    """A theme's name, or a path to a theme file."""
    fit: Fit
    """What may give when text is long."""
    seed: int
    """Chooses among equally good hands."""
    lang: str
    """BCP 47 tag of the language."""
    author: str
    """For the metadata."""
    subject: str
    """For the metadata."""
    keywords: Sequence[str]
    """For the metadata."""
    fonts: Mapping[str, str]
    """The author's own fonts: a role such as `body`, and a file below the document's folder."""
    pens: Mapping[str, str]
    """Words and the pen they are written with wherever they are emphasised."""


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

        `title` is a line of Markdown; an emoji at its start or end becomes the icon. `id` is the title's slug where
        none is given. `size` is the panel's share of its zone's width.
        """
        self.title = title
        """A line of Markdown."""
        self.content = content
        """What the panel holds."""
        self.id = id
        """How it is known; None for its title's slug."""
        self.size = size
        """Its share of its zone's width."""
        self.classes = tuple(classes)
        """Names such as `sticky`."""
        self.attributes = dict(attributes or {})
        """Wishes by name, such as a `pen`."""


class Zone:
    """A row of cells: panels, divided cells, and the word "title" for the title panel."""

    def __init__(self, size: Size, *cells: Panel | Rows | Literal["title"]) -> None:
        self.size = size
        """Its share of the page's height."""
        self.cells = cells
        """Left to right."""


class Rows:
    """A cell that is divided into zones again."""

    def __init__(self, *zones: Zone, size: Size = 1) -> None:
        self.zones = zones
        """Top to bottom."""
        self.size = size
        """Its share of its zone's width."""


class Sheet:
    """One page."""

    def __init__(
        self,
        title: str = "",
        *parts: Zone | Panel,
        subtitle: Content = (),
        connectors: Sequence[Connector | tuple[str, str] | tuple[str, str, str]] = (),
        **settings: Unpack[SheetSettings],
    ) -> None:
        """Make a sheet from zones, or from panels alone for an automatic layout.

        `title` is a line of Markdown; `subtitle` stands under it. `connectors` are arrows from one panel's id to
        another's, maybe with a label.
        """
        self.title = title
        """A line of Markdown."""
        self.parts = parts
        """Zones top to bottom, or panels."""
        self.subtitle = subtitle
        """What stands under the title."""
        self.connectors = tuple(connectors)
        """Arrows between panels."""
        self.settings = settings
        """Of the whole document."""

    def document(self, base: str | None = None) -> Document:
        """Return the document; `base` is the folder image paths start from. Raises BananaError."""
        return self.read(base).value

    def read(self, base: str | None = None) -> Warned[Document]:
        """Return the document and what was found in its Markdown. Raises BananaError."""
        return _Writer(self).write(base)


class _Writer:
    """Turns one sheet into a document."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._warnings: list[Diagnostic] = []
        self._notes = 0
        self._ids: dict[int, str] = {}
        self._targets: Collection[str] = ()

    def write(self, base: str | None) -> Warned[Document]:
        """Return the document."""
        sheet = self._sheet
        zones = [part for part in sheet.parts if isinstance(part, Zone)]
        if zones and len(zones) < len(sheet.parts):
            raise BananaError.single("a sheet holds zones or panels, not both", hints=("put the panels into a Zone",))
        panels = _panels(zones) if zones else [p for p in sheet.parts if isinstance(p, Panel)]
        if len(panels) + len(zones) < len(sheet.parts):
            raise BananaError.single("a sheet holds Zone and Panel objects")
        self._name(panels)
        title = self._title()
        made = tuple(self._panel(panel) for panel in panels)
        page = model.Sheet(made, title, self._zones(zones) if zones else None, tuple(map(_connector, sheet.connectors)))
        document = Document(self._settings(), (page,), None, base)
        found = problems(document)
        if found:
            raise BananaError(*(Diagnostic("error", f"{message} (at {path})") for path, message in found[:20]))
        return Warned(document, tuple(self._warnings))

    def _name(self, panels: Sequence[Panel]) -> None:
        """Give each panel its id: the author's first, then slugs."""
        from banana_layout.syntax.fragments import read_title
        from banana_layout.syntax.headings import Slugs

        for panel in panels:
            if id(panel) in self._ids:
                raise BananaError.single(f"the panel “{panel.title}” stands in two places")
            self._ids[id(panel)] = panel.id or ""
        slugs = Slugs({"title", *filter(None, self._ids.values())})
        for panel in panels:
            if not panel.id:
                words = read_title(_source(panel.title, "title"), both=False).value.words
                self._ids[id(panel)] = slugs.take(words, "panel")
        self._targets = {"title", *self._ids.values()}

    def _title(self) -> Heading | None:
        """Return the sheet's title."""
        from banana_layout.syntax.fragments import read_title

        if not self._sheet.title.strip():
            if self._sheet.subtitle:
                raise BananaError.single("a subtitle needs a title above it")
            return None
        read = read_title(_source(self._sheet.title, "title"), both=True)
        self._warnings.extend(read.warnings)
        subtitle = self._blocks(self._sheet.subtitle, "subtitle")
        return Heading(without_spans(read.value.content), read.value.icons, subtitle)

    def _panel(self, panel: Panel) -> model.Panel:
        """Return one panel."""
        from banana_layout.syntax.fragments import read_title

        name = self._ids[id(panel)]
        read = read_title(_source(panel.title, name), both=False)
        self._warnings.extend(read.warnings)
        icon = read.value.icons[0] if read.value.icons else None
        blocks = self._blocks(panel.content, name)
        content = without_spans(read.value.content)
        return model.Panel(name, content, blocks, icon, panel.classes, tuple(panel.attributes.items()))

    def _blocks(self, content: Content, name: str) -> tuple[AnyBlock, ...]:
        """Return content as blocks; Markdown is read, footnotes numbered on."""
        from banana_layout.syntax.fragments import read_blocks

        parts: Sequence[Any] = content if isinstance(content, (list, tuple)) else (content,)
        out: list[AnyBlock] = []
        for part in parts:
            if isinstance(part, str):
                read = read_blocks(_source(part, name), self._targets, self._notes)
                self._warnings.extend(read.warnings)
                out.extend(without_spans(read.value))
                self._notes += sum(len(b.items) for b in read.value if isinstance(b, Footnotes))
            elif isinstance(part, Block):
                out.append(part)  # type: ignore[arg-type]  # every concrete block is one of AnyBlock
            else:
                raise BananaError.single(f"content is Markdown or blocks, not {type(part).__name__} (in {name})")
        return tuple(out)

    def _zones(self, zones: Sequence[Zone]) -> tuple[ModelZone, ...]:
        """Return the layout."""
        from banana_layout.syntax.layout_rows import numbered

        return numbered(tuple(self._zone(zone) for zone in zones))

    def _zone(self, zone: Zone) -> ModelZone:
        """Return one row."""
        return ModelZone(_track(zone.size), tuple(self._cell(cell) for cell in zone.cells))

    def _cell(self, cell: Panel | Rows | str) -> AnyCell:
        """Return one cell."""
        if isinstance(cell, Panel):
            return PanelCell(self._ids[id(cell)], _track(cell.size))
        if isinstance(cell, Rows):
            return RowsCell(tuple(self._zone(zone) for zone in cell.zones), _track(cell.size))
        return PanelCell(str(cell))

    def _settings(self) -> Settings:
        """Return the document's settings."""
        given: dict[str, Any] = dict(self._sheet.settings)
        page = _page(given.pop("page", "A4"))
        orientation = given.pop("orientation", None)
        if orientation is not None:
            from banana_layout.syntax.paper import turned

            if orientation not in ("portrait", "landscape"):
                raise BananaError.single(f"“{orientation}” is no orientation", hints=("write portrait or landscape",))
            page = turned(page, landscape=orientation == "landscape")
        if "keywords" in given:
            given["keywords"] = tuple(given["keywords"])
        for name in ("fonts", "pens"):
            if isinstance(given.get(name), Mapping):
                given[name] = tuple(given[name].items())
        unknown = sorted(set(given) - set(Settings.__struct_fields__))
        if unknown:
            raise BananaError.single(f"a sheet has no setting “{unknown[0]}”")
        try:
            return msgspec.convert({"page": msgspec.to_builtins(page), **given}, Settings)
        except msgspec.ValidationError as error:
            raise BananaError.single(f"a setting is wrong: {error}") from None


def _panels(zones: Sequence[Zone]) -> list[Panel]:
    """Return the panels in zones, in reading order."""
    out: list[Panel] = []
    for zone in zones:
        for cell in zone.cells:
            if isinstance(cell, Panel):
                out.append(cell)
            elif isinstance(cell, Rows):
                out.extend(_panels(cell.zones))
            elif cell != "title":
                raise BananaError.single(
                    f"a cell is a Panel, Rows or the word “title”, not {cell!r:.60}", hints=("wrap the text: Panel(…)",)
                )
    return out


def _source(text: str, name: str) -> Source:
    """Return a piece of Markdown with a name for messages."""
    if not isinstance(text, str):
        raise BananaError.single(f"a title is a text, not {type(text).__name__} (in {name})")
    return Source(f"<{name}>", text.replace("\r\n", "\n").replace("\r", "\n"))


def _track(size: Size) -> Track:
    """Return a size as a track."""
    from banana_layout.syntax.track import TrackError, parse_track

    if isinstance(size, Track):
        return size
    try:
        return parse_track(size if isinstance(size, str) else repr(float(size)))
    except TrackError as error:
        raise BananaError.single(error.args[0], hints=(error.args[1],)) from None
    except (TypeError, ValueError, OverflowError):
        raise BananaError.single(f"a size is a number or a text, not {size!r:.60}") from None


def _page(page: Any) -> PageSize:
    """Return a paper."""
    from banana_layout.syntax import paper

    if isinstance(page, PageSize):
        return page
    if isinstance(page, str):
        found = paper.named(page)
        if found is None:
            raise BananaError.single(
                f"“{page}” is no page size", hints=(f"write {', '.join(paper.NAMES)} or 200x100mm",)
            )
        return found
    try:
        width, height = page
        return PageSize(float(width), float(height))
    except (TypeError, ValueError):
        raise BananaError.single(f"a page is a name or width and height in points, not {page!r:.60}") from None


def _connector(given: Connector | Sequence[str]) -> Connector:
    """Return an arrow."""
    if isinstance(given, Connector):
        return given
    if isinstance(given, tuple) and len(given) in (2, 3) and all(isinstance(g, str) for g in given):
        return Connector(*given)
    raise BananaError.single(f"a connector is (from, to) or (from, to, label), not {given!r:.60}")
