"""Reads the arrow between two nodes, with its id and label."""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.model.flowchart import LabelRun
from banana_layout.syntax.mermaid.edges import (
    ARROW,
    ARROW_BELOW,
    CLOSING,
    MISSPELT,
    OPENING,
    OPENING_BELOW,
    Link,
    halves,
    opening_line,
    whole,
)
from banana_layout.syntax.mermaid.labels import LabelKind, read_label
from banana_layout.syntax.mermaid.nodes import LONGEST_LABEL
from banana_layout.syntax.mermaid.reader import Reader

FARTHEST = 2_000
"""Characters within which the second half of an arrow must come."""

_EDGE_ID = re.compile(r"([^\s\"@|<>\[\](){};]+)@(?=[xo<]?[-=.~])")
_PIPE = re.compile(r'[^\[\](){}|"]+')
_ONLY_NODE = re.compile(r"[^\s\[\](){}<>|;\"=]+(?:[\[({>].*[\])}])?(?::::[\w-]+)?[^\S\n]*;?[^\S\n]*$")
_QUOTED = re.compile(r'"(`?)([^"]*?)(\1)"\s*')
_ANY_CLOSING = re.compile(r"[xo<]?(?:--+[-xo>]|==+[=xo>]|-?\.+->?|-+>)")


_HALF_SECOND = re.compile(r"[^\S\n](?:--|==|\.-)[^\S\n]+(?=\S)")
_LINES = {"normal": "---", "thick": "===", "dotted": "-.-"}


class ReadLink(NamedTuple):
    """An arrow as read."""

    link: Link
    """What it means."""
    id: str
    """The author's edge id, or empty."""
    label: tuple[LabelRun, ...]
    """What stands beside it."""
    start: int
    """Where it begins."""
    end: int
    """Where the next node may begin."""


def read_link(reader: Reader, at: int) -> ReadLink | None:
    """Read an arrow behind a node, on the same line or the ones below; None where there is none."""
    text = reader.text
    here = reader.blanks(at)
    below = here >= len(text) or text[here] == "\n"
    if below:
        here = reader.spaces(here)
        if here >= len(text) or text[here] not in "<-=.~":
            return None
    elif text[here] == ";":
        return None
    id = ""
    if not below and (named := _EDGE_ID.match(text, here)) is not None:
        id, here = named[1], named.end()
    arrow = (ARROW_BELOW if below else ARROW).match(text, here)
    if arrow is not None:
        return _piped(reader, here, id, arrow)
    opening = (OPENING_BELOW if below else OPENING).match(text, here)
    if opening is not None:
        return _labelled(reader, here, id, opening)
    misspelt = MISSPELT.match(text, here)
    if misspelt is not None:
        return _misspelt(reader, here, id, misspelt)
    return None


def _piped(reader: Reader, start: int, id: str, arrow: re.Match[str]) -> ReadLink:
    """Read the label in pipes behind a whole arrow."""
    text, findings, at = reader.text, reader.findings, arrow.end()
    link = whole(arrow[0])
    if arrow[0].endswith(">") and text.startswith(">", at):
        findings.warn("Mermaid knows no arrow with two heads at one end", start, at + 1, f"write `{arrow[0]}`")
        at += 1
    if link.odd or (arrow[0][0] == "<" and link.source_head == "none"):
        findings.warn(
            f"Mermaid draws `{arrow[0]}` without a head at its start",
            start,
            at,
            "write `B --> A` for an arrow back, `A <--> B` for both ways",
        )
    label, at = _pipe(reader, at)
    return ReadLink(link, id, label, start, at)


def _pipe(reader: Reader, at: int) -> tuple[tuple[LabelRun, ...], int]:
    """Read `|label|`, if there; return it and where the next node may begin."""
    text, findings = reader.text, reader.findings
    at = reader.spaces(at)
    if not text.startswith("|", at):
        return (), at
    begin = at + 1
    quoted = _QUOTED.match(text, reader.blanks(begin), begin + LONGEST_LABEL)
    if quoted is not None and text.startswith("|", quoted.end()):
        kind: LabelKind = "markdown" if quoted[1] else "string"
        label = read_label(quoted[2], kind, begin, findings)
        return label, reader.spaces(quoted.end() + 1)
    plain = _PIPE.match(text, begin)
    if plain is not None and text.startswith("|", plain.end()):
        return read_label(plain[0], "text", begin, findings), reader.spaces(plain.end() + 1)
    close = text.find("|", begin, reader.line_end(begin))
    if close < 0:
        raise findings.error("the label's `|` is never closed", at, at + 1, "write `-->|label|`")
    content = text[begin:close]
    shown = content.strip().replace('"', "#quot;")[:60]
    if shown:
        findings.warn("Mermaid wants quotes around such a label", begin, close, f'write `|"{shown}"|`')
    else:
        findings.warn("Mermaid refuses an empty label", at, close + 1, "leave the two `|` out")
    return read_label(content.strip().strip('"'), "text", begin, findings), reader.spaces(close + 1)


