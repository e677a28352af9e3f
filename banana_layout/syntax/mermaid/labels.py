"""Turns a label's text into runs: entities, HTML tags, Markdown marks, icons and line ends."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Literal

from banana_layout.model.flowchart import LabelRun, Weight
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.icons import symbol

LabelKind = Literal["text", "string", "markdown"]
"""Mermaid's label types: bare, quoted, and quoted with backticks."""

_SPECIAL = re.compile(r"[&#<\\\n\t*_`]|\bfa[bklrs]?:|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<!--[^<>]*-->|<(/?)([A-Za-z][\w-]*)([^<>]*)>")
_ENTITY = re.compile(r"&#(\d{1,7});|&#[xX]([0-9a-fA-F]{1,6});|[&#](\w{1,32});")
_ICON = re.compile(r"\bfa[bklrs]?:fa-([\w-]+)")
_MARK = re.compile(r"\\[*_\\`]|\*+|_+")
_BLANK_LINE_ENDS = re.compile(r"[ \t]*\n[ \t]*")
_LINE_ENDS = re.compile(r"\n{2,}")

_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC = frozenset(["i", "em", "cite", "var", "dfn"])
_SEPARATE = frozenset(
    ["p", "div", "li", "ul", "ol", "tr", "table", "center", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]
)
_HIDDEN = frozenset(["style", "script", "template"])
_KNOWN = (
    _BOLD
    | _ITALIC
    | _SEPARATE
    | _HIDDEN
    | frozenset(
        [
            "a",
            "abbr",
            "audio",
            "br",
            "button",
            "code",
            "del",
            "details",
            "font",
            "hr",
            "iframe",
            "img",
            "input",
            "ins",
            "kbd",
            "label",
            "mark",
            "path",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "sub",
            "summary",
            "sup",
            "svg",
            "tbody",
            "td",
            "tfoot",
            "thead",
            "tt",
            "u",
            "video",
            "wbr",
            "foreignobject",
            "marquee",
            "object",
            "embed",
            "form",
            "select",
            "option",
            "textarea",
            "canvas",
            "picture",
            "source",
            "math",
            "g",
            "circle",
            "rect",
            "line",
            "text",
            "body",
            "html",
            "head",
            "meta",
            "link",
            "title",
            "base",
            "section",
            "article",
            "header",
            "footer",
            "nav",
            "main",
            "figure",
            "figcaption",
            "dl",
            "dt",
            "dd",
            "bdi",
            "bdo",
            "big",
        ]
    )
)

_WEIGHTS: dict[tuple[bool, bool], Weight] = {
    (False, False): "plain",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold_italic",
}

_Piece = tuple[str, bool, bool, str]
"""Text, bold, italic, and how the author wrote it where that differs."""


def read_label(text: str, kind: LabelKind, at: int, findings: Findings) -> tuple[LabelRun, ...]:
    """Return a label's runs; empty for a blank one. `at` is where it stands, for warnings."""
    if _SPECIAL.search(text) is None:
        text = text.strip()
        return (LabelRun(text),) if text else ()
    text = text.strip()
    if kind != "markdown" and "\\n" in text:
        text = text.replace("\\n", "\n")
    pieces = _tags(text, at, findings)
    if kind == "markdown":
        pieces = _marks(pieces)
    out: list[_Piece] = []
    for piece in pieces:
        out += _icons(piece, at, findings)
    return _runs([p if p[3] else (decode(p[0]), *p[1:]) for p in out], kind == "markdown")


def decode(text: str) -> str:
    """Resolve `#name;`, `#35;`, `&name;` and `&#35;`, and drop what no file may hold."""
    if "#" in text or "&" in text:
        text = _ENTITY.sub(_character, text)
    return _UNPRINTABLE.sub("", text)


def _character(match: re.Match[str]) -> str:
    """Return what an entity stands for; unknown ones as written."""
    name = match[3]
    if name is not None and not name.isdecimal():
        return html5.get(f"{name};", match[0])
    code = int(match[2], 16) if match[2] else int(match[1] or name)
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return chr(code)


def _tags(text: str, at: int, findings: Findings) -> list[_Piece]:
    """Split at HTML tags: breaks become line ends, bold and italic are kept, the other tags go."""
    pieces: list[_Piece] = []
    bold = italic = 0
    end = 0
    lowered = ""
    for match in _TAG.finditer(text):
        if match.start() < end:
            continue
        name = (match[2] or "").lower()
        if name and name not in _KNOWN:
            findings.warn(
                f"Mermaid takes `{match[0][:40]}` for an unknown HTML tag and hides it; here it stays text",
                at,
                at + len(text),
                f"write `#lt;{(match[1] + match[2] + match[3])[:40]}#gt;`",
            )
            continue
        if match.start() > end:
            pieces.append((text[end : match.start()], bold > 0, italic > 0, ""))
        end = match.end()
        closing = match[1] == "/"
        if name in {"br", "hr"} or (name in _SEPARATE and pieces and not pieces[-1][0].endswith("\n")):
            pieces.append(("\n", False, False, ""))
        if name in _BOLD:
            bold = max(0, bold + (-1 if closing else 1))
        elif name in _ITALIC:
            italic = max(0, italic + (-1 if closing else 1))
        elif name in _HIDDEN and not closing:
            lowered = lowered or text.lower()
            close = lowered.find(f"</{name}", end)
            end = len(text) if close < 0 else close
    if end < len(text):
        pieces.append((text[end:], bold > 0, italic > 0, ""))
    return pieces


