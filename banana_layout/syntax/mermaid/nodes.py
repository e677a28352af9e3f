"""Reads a node: id, bracketed label, class and `@{ }`."""

from __future__ import annotations

import re

from banana_layout.model.flowchart import LabelRun
from banana_layout.syntax.mermaid.builder import add_class
from banana_layout.syntax.mermaid.data import data_end
from banana_layout.syntax.mermaid.labels import LabelKind, read_label
from banana_layout.syntax.mermaid.reader import ID, Reader
from banana_layout.syntax.mermaid.shapes import BRACKETS, UNDRAWN_LABEL, Bracket, canonical

LONGEST_LABEL = 3_000
"""Characters within which a quoted label must end, so that a missing quote costs no search through the whole text."""

_PLAIN = re.compile(r'[^\[\](){}|"]*')
_SLANTED = re.compile(r'(?:[^\\/\[\](){}"]|/(?!\])|\\(?!\]))*')
_ROUND = re.compile(r'(?:[^()\[\]{}"-]|-(?!\)))*')
_PROPERTIES = re.compile(r"\[\|\w+:\w+\|")
_BRACKET = re.compile(r"[\[\](){}]")
_RESERVED = re.compile(
    r"(?:graph|flowchart(?:-elk)?|style|linkStyle|interpolate|classDef|class|_self|_blank|_parent|_top|end|subgraph)(?!\w)"
)
_QUOTED_ID = re.compile(r'"([^"\n]+)"')
_CLASS_NAME = re.compile(r"[^\s;:\[\](){}&@|<>\"~]+?(?=\s|[;:\[\](){}&@|<>\"~]|--|==|-\.|$)")
_PAIRS = {"[": "]", "(": ")", "{": "}"}


def read_node(reader: Reader, at: int, after: str) -> tuple[str, int]:
    """Read a node at an offset; return its id and where it ends. `after` says what stands before, for messages."""
    text, findings = reader.text, reader.findings
    start = at
    match = ID.match(text, at)
    quoted = None if match is not None else _QUOTED_ID.match(text, at)
    if match is not None:
        id, at = match[0], match.end()
    elif quoted is not None:
        id, at = quoted[1].strip(), quoted.end()
        findings.warn("a node's id cannot be quoted", start, at, f'write `some_id["{id}"]`')
    else:
        raise findings.error(
            f"expected a node {after}, found {reader.word(at)}", at, at + 1, "a node is written `id` or `id[label]`"
        )
    if text.startswith("@", at) and (more := ID.match(text, at + 1)) is not None:
        findings.warn("a node's id cannot hold `@`", start, more.end(), f'write `some_id["{id}@{more[0]}"]`')
        id, at = f"{id}@{more[0]}", more.end()
    known = id in reader.builder.nodes
    edge = None if known else reader.builder.edges_by_id.get(id)
    if edge is not None and text.startswith("@{", at):
        end = data_end(text, at)
        if end > 0:
            edge.data.update(reader.data.read(text[at + 2 : end - 1], at + 2))
            return id, end
    if not known:
        _check_id(reader, id, start, at)
    draft = reader.builder.node(id, start, at)
    reader.builder.mention(id)
    next_char = text[at] if at < len(text) else "\n"
    if next_char in " \t[({>:@":
        at = _suffixes(reader, id, at)
        if draft.span.end < at and not known:
            draft.span = type(draft.span)(start, at)
    return id, at


def _check_id(reader: Reader, id: str, start: int, end: int) -> None:
    """Warn about ids that Mermaid refuses."""
    if _RESERVED.match(id):
        better = id[0].upper() + id[1:] if id[0].isalpha() else f"n{id}"
        reader.findings.warn(
            f"Mermaid refuses the id `{id}`: it begins with a keyword", start, end, f"write `{better}`"
        )
    elif not id.isascii() and not all(c.isascii() or (c.isalpha() and ord(c) < 0x10000) for c in id):
        reader.findings.warn(
            f"Mermaid refuses the id `{id}`: only letters of the Basic Multilingual Plane may stand in one",
            start,
            end,
            f'write `some_id["{id}"]`',
        )


