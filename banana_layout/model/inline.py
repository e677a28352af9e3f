"""What stands inside a line of text: no geometry, only what the author said."""

from __future__ import annotations

import msgspec

from banana_layout.source import Span


class Inline(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """Common ground of all inlines."""

    span: Span | None = None
    """Where it stands in the document's source; None for text made by a program."""


class Text(Inline, frozen=True, tag="text"):
    """Plain characters, without line ends."""

    text: str
    """The characters, entities resolved."""


class Strong(Inline, frozen=True, tag="strong"):
    """Bold: drawn with a highlighter and heavier ink."""

    children: tuple[AnyInline, ...]
    """What is bold."""


class Emphasis(Inline, frozen=True, tag="emphasis"):
    """Italic: drawn slanted in the accent ink with a wavy line."""

    children: tuple[AnyInline, ...]
    """What is emphasised."""


class Strike(Inline, frozen=True, tag="strike"):
    """Struck through."""

    children: tuple[AnyInline, ...]
    """What is struck."""


class Mark(Inline, frozen=True, tag="mark"):
    """`==marked==`: a highlighter without heavier ink."""

    children: tuple[AnyInline, ...]
    """What is marked."""


class Code(Inline, frozen=True, tag="code"):
    """A code span, drawn as a chip."""

    text: str
    """Its characters."""


class Link(Inline, frozen=True, tag="link"):
    """A link; only http, https, mailto and in-page targets ever reach here."""

    url: str
    """Where it leads; `#id` within the page."""
    children: tuple[AnyInline, ...]
    """What is shown."""
    title: str = ""
    """The author's tooltip."""


class InlineImage(Inline, frozen=True, tag="image"):
    """An image inside a line of text."""

    path: str
    """As written."""
    alt: str = ""
    """What it shows, in words."""
    title: str = ""
    """The author's tooltip."""


class Penned(Inline, frozen=True, tag="pen"):
    """Words the author gave a pen: the same words, emphasised, keep it over the whole document."""

    pen: str
    """Name of one of the theme's pairs, such as `blue`."""
    children: tuple[AnyInline, ...]
    """What is written with it."""


class SoftBreak(Inline, frozen=True, tag="softbreak"):
    """A line end in the source that counts as a space."""


class HardBreak(Inline, frozen=True, tag="hardbreak"):
    """A line end that stays one."""


class Superscript(Inline, frozen=True, tag="superscript"):
    """Raised small text (`<sup>`)."""

    children: tuple[AnyInline, ...]
    """What is raised."""


class Subscript(Inline, frozen=True, tag="subscript"):
    """Lowered small text (`<sub>`)."""

    children: tuple[AnyInline, ...]
    """What is lowered."""


class FootnoteRef(Inline, frozen=True, tag="footnote_ref"):
    """The mark that points at a footnote."""

    label: str
    """The footnote's label as the author wrote it."""
    number: int
    """Its number on the page, from 1."""


AnyInline = (
    Text
    | Strong
    | Emphasis
    | Strike
    | Mark
    | Code
    | Penned
    | Link
    | InlineImage
    | SoftBreak
    | HardBreak
    | Superscript
    | Subscript
    | FootnoteRef
)
"""Any inline."""


def plain_text(inlines: tuple[AnyInline, ...]) -> str:
    """Return what a reader reads, breaks as spaces, images as their alternative text."""
    out: list[str] = []
    for item in inlines:
        if isinstance(item, (Text, Code)):
            out.append(item.text)
        elif isinstance(item, (SoftBreak, HardBreak)):
            out.append(" ")
        elif isinstance(item, InlineImage):
            out.append(item.alt)
        elif isinstance(item, FootnoteRef):
            out.append(str(item.number))
        else:
            out.append(plain_text(item.children))
    return "".join(out)
