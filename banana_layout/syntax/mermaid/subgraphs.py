"""Reads where subgraphs begin and end."""

from __future__ import annotations

import re

from banana_layout.model.flowchart import LabelRun
from banana_layout.source import Span
from banana_layout.syntax.mermaid.builder import ClusterDraft
from banana_layout.syntax.mermaid.labels import LabelKind, read_label
from banana_layout.syntax.mermaid.nodes import LONGEST_LABEL
from banana_layout.syntax.mermaid.reader import Reader

_QUOTED = re.compile(r'"(`?)([^"]*?)\1"')
_WITH_TITLE = re.compile(r"([^\s\[\]\"(){}<>|;:]+(?::(?!::)[^\s\[\]\"(){}<>|;:]+)*)[^\S\n]*\[[^\S\n]*")
_BARE = re.compile(r"[^\n;]*")
_ALLOWED = re.compile(r"(?:[\w\s&:.\-!#$%'*+,/=?\\`]|[^\x00-\x7f\U00010000-\U0010ffff])*$")
_CLASS = re.compile(r":::([\w-]+)")
_BRACKETS = re.compile(r"[\[\](){}|\"]")
_ARROW = re.compile(r"--[->xo]|==[=>]|-\.+-")
_AFTER = re.compile(r"[^\S\n]*(?:;|\n|$|%%)")


def open_subgraph(reader: Reader, at: int) -> int:
    """Read behind `subgraph`; return where its line ends."""
    text, findings = reader.text, reader.findings
    begin = reader.blanks(at)
    if begin > at and text[begin : begin + 1] in ("-", "=", "<"):
        return -1
    id, title, end = _heading(reader, begin)
    classes: list[str] = []
    named = _CLASS.match(text, end)
    if named is not None:
        findings.warn(
            "a subgraph's line takes no class",
            named.start(),
            named.end(),
            f"write `class {id} {named[1]}` behind its `end`",
        )
        classes.append(named[1])
        end = named.end()
    draft = ClusterDraft(id, title, Span(at - len("subgraph"), end))
    draft.classes = classes
    reader.builder.open_cluster(draft)
    return end


def _heading(reader: Reader, begin: int) -> tuple[str | None, tuple[LabelRun, ...], int]:
    """Read id and title; return them and where they end. The id is None where Mermaid makes one up."""
    text, findings = reader.text, reader.findings
    quoted = _QUOTED.match(text, begin, begin + LONGEST_LABEL)
    if quoted is not None and _AFTER.match(text, quoted.end()):
        title = read_label(quoted[2], "markdown" if quoted[1] else "string", begin, findings)
        made_up = re.search(r"\s", quoted[2]) is not None or not quoted[2]
        return (None if made_up else quoted[2]), title, quoted.end()
    titled = _WITH_TITLE.match(text, begin)
    if titled is not None:
        found = _bracketed(reader, titled.end())
        if found is not None:
            return titled[1], *found
    return _bare(reader, begin)


def _bracketed(reader: Reader, at: int) -> tuple[tuple[LabelRun, ...], int] | None:
    """Read a title in brackets; return it and where the bracket closes, or None where that is not on the line."""
    text, findings = reader.text, reader.findings
    quoted = _QUOTED.match(text, at, at + LONGEST_LABEL)
    if quoted is not None:
        close = reader.blanks(quoted.end())
        if text.startswith("]", close):
            kind: LabelKind = "markdown" if quoted[1] else "string"
            return read_label(quoted[2], kind, at, findings), close + 1
    line_end = reader.line_end(at)
    close = text.find("]", at, line_end)
    if close < 0:
        return None
    if not _AFTER.match(text, close + 1) and not text.startswith(":::", close + 1):
        close = text.rfind("]", at, line_end)
    title = text[at:close].strip()
    if not title or _BRACKETS.search(title) is not None:
        shown = title.strip('"').replace('"', "#quot;")[:60]
        findings.warn("Mermaid wants quotes around such a title", at, close, f'write `["{shown}"]`')
    return read_label(title.strip('"'), "text", at, findings), close + 1


def _bare(reader: Reader, begin: int) -> tuple[str | None, tuple[LabelRun, ...], int]:
    """Read a title that stands without brackets, up to the line's end."""
    text, findings = reader.text, reader.findings
    match = _BARE.match(text, begin)
    words = match[0] if match is not None else ""
    for mark in (":::", "%%"):
        cut = words.find(mark)
        words = words if cut < 0 else words[:cut]
    end = begin + len(words.rstrip())
    words = words.strip()
    if not words:
        findings.warn("a subgraph needs a name", begin - 8, begin, "write `subgraph name` or `subgraph name[Title]`")
        return None, (), end
    if _ARROW.search(words) is not None:
        raise findings.error(
            "expected a line end behind the subgraph's title", begin, end, "write a line end before the first statement"
        )
    if _ALLOWED.match(words) is None:
        shown = words.replace('"', "#quot;")[:60]
        findings.warn("Mermaid wants quotes around such a title", begin, end, f'write `subgraph name["{shown}"]`')
    label = read_label(words, "text", begin, findings)
    plain = re.search(r"\s", words) is None and _ALLOWED.match(words) is not None
    return (words if plain else None), label, end


def close_subgraph(reader: Reader, at: int) -> int:
    """Read behind `end`; return where the statement ends, or -1 where it is a node's id."""
    text, findings = reader.text, reader.findings
    if not _AFTER.match(text, at):
        if text[at : at + 1] in "-./=&[({:@" or text[reader.blanks(at)] in "&[({-=<.":
            return -1
        findings.warn("`end` must stand on a line of its own", at - 3, at, "put a line end or `;` behind it")
        if reader.builder.open:
            reader.builder.close_cluster()
            return at
        return -1
    if not reader.builder.open:
        findings.warn("`end` closes nothing here", at - 3, at, "leave it out")
        return at
    reader.builder.close_cluster()
    return at