def _labelled(reader: Reader, start: int, id: str, opening: re.Match[str]) -> ReadLink:
    """Read an arrow whose label stands between its halves."""
    text, findings, first = reader.text, reader.findings, opening[0]
    begin = reader.spaces(opening.end())
    closing_of = CLOSING[opening_line(first)]
    quoted = _QUOTED.match(text, begin, begin + LONGEST_LABEL)
    if quoted is not None and (closing := re.compile(r"[xo]?" + closing_of.pattern).match(text, quoted.end())):
        label = read_label(quoted[2], "markdown" if quoted[1] else "string", begin, findings)
        return _halved(reader, start, id, first, closing, label)
    line_end = reader.line_end(begin)
    found = closing_of.search(text, begin, line_end)
    if found is None:
        rest = text[begin:line_end]
        if rest.startswith("|") and rest.find("|", 1) > 0:
            link = Link(whole(first + first[-1]).line, "none", "none", 1)
            findings.warn(f"`{first}` is half an arrow", start, opening.end(), "write `-->|label|` or `---|label|`")
            label, at = _pipe(reader, begin)
            return ReadLink(link, id, label, start, at)
        below = reader.spaces(line_end)
        if _ONLY_NODE.match(rest) and closing_of.match(text, below) is None:
            return _half(reader, start, id, first, begin)
        found = _ANY_CLOSING.search(text, begin, line_end)
        if found is None:
            found = closing_of.search(text, begin, begin + FARTHEST)
    if found is None and (second := _HALF_SECOND.search(text, begin, line_end)) is not None:
        line = opening_line(first)
        end = _LINES[line]
        hint = f"write `A {first.lstrip('<xo')} label {end} B`"
        findings.warn(f"`{second[0].strip()}` is half an arrow", start, second.end(), hint)
        label = read_label(text[begin : second.start()].strip().strip('"'), "text", begin, findings)
        return ReadLink(halves(first, end), id, label, start, second.end())
    if found is None:
        better = first.lstrip("xo<").replace(".", ".-")
        raise findings.error(
            f"`{first}` begins an arrow that has no second half",
            start,
            opening.end(),
            "write `A -- label --> B`",
            f"write `{better}>` for an arrow without a label"
            if better != "--"
            else "write `-->` for an arrow without a label",
        )
    content = text[begin : found.start()].strip()
    kind: LabelKind = "text"
    if '"' in content:
        shown = content.replace('"', "#quot;")[:60]
        findings.warn("quotes within an edge's label", begin, found.start(), f'write `"{shown}"`')
        if len(content) > 1 and content[0] == content[-1] == '"':
            content, kind = content[1:-1], "string"
    if content and content[-1] in "xo" and text[found.start() - 1] == content[-1]:
        findings.warn(
            f"Mermaid takes the `{content[-1]}` before `{found[0]}` for the arrow's head",
            found.start() - 1,
            found.end(),
            "write a blank before the arrow",
        )
    return _halved(reader, start, id, first, found, read_label(content, kind, begin, findings))


def _halved(
    reader: Reader, start: int, id: str, first: str, closing: re.Match[str], label: tuple[LabelRun, ...]
) -> ReadLink:
    """Join the halves of an arrow."""
    link = halves(first, closing[0]) if not re.fullmatch(r"-+>", closing[0]) or "--" in closing[0] else whole("-->")
    if link.odd:
        reader.findings.warn(
            link.odd, start, closing.end(), f"begin and end the arrow alike, such as `-- label {closing[0]}`"
        )
    at = closing.end()
    if closing[0].endswith(">") and reader.text.startswith(">", at):
        at += 1
    return ReadLink(link, id, label, start, reader.spaces(at))


def _half(reader: Reader, start: int, id: str, first: str, begin: int) -> ReadLink:
    """Take half an arrow, such as `A -- B` or `A <-- B`, for a whole one."""
    back = first[0] == "<"
    line = opening_line(first)
    link = Link(line, "arrow" if back else "none", "none", 1)  # type: ignore[arg-type]
    better = _LINES[line]
    hint = "write the arrow from the other side: `B --> A`" if back else f"write `{better}`"
    reader.findings.warn(f"`{first}` is half an arrow", start, start + len(first), hint)
    return ReadLink(link, id, (), start, begin)


def _misspelt(reader: Reader, start: int, id: str, arrow: re.Match[str]) -> ReadLink:
    """Take what people write for an arrow for the one they mean."""
    shown = arrow[0]
    thick = "=" in shown or "\u21d2" in shown or "\u27f9" in shown
    plain = shown[-1] not in ">\u2192\u27f6\u279c\u2794\u21d2\u27f9"
    back = shown[0] == "<"
    link = Link("thick" if thick else "normal", "arrow" if back else "none", "none" if plain else "arrow", 1)
    better = "B --> A" if back and plain else "<-->" if back else "==>" if thick else "---" if plain else "-->"
    reader.findings.warn(f"Mermaid knows no arrow `{shown}`", start, arrow.end(), f"write `{better}`")
    label, at = _pipe(reader, arrow.end())
    return ReadLink(link, id, label, start, at)
