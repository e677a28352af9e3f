"""A document of the model as sheet Markdown that reads back as the same document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from banana_layout.model.block import (
    AnyBlock,
    Callout,
    Cards,
    CodeBlock,
    DefinitionList,
    Diagram,
    Footnotes,
    Image,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    SubHeading,
    Table,
)
from banana_layout.model.document import Connector, Document, PageSize, Panel, Sheet
from banana_layout.model.inline import (
    AnyInline,
    Code,
    Emphasis,
    FootnoteRef,
    HardBreak,
    InlineImage,
    Link,
    Mark,
    Penned,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain_text,
)
from banana_layout.model.zone import AnyCell, PanelCell, Track, Zone
from banana_layout.syntax import paper
from banana_layout.syntax.headings import Slugs

_SPECIAL = re.compile(r"[\\`*\[\]<~^{}|]|==|\$(?=\S)|&(?=#?\w{1,32};)|(?<!\w)_|_(?!\w)")
_LINE_START = re.compile(
    r"^([ \t]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|:(?=\s)|%%|!!!|\?\?\?|\+{3}|={1,}\s*$|-{2,}\s*$)", re.MULTILINE
)
_NUMBER_START = re.compile(r"^([ \t]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)


def write(document: Document) -> str:
    """Return a document as Markdown with front matter.

    Places are not kept, nor are panels' digests; a drawing without its text (a diagram made by a program) is left to the
    caller, who sees it as an empty fence.
    """
    # a further page without a title begins with an empty heading
    sheets = [
        ("#\n\n" if index and sheet.title is None else "") + _sheet(sheet)
        for index, sheet in enumerate(document.sheets)
    ]
    return _front_matter(document) + "\n" + "\n".join(sheets)


def _front_matter(document: Document) -> str:
    """Return the settings, the first sheet's layout and all connectors."""
    settings, sheet = document.settings, document.sheets[0]
    lines = ["---", *_page(settings.page)]
    lines.append(f"theme: {_scalar(settings.theme)}")
    if settings.fit != "strict":
        lines.append(f"fit: {settings.fit}")
    if settings.seed:
        lines.append(f"seed: {settings.seed}")
    lines.append(f"lang: {settings.lang}")
    # a title in the front matter would stand in for one the page has not
    said = [name for name in ("title", "author", "subject") if name != "title" or sheet.title is not None]
    lines += [f"{name}: {_scalar(getattr(settings, name))}" for name in said if getattr(settings, name)]
    if settings.keywords:
        lines.append(f"keywords: [{', '.join(_scalar(k) for k in settings.keywords)}]")
    if settings.fonts:
        lines.append(f"fonts: {{{', '.join(f'{role}: {_scalar(file)}' for role, file in settings.fonts)}}}")
    if settings.pens:
        lines.append(f"pens: {{{', '.join(f'{_scalar(word)}: {_scalar(pen)}' for word, pen in settings.pens)}}}")
    if sheet.zones:
        lines += ["layout:", *(f"  - {_row(zone)}" for zone in sheet.zones)]
    arrows = [c for s in document.sheets for c in s.connectors]
    if arrows:
        lines.append("connectors:")
        lines += [_arrow(arrow) for arrow in arrows]
    return "\n".join([*lines, "---", ""])


def _arrow(arrow: Connector) -> str:
    """Return a connector."""
    label = f", label: {_scalar(arrow.label)}" if arrow.label else ""
    return f"  - {{from: {_scalar(arrow.source)}, to: {_scalar(arrow.target)}{label}}}"


def _page(page: PageSize) -> list[str]:
    """Return the paper's size and how it lies."""
    known = paper.named(page.name) if page.name else None
    if known is not None:
        for landscape in (False, True):
            turned = paper.turned(known, landscape=landscape)
            if abs(turned.width - page.width) + abs(turned.height - page.height) < 1e-6:
                return [f"page: {_scalar(page.name)}", f"orientation: {'landscape' if landscape else 'portrait'}"]
    return [f"page: {{width: {page.width:.10g}pt, height: {page.height:.10g}pt}}"]


