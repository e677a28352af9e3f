"""A whole document: its settings and its sheets."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.model.block import AnyBlock
from banana_layout.model.inline import AnyInline
from banana_layout.model.zone import Zone
from banana_layout.source import Source, Span

Fit = Literal["strict", "rebalance", "paginate", "keep", "gentle"]
"""What may give when text is long: nothing, the zones' weights, the number of pages; `keep` also leaves diagrams' directions alone.

`gentle` always gives a page: slimmer padding, then text smaller than the floor, then a panel's digest.
"""


class PageSize(msgspec.Struct, frozen=True):
    """The sheet of paper as it lies."""

    width: float
    """Extent along x in points, after turning."""
    height: float
    """Extent along y in points, after turning."""
    name: str = ""
    """Such as `A4`; empty for a custom size."""


class Connector(msgspec.Struct, frozen=True):
    """An arrow from one panel to another."""

    source: str
    """Id of the panel it leaves (`from` in the front matter)."""
    target: str
    """Id of the panel it enters (`to`)."""
    label: str = ""
    """What stands beside it."""
    span: Span | None = None
    """Where it stands in the source."""


class Panel(msgspec.Struct, frozen=True):
    """A titled box of content."""

    id: str
    """GitHub-style slug of its title, or the author's `{#id}`; `title` is the title panel."""
    title: tuple[AnyInline, ...]
    """Its heading, the icon taken out."""
    blocks: tuple[AnyBlock, ...]
    """What it holds."""
    icon: str | None = None
    """The emoji that stood at the heading's start or end."""
    classes: tuple[str, ...] = ()
    """What `{.sticky}`, `{.hero}` ask for."""
    attributes: tuple[tuple[str, str], ...] = ()
    """What `{pen=blue}` asks for."""
    span: Span | None = None
    """Where its heading stands in the source."""
    digest: tuple[AnyBlock, ...] = ()
    """What it shows instead under `fit: gentle` where its blocks cannot be made to fit; empty for none."""


class Heading(msgspec.Struct, frozen=True):
    """A sheet's own title."""

    content: tuple[AnyInline, ...]
    """The `#` heading's inlines, icons taken out."""
    icons: tuple[str, ...] = ()
    """Emoji that stood at its start and end."""
    subtitle: tuple[AnyBlock, ...] = ()
    """The text under it."""
    span: Span | None = None
    """Where it stands in the source."""


class Sheet(msgspec.Struct, frozen=True):
    """One page's worth of panels."""

    panels: tuple[Panel, ...]
    """In the author's order, the title panel not among them."""
    title: Heading | None = None
    """The `#` heading; None where there is none."""
    zones: tuple[Zone, ...] | None = None
    """The author's layout; None for an automatic one."""
    connectors: tuple[Connector, ...] = ()
    """Arrows between panels."""


class Wanted(msgspec.Struct, frozen=True):
    """A constraint the author demands of the layout."""

    name: str
    """Such as `widest`, as written."""
    values: tuple[str, ...] = ()
    """What stands after it: a panel's id, a size, several ids."""
    options: tuple[tuple[str, str], ...] = ()
    """Keys and values after it, such as `least` and `1.5`; lists joined by commas."""
    span: Span | None = None
    """Where it stands in the source."""


class Settings(msgspec.Struct, frozen=True):
    """What the front matter says of the whole document."""

    page: PageSize
    """The paper."""
    theme: str = "nano-banana"
    """Name of a theme, or a path to a theme file."""
    fit: Fit = "strict"
    """What may give when text is long."""
    seed: int = 0
    """Chooses among equally good hands."""
    lang: str = "ko"
    """BCP 47 tag of the document's language."""
    title: str = ""
    """For the metadata; the sheet's own title where empty."""
    author: str = ""
    """For the metadata."""
    subject: str = ""
    """For the metadata."""
    keywords: tuple[str, ...] = ()
    """For the metadata."""
    fonts: tuple[tuple[str, str], ...] = ()
    """The author's own fonts: a role such as `body`, and a file below the document's folder."""
    pens: tuple[tuple[str, str], ...] = ()
    """Words and the pen they are written with wherever they are emphasised, such as `token` and `blue`."""
    constraints: tuple[Wanted, ...] = ()
    """What must hold of the layout; broken, it is an error."""
    all: bool = False
    """Whether what a panel shows only a digest of goes whole to a further page."""


class Overrides(msgspec.Struct, frozen=True):
    """What the command line says over the front matter."""

    page: str | None = None
    """A paper's name or measure, such as `A4` or `200x100mm`."""
    landscape: bool = False
    """Whether the paper is to lie."""
    theme: str | None = None
    """A theme's name or path."""
    seed: int | None = None
    """Chooses among equally good hands."""
    all: bool = False
    """Whether what has no place on a brief's page goes to further pages."""


class Document(msgspec.Struct, frozen=True):
    """Everything the author said."""

    settings: Settings
    """Of the whole document."""
    sheets: tuple[Sheet, ...]
    """At least one."""
    source: Source | None = None
    """The text spans count in; None for a document made by a program."""
    base: str | None = None
    """Folder that image paths start from and may not leave; None where no files may be read."""