def _suffixes(reader: Reader, id: str, at: int) -> int:
    """Read label, class and settings behind an id, in any order; return where they end."""
    text, draft = reader.text, reader.builder.nodes[id]
    gap = reader.blanks(at)
    if gap > at and gap < len(text) and text[gap] in "[({":
        reader.findings.warn("blanks between a node's id and its bracket", at, gap, f"write `{id}{text[gap]}…`")
        at = gap
    done = ""
    while at < len(text):
        here = text[at]
        if here in "[({" or (here == ">" and not done):
            if done:
                reader.findings.warn(
                    "the label must stand before the class and `@{ }`", at, at + 1, f"write `{id}[label]:::class`"
                )
            label, shape, at = read_bracket(reader, at, id)
            draft.label, draft.shape = label, shape
            done = "label"
        elif here == ":" and text.startswith(":::", at):
            at = _classes(reader, id, at, done)
            done = "class"
        elif here == "@" and text.startswith("@{", at):
            end = data_end(text, at)
            if end < 0:
                raise reader.findings.error("`@{` is never closed", at, at + 2, "end it with `}`")
            _settings(reader, id, reader.data.read(text[at + 2 : end - 1], at + 2), at, end)
            at, done = end, "settings"
        else:
            break
    return at


def _classes(reader: Reader, id: str, at: int, done: str) -> int:
    """Read `:::name`; return where it ends."""
    begin = reader.blanks(at + 3)
    match = _CLASS_NAME.match(reader.text, begin)
    if match is None:
        raise reader.findings.error("expected a class name after `:::`", at, at + 3, f"write `{id}:::name`")
    if done in ("class", "settings"):
        hint = f"write `class {id} {match[0]}`" if done == "class" else f"write `{id}:::{match[0]}@{{ … }}`"
        reader.findings.warn("Mermaid takes only one class here", at, match.end(), hint)
    for name in filter(None, match[0].split(",")):
        add_class(reader.builder.nodes[id].classes, name)
    return match.end()


def _settings(reader: Reader, id: str, data: dict[str, str], at: int, end: int) -> None:
    """Apply a node's `@{ }`."""
    draft = reader.builder.nodes[id]
    shape = data.get("shape")
    if shape:
        draft.shape, better = canonical(shape)
        if better is not None:
            reader.findings.warn(f"Mermaid knows no shape `{shape}`", at, end, f"write `shape: {better}`")
    label = data.get("label")
    if label:
        kind: LabelKind = "string" if data.get("labelType") in ("text", "string") else "markdown"
        draft.label = read_label(label, kind, at, reader.findings)
        if draft.shape in UNDRAWN_LABEL and shape:
            reader.findings.note(f"Mermaid draws the shape `{shape}` without its label", at, end)
    draft.data.update(data)


def read_bracket(reader: Reader, at: int, id: str) -> tuple[tuple[LabelRun, ...], str, int]:
    """Read a bracketed label; return its runs, the shape and where it ends.

    First as Mermaid would, by the longest opening bracket; then, within the line, with brackets and quotes of the
    label's own or a shorter opening bracket, and a warning.
    """
    text = reader.text
    properties = _PROPERTIES.match(text, at)
    if properties is not None:
        match = _PLAIN.match(text, properties.end())
        if match is not None and text.startswith("]", match.end()):
            return read_label(match[0], "text", match.start(), reader.findings), "rect", match.end() + 1
    candidates = [b for b in BRACKETS[text[at]] if text.startswith(b.opening, at)]
    found = _strict(reader, candidates[0], at + len(candidates[0].opening))
    return found if found is not None else _lenient(reader, candidates, at, id)


