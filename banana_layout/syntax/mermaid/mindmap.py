"""Reads mind maps: indentation makes the tree."""

from __future__ import annotations

import re

from banana_layout.model.flowchart import LabelRun
from banana_layout.model.mindmap import MindMap, MindNode, MindShape
from banana_layout.source import Span
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.labels import LabelKind, read_label
from banana_layout.syntax.mermaid.prepare import Prepared

DEEPEST = 100
"""Most levels of a mind map."""

LONGEST_LABEL = 500
"""Characters within which a bracket over several lines must close, so that a missing one costs no search through all."""

_HEADER = re.compile(r"\s*(mindmap)(?!\w)", re.IGNORECASE)
_LINE = re.compile(r"[^\S\n]*")
_ICON = re.compile(r"::icon\(([^)\n]*)\)")
_CLASS = re.compile(r":::([^\n]*)")
_TEXT = re.compile(r"[^(\[\n){}]*")
_OPENING = re.compile(r"\(\(|\)\)|\{\{|\(-|-\)|\(|\)|\[")
_SHAPES: dict[str, MindShape] = {
    "[": "rect",
    "(": "rounded",
    "((": "circle",
    ")": "cloud",
    "))": "bang",
    "{{": "hexagon",
    "(-": "cloud",
    "-)": "cloud",
}
_CLOSING = re.compile(r"\)\)|\}\}|\(\(|\(-|-\)|\)|\]|\(")
_DESCRIPTION = re.compile(r"(?:[^)\](}-]|-(?!\)))+")
_FITTING = {"[": "]", "(": ")", "((": "))", ")": "(", "))": "((", "{{": "}}", "(-": "-)", "-)": "(-"}


class _Draft:
    """A node so far."""

    __slots__ = ("children", "classes", "icon", "id", "label", "level", "shape", "span")

    def __init__(self, id: str, label: tuple[LabelRun, ...], shape: MindShape, level: int, span: Span) -> None:
        self.id, self.label, self.shape, self.level, self.span = id, label, shape, level, span
        self.icon: str | None = None
        self.classes: tuple[str, ...] = ()
        self.children: list[_Draft] = []


def read_mindmap(prepared: Prepared, findings: Findings) -> MindMap:
    """Return the mind map of a text whose header is `mindmap`."""
    text = prepared.text
    match = _HEADER.match(text)
    if match is None:
        raise findings.error("expected `mindmap`", 0, 1, "begin with a line `mindmap`")
    if match[1] != "mindmap":
        findings.warn(f"Mermaid knows no diagram `{match[1]}`", match.start(1), match.end(), "write `mindmap`")
    path: list[_Draft] = []
    last: _Draft | None = None
    at = match.end()
    while at < len(text):
        blanks = _LINE.match(text, at)
        begin = blanks.end() if blanks is not None else at
        if begin >= len(text) or text[begin] == "\n":
            at = begin + 1
            continue
        extra = _decoration(text, begin, last, findings)
        if extra is not None:
            at = extra
            continue
        last, at = _node(text, begin, begin - at, findings)
        _attach(path, last, findings)
    if not path:
        raise findings.error(
            "a mind map needs a node", match.start(1), match.end(), "write the root on the next line, indented"
        )
    return MindMap(root=_frozen(path[0]), title=prepared.title, span=Span(0, len(text)), settings=prepared.settings)


def _decoration(text: str, begin: int, last: _Draft | None, findings: Findings) -> int | None:
    """Read `::icon(…)` or `:::class` for the node above; return where the line ends, or None for another line."""
    if not text.startswith("::", begin):
        return None
    icon = _ICON.match(text, begin)
    named = _CLASS.match(text, begin)
    found = icon or named
    if found is None:
        return None
    if last is None:
        findings.warn("there is no node above for this", begin, found.end(), "put it on the line behind its node")
    elif icon is not None:
        last.icon = icon[1].strip() or None
    elif named is not None:
        last.classes = tuple(named[1].split())
    end = text.find("\n", found.end())
    return len(text) if end < 0 else end + 1