def _marks(pieces: list[_Piece]) -> list[_Piece]:
    """Resolve `**`, `__`, `*` and `_` of Markdown strings across the pieces."""
    tokens: list[list[object]] = []
    opened: list[int] = []
    for text, bold, italic, _ in pieces:
        end = 0
        for match in _MARK.finditer(text):
            if match.start() > end:
                tokens.append([text[end : match.start()], bold, italic, 0, False])
            end = match.end()
            mark = match[0]
            tokens.append([mark[1:] if mark[0] == "\\" else mark, bold, italic, 0, False])
            if mark[0] == "\\" or len(mark) > 3:
                continue
            before = text[match.start() - 1] if match.start() else " "
            after = text[end] if end < len(text) else " "
            _delimit(tokens, opened, mark, before, after)
        if end < len(text):
            tokens.append([text[end:], bold, italic, 0, False])
    return _weigh(tokens)


def _delimit(tokens: list[list[object]], opened: list[int], mark: str, before: str, after: str) -> None:
    """Pair the mark just added with an open one, or open it (CommonMark's flanking rule, simplified)."""
    closes, opens = not before.isspace(), not after.isspace()
    if mark[0] == "_":
        closes, opens = closes and not after.isalnum(), opens and not before.isalnum()
    here = len(tokens) - 1
    if closes:
        left = len(mark)
        while left and opened:
            top = tokens[opened[-1]]
            if str(top[0])[0] != mark[0] or len(str(top[0])) > left:
                break
            size = len(str(top[0]))
            top[3], top[4] = size, True
            left -= size
            opened.pop()
            tokens.append(["", tokens[here][1], tokens[here][2], -size, True])
        if left < len(mark):
            tokens[here][0] = mark[:left]
            return
    if opens:
        opened.append(here)


def _weigh(tokens: list[list[object]]) -> list[_Piece]:
    """Turn paired marks into weights; unpaired ones are text."""
    out: list[_Piece] = []
    bold = italic = 0
    for text, b, i, size, paired in tokens:
        if paired and isinstance(size, int):
            step = 1 if size > 0 else -1
            bold += step if abs(size) >= 2 else 0
            italic += step if abs(size) in (1, 3) else 0
        elif text:
            out.append((str(text), bool(b) or bold > 0, bool(i) or italic > 0, ""))
    return out


def _icons(piece: _Piece, at: int, findings: Findings) -> list[_Piece]:
    """Replace icons such as `fa:fa-car` by their emoji; one without is left out with a note."""
    text, bold, italic, _ = piece
    if "fa" not in text or ":fa-" not in text:
        return [piece]
    out: list[_Piece] = []
    end = 0
    for match in _ICON.finditer(text):
        drawn = symbol(match[1])
        if drawn is None:
            findings.note(f"there is no picture for the icon `{match[0]}`; it is left out", at, at)
        out.append((text[end : match.start()], bold, italic, ""))
        end = match.end()
        written = match[0]
        if drawn is None and text[end : end + 1] == " ":
            written, end = f"{written} ", end + 1
        out.append((drawn or "", bold, italic, written))
    return [p for p in [*out, (text[end:], bold, italic, "")] if p[0] or p[3]]


def _runs(pieces: list[_Piece], markdown: bool) -> tuple[LabelRun, ...]:
    """Join pieces of equal weight and tidy the blanks around line ends."""
    merged: list[LabelRun] = []
    for text, bold, italic, written in pieces:
        weight = _WEIGHTS[bold, italic]
        last = merged[-1] if merged else None
        if last is not None and not written and not last.written and last.weight == weight:
            merged[-1] = LabelRun(last.text + text, last.weight)
        else:
            merged.append(LabelRun(text, weight, written))
    out: list[LabelRun] = []
    for run in merged:
        text = run.text
        if "\n" in text or "\t" in text:
            text = _BLANK_LINE_ENDS.sub("\n", text.replace("\t", " "))
            text = _LINE_ENDS.sub("\n", text) if markdown else text
        if out and out[-1].text.endswith("\n"):
            text = text.lstrip(" ") if not markdown else text.lstrip(" \n")
        out.append(LabelRun(text, run.weight, run.written))
    return _stripped(out)


def _stripped(runs: list[LabelRun]) -> tuple[LabelRun, ...]:
    """Return the runs without blanks at either end."""
    while runs and not runs[0].written and not runs[0].text.strip():
        del runs[0]
    while runs and not runs[-1].written and not runs[-1].text.strip():
        del runs[-1]
    if runs:
        runs[0] = LabelRun(runs[0].text.lstrip(), runs[0].weight, runs[0].written)
        runs[-1] = LabelRun(runs[-1].text.rstrip(), runs[-1].weight, runs[-1].written)
    return tuple(runs)