def _strict(reader: Reader, bracket: Bracket, at: int) -> tuple[tuple[LabelRun, ...], str, int] | None:
    """Read a label as Mermaid does; None where Mermaid would refuse it or the bracket is another one."""
    text = reader.text
    kind: LabelKind = "text"
    if text.startswith('"', at):
        markdown = text.startswith("`", at + 1)
        close = text.find('`"' if markdown else '"', at + 2 if markdown else at + 1, at + LONGEST_LABEL)
        if close < 0:
            return None
        kind = "markdown" if markdown else "string"
        begin, end = (at + 2, close) if markdown else (at + 1, close)
        after = close + (2 if markdown else 1)
    else:
        match = (_SLANTED if bracket.opening[-1] in "/\\" else _ROUND if bracket.opening == "(-" else _PLAIN).match(
            text, at
        )
        if match is None:
            return None
        begin, end, after = at, match.end(), match.end()
    if begin == end:
        return None
    for closing, shape in bracket.closings:
        if text.startswith(closing, after):
            return read_label(text[begin:end], kind, begin, reader.findings), shape, after + len(closing)
    return None


def _lenient(reader: Reader, candidates: list[Bracket], at: int, id: str) -> tuple[tuple[LabelRun, ...], str, int]:
    """Read a label that Mermaid refuses, within its line."""
    text, line_end = reader.text, reader.line_end(at)
    for search in (_quoted, _balanced, _first):
        for bracket in candidates:
            begin = at + len(bracket.opening)
            found = search(text, bracket, begin, line_end)
            if found is None:
                continue
            end, closing, shape = found
            content = text[begin:end].strip().replace('\\"', '"')
            kind: LabelKind = "text"
            if len(content) >= 2 and content[0] == content[-1] == '"':
                content, kind = content[1:-1], "string"
                if len(content) >= 2 and content[0] == content[-1] == "`":
                    content, kind = content[1:-1], "markdown"
            shown = content.replace('"', "#quot;")
            if content:
                hint = f'write `{id}{bracket.opening}"{shown[:60]}"{closing}`'
                reader.findings.warn(
                    "Mermaid wants quotes straight inside the brackets around such a label", begin, end, hint
                )
            else:
                hint = f"write `{id}{bracket.opening} {closing}`"
                reader.findings.warn("Mermaid refuses an empty label", at, end + len(closing), hint)
            return read_label(content, kind, begin, reader.findings), shape, end + len(closing)
    opening = candidates[-1].opening
    closing = candidates[-1].closings[0][0]
    raise reader.findings.error(
        f"`{opening}` is never closed", at, at + len(opening), f'write `{id}{opening}"label"{closing}`'
    )


def _quoted(text: str, bracket: Bracket, begin: int, line_end: int) -> tuple[int, str, str] | None:
    """Find the closing bracket after a quote, for a label that begins with one."""
    opening = re.compile(r'[^\S\n]*"').match(text, begin)
    if opening is None:
        return None
    for closing, shape in bracket.closings:
        match = re.compile(r'"[^\S\n]*' + re.escape(closing)).search(text, opening.end(), line_end)
        if match is not None:
            return match.end() - len(closing), closing, shape
    return None


def _balanced(text: str, bracket: Bracket, begin: int, line_end: int) -> tuple[int, str, str] | None:
    """Find the closing bracket where the label's own brackets come in pairs."""
    waiting: list[str] = []
    for match in _BRACKET.finditer(text, begin, line_end):
        char = match[0]
        if char in _PAIRS:
            waiting.append(_PAIRS[char])
        elif waiting and waiting[-1] == char:
            waiting.pop()
        elif not waiting:
            for closing, shape in bracket.closings:
                # the bracket found may be the closing one's first character or, behind a slash, its last
                start = match.start() - (1 if closing[0] in "/\\-" else 0)
                if start >= begin and text.startswith(closing, start):
                    return start, closing, shape
            if len(bracket.opening) == 1 and char == bracket.closings[0][0]:
                return None
    return None


def _first(text: str, bracket: Bracket, begin: int, line_end: int) -> tuple[int, str, str] | None:
    """Find the first closing bracket."""
    found = [(text.find(closing, begin, line_end), closing, shape) for closing, shape in bracket.closings]
    return min((f for f in found if f[0] >= 0), default=None)