def _node(text: str, begin: int, level: int, findings: Findings) -> tuple[_Draft, int]:
    """Read a node; return it and where the next line begins."""
    line_end = text.find("\n", begin)
    line_end = len(text) if line_end < 0 else line_end
    head = _TEXT.match(text, begin, line_end)
    after = head.end() if head is not None else begin
    name = text[begin:after]
    if after == line_end:
        label = read_label(name, "markdown", begin, findings)
        return _Draft(name.strip(), label, "plain", level, Span(begin, line_end)), line_end + 1
    if name.endswith("-") and text.startswith(")", after):
        after -= 1
        name = name[:-1]
    shaped = _shaped(text, after, name, findings)
    if shaped is not None:
        label, words, shape, end = shaped
        return _Draft(name.strip() or words, label, shape, level, Span(begin, end)), _line_after(text, end)
    words = text[begin:line_end].strip()
    findings.warn("brackets in plain text", begin, line_end, f'write `id["{words.replace(chr(34), "#quot;")[:60]}"]`')
    return _Draft(
        words, read_label(words, "markdown", begin, findings), "plain", level, Span(begin, line_end)
    ), line_end + 1


def _line_after(text: str, at: int) -> int:
    """Return where the line after an offset begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _shaped(
    text: str, at: int, name: str, findings: Findings
) -> tuple[tuple[LabelRun, ...], str, MindShape, int] | None:
    """Read a bracketed text; return its runs, its words, the shape and where it ends, or None where it is none.

    The closing bracket needs to fit the opening one only loosely, as in Mermaid.
    """
    opening = _OPENING.match(text, at)
    if opening is None or name.endswith((" ", "\t")):
        return None
    begin, kind = opening.end(), "text"
    if text.startswith('"', begin):
        markdown = text.startswith('"`', begin)
        first = begin + (2 if markdown else 1)
        close = text.find('`"' if markdown else '"', first, first + LONGEST_LABEL)
        if close < 0:
            return None
        kind = "markdown" if markdown else "string"
        words, end = text[first:close], close + (2 if markdown else 1)
    else:
        line_end = text.find("\n", begin)
        match = _DESCRIPTION.match(text, begin, max(line_end, begin + LONGEST_LABEL))
        if match is None:
            return None
        words, end = match[0], match.end()
    closing = _CLOSING.match(text, end)
    if closing is None or not words.strip():
        return None
    line_end = text.find("\n", closing.end())
    rest = text[closing.end() : line_end if line_end >= 0 else len(text)]
    if rest.strip():
        if rest.strip().startswith("%%") or rest.lstrip().startswith(":::"):
            findings.warn(
                "this must stand on a line of its own",
                closing.end(),
                closing.end() + len(rest),
                "put a line end before it",
            )
        elif closing[0] != _FITTING[opening[0]] or kind == "text":
            return None
    label_kind: LabelKind = "markdown" if kind != "string" or "*" in words or "_" in words else "string"
    return read_label(words, label_kind, begin, findings), words.strip(), _SHAPES[opening[0]], closing.end()


def _attach(path: list[_Draft], node: _Draft, findings: Findings) -> None:
    """Hang a node on the nearest one above with a smaller indent; `path` leads from the root to the node above."""
    if not path:
        path.append(node)
        return
    while len(path) > 1 and path[-1].level >= node.level:
        path.pop()
    if len(path) == 1 and node.level <= path[0].level:
        findings.warn(
            "a mind map has one root; this one is put below it",
            node.span.start,
            node.span.end,
            "indent it deeper than the root",
        )
    if len(path) >= DEEPEST:
        raise findings.error(f"a mind map has at most {DEEPEST} levels", node.span.start, node.span.end)
    path[-1].children.append(node)
    path.append(node)


def _frozen(draft: _Draft) -> MindNode:
    """Return the finished node with all below it."""
    return MindNode(
        id=draft.id,
        label=draft.label,
        shape=draft.shape,
        icon=draft.icon,
        classes=draft.classes,
        children=tuple(_frozen(child) for child in draft.children),
        span=draft.span,
    )