def _scalar(text: str) -> str:
    """Return a text as YAML, in quotes where it needs them."""
    if re.fullmatch(r"[A-Za-z가-힣ぁ-んァ-ヶ一-龥][\w가-힣./-]*", text) and text.lower() not in (
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "y",
        "n",
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _row(zone: Zone) -> str:
    """Return a zone as a row of the layout."""
    cells = [_cell(cell) for cell in zone.cells]
    lone = len(cells) == 1 and isinstance(zone.cells[0], PanelCell)
    return f"{_track(zone.track)}: {cells[0] if lone else '[' + ', '.join(cells) + ']'}"


def _cell(cell: AnyCell) -> str:
    """Return a cell."""
    plain = cell.track == Track(weight=1.0)
    if isinstance(cell, PanelCell):
        name = _scalar(cell.panel)
        return name if plain else f"{{{name}: {_track(cell.track)}}}"
    rows = ", ".join(f"{{{_row(zone)}}}" for zone in cell.rows)
    return f"{{rows: [{rows}]{'' if plain else f', weight: {_track(cell.track)}'}}}"


def _track(track: Track) -> str:
    """Return a track's size."""
    if track.weight is not None:
        size = f"{track.weight:.10g}"
    elif track.length is not None:
        size = f"{track.length:.10g}pt"
    else:
        size = "auto"
    for name, bound in (("max", track.least), ("min", track.most)):
        if bound is not None:
            size = f"{name}({size}, {bound:.10g}pt)"
    return f'"{size}"' if "(" in size else size


def _sheet(sheet: Sheet) -> str:
    """Return a sheet's title and panels."""
    parts: list[str] = []
    slugs = Slugs({"title"})
    if sheet.title is not None:
        icons = sheet.title.icons
        words = _line(sheet.title.content)
        before = f"{icons[0]} " if icons else ""
        after = f" {icons[1]}" if len(icons) > 1 else ""
        parts += [f"# {before}{words}{after}", *_blocks(sheet.title.subtitle)]
    for panel in sheet.panels:
        parts += [_head(panel, slugs), *_blocks(panel.blocks)]
    return "\n\n".join(parts) + "\n"


def _head(panel: Panel, slugs: Slugs) -> str:
    """Return a panel's heading, with its id where the title does not say it."""
    words = _line(panel.title)
    said = slugs.take(plain_text(panel.title), "panel")
    attributes = [f"#{panel.id}"] if said != panel.id or not words else []
    attributes += [f".{name}" for name in panel.classes]
    attributes += [f'{key}="{value}"' for key, value in panel.attributes]
    icon = f"{panel.icon} " if panel.icon else ""
    tail = f" {{{' '.join(attributes)}}}" if attributes else ""
    return f"## {icon}{words}{tail}"


def _line(inlines: Sequence[AnyInline]) -> str:
    """Return inlines on one line."""
    return _inlines(inlines).replace("\\\n", " ").replace("\n", " ").strip()


def _inlines(inlines: Sequence[AnyInline]) -> str:
    """Return inline markup."""
    return "".join(_inline(item) for item in inlines)


def _inline(item: AnyInline) -> str:
    """Return one inline."""
    if isinstance(item, Text):
        return escaped(item.text)
    if isinstance(item, Code):
        ticks = "`" * (max((len(m) for m in re.findall("`+", item.text)), default=0) + 1)
        pad = " " if item.text[:1] in ("`", " ") or item.text[-1:] in ("`", " ") else ""
        return f"{ticks}{pad}{item.text}{pad}{ticks}"
    if isinstance(item, (SoftBreak, HardBreak)):
        return "\n" if isinstance(item, SoftBreak) else "\\\n"
    if isinstance(item, FootnoteRef):
        return f"[^{item.label}]"
    if isinstance(item, InlineImage):
        return f"![{escaped(item.alt)}]({_target(item.path, item.title)})"
    inside = _inlines(item.children)
    if isinstance(item, Penned):
        lone = len(item.children) == 1 and isinstance(item.children[0], (Strong, Emphasis, Mark, Strike, Code, Link))
        return f'{inside if lone else f"[{inside}]"}{{pen="{item.pen}"}}'
    if isinstance(item, Link):
        return f"[{inside}]({_target(item.url, item.title)})"
    before, after = _MARKS[type(item)]
    return f"{before}{inside}{after}"


_MARKS: dict[type, tuple[str, str]] = {
    Strong: ("**", "**"),
    Emphasis: ("*", "*"),
    Strike: ("~~", "~~"),
    Mark: ("==", "=="),
    Superscript: ("<sup>", "</sup>"),
    Subscript: ("<sub>", "</sub>"),
}


def escaped(text: str) -> str:
    """Return a text with what Markdown would take for markup escaped."""
    return _SPECIAL.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    """Return characters escaped; a bracket before a blank as an entity, since an escaped one begins a formula there."""
    if found[0] == "[" and not found.string[found.end() : found.end() + 1].strip():
        return "&#91;"
    return "".join("\\" + c for c in found[0])


def _target(url: str, title: str) -> str:
    """Return a link's target and tooltip."""
    quoted = '"' + title.replace('"', '\\"') + '"' if title else ""
    return f"<{url}> {quoted}".rstrip() if re.search(r"[\s()<>]", url) else f"{url} {quoted}".rstrip()


def _started(text: str) -> str:
    """Return running text whose lines cannot be taken for blocks."""
    return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _blocks(blocks: Sequence[AnyBlock]) -> list[str]:
    """Return blocks; neighbouring lists get different markers, so that they stay apart."""
    out: list[str] = []
    other = False
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if isinstance(block, List):
            other = isinstance(before, List) and before.ordered == block.ordered and not other
            out.append(_list(block, other))
        else:
            out.append(_WRITERS[type(block)](block))
    return out


def _list(block: List, other: bool) -> str:
    """Return a list."""
    lines: list[str] = []
    for index, item in enumerate(block.items):
        marker = f"{block.start + index}{')' if other else '.'} " if block.ordered else "* " if other else "- "
        lines.append(_item(item, marker, block.tight))
    return ("\n" if block.tight else "\n\n").join(lines)


def _item(item: ListItem, marker: str, tight: bool) -> str:
    """Return an item, its further blocks indented under it."""
    inner = _blocks(item.blocks)
    close = all(isinstance(b, (Paragraph, List)) for b in item.blocks) and tight
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    text = box + ("\n" if close else "\n\n").join(inner)
    return marker + text.replace("\n", "\n" + " " * len(marker))


def _paragraph(block: Paragraph) -> str:
    """Return running text."""
    return _started(_inlines(block.content))


def _heading(block: SubHeading) -> str:
    """Return a heading inside a panel."""
    icon = f"{block.icon} " if block.icon else ""
    return f"{'#' * block.level} {icon}{_line(block.content)}"


def _table(block: Table) -> str:
    """Return a table."""

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    rules = {"left": ":--", "center": ":-:", "right": "--:", None: "---"}
    lines = [row([_line(c.content) for c in block.header]), row([rules[a] for a in block.align])]
    return "\n".join([*lines, *(row([_cell_text(c.content) for c in cells]) for cells in block.rows)])


def _cell_text(content: Sequence[AnyInline]) -> str:
    """Return a cell's text; bars in code would end it."""
    return re.sub(r"(?<!\\)\|", r"\\|", _line(content))


def _quoted(blocks: Sequence[AnyBlock], first: str = "") -> str:
    """Return blocks behind `>`."""
    text = "\n\n".join(_blocks(blocks))
    text = f"{first}\n{text}" if first else text
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _callout(block: Callout) -> str:
    """Return a callout."""
    return _quoted(block.blocks, f"[!{block.kind.upper()}] {_line(block.title)}".rstrip())


def _fenced(text: str, language: str) -> str:
    """Return fenced lines."""
    fence = "`" * max(3, max((len(m) for m in re.findall("`+", text)), default=0) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _image(block: Image) -> str:
    """Return a picture."""
    width = f"{{width={block.width * 100:g}%}}" if block.width is not None else ""
    return f"![{escaped(block.alt)}]({_target(block.path, block.title)}){width}"


def _definitions(block: DefinitionList) -> str:
    """Return terms with explanations."""
    out = []
    for item in block.items:
        details = ["\n\n".join(_blocks(detail)).replace("\n", "\n    ") for detail in item.details]
        out.append("\n".join([_line(item.term), *(f":   {d}" for d in details)]))
    return "\n\n".join(out)


def _footnotes(block: Footnotes) -> str:
    """Return the notes' texts."""
    notes = ("\n\n".join(_blocks(note.blocks)).replace("\n", "\n    ") for note in block.items)
    return "\n\n".join(f"[^{n.label}]: {text}" for n, text in zip(block.items, notes, strict=True))


_WRITERS: dict[type, Callable[[Any], str]] = {
    Paragraph: _paragraph,
    SubHeading: _heading,
    Table: _table,
    Quote: lambda block: _quoted(block.blocks),
    Callout: _callout,
    CodeBlock: lambda block: _fenced(block.text, block.language),
    Diagram: lambda block: _fenced(block.source, "mermaid"),
    Image: _image,
    Rule: lambda _block: "***",
    DefinitionList: _definitions,
    Footnotes: _footnotes,
    Cards: lambda block: _fenced(block.drawing, "boxes"),
}
"""How each block is written; lists look at their neighbours, and are written apart."""
