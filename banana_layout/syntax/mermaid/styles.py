"""Reads what `style`, `classDef`, `class`, `linkStyle` and `click` say."""

from __future__ import annotations

import re

from banana_layout.model.target import target
from banana_layout.source import Span
from banana_layout.syntax.mermaid.builder import MOST_PROPERTIES, Properties, merged
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.labels import decode
from banana_layout.syntax.mermaid.reader import Reader

_COMMA = re.compile(r"\\?,|[()]|[\"']")
_NAMES = re.compile(r"[^\s,;]+(?:[^\S\n]*,[^\S\n]*[^\s,;]+)*")
_CLASS = re.compile(r"[^\S\n]+([^\s;]+)")
_INTERPOLATE = re.compile(r"[^\S\n]*interpolate[^\S\n]+(\w+)")
_LINKS = re.compile(r"default|\d+(?:[^\S\n]*,[^\S\n]*\d+)*")
_CLICK_TEXT = re.compile(r'"([^"]*)"')
_TARGET = re.compile(r"(_self|_blank|_parent|_top)\b")
_CALL = re.compile(r"(?:call[^\S\n]+)?[^\s\"();]+(?:\([^)\n]*\))?")
_HEX_END = re.compile(r"#\w+$")


def statement_end(reader: Reader, at: int) -> int:
    """Return where a statement of styles ends: at the line's end or a `;` outside brackets and quotes."""
    line_end = reader.line_end(at)
    end = reader.text.find(";", at, line_end)
    if end < 0:
        return line_end
    if reader.text[end + 1 : line_end].strip(" \t;") and _HEX_END.search(reader.text[max(at, end - 12) : end]):
        reader.findings.warn(
            "Mermaid takes a colour and the `;` behind it for a character's name",
            end,
            end + 1,
            "write a line end there",
        )
    return end


def read_properties(text: str, at: int, findings: Findings) -> Properties:
    """Return the properties of `fill:#f9f,stroke:#333`; commas in brackets and escaped ones do not part them."""
    pieces: list[str] = []
    depth = begin = 0
    brackets = False
    for match in _COMMA.finditer(text):
        char = match[0]
        if char == "," and depth == 0:
            pieces.append(text[begin : match.start()])
            begin = match.end()
        elif char in "()":
            depth = depth + 1 if char == "(" else max(0, depth - 1)
            brackets = True
        elif char in "\"'":
            brackets = True
    pieces.append(text[begin:])
    if brackets:
        findings.warn("Mermaid refuses brackets and quotes in styles", at, at + len(text), "write colours as `#rrggbb`")
    found: list[tuple[str, str]] = []
    for i, piece in enumerate(pieces):
        name, colon, value = piece.partition(":")
        if colon and name.strip():
            found.append((name.strip(), value.replace("\\,", ",").strip()))
        elif piece.strip():
            findings.warn(f"`{piece.strip()[:40]}` is no style", at, at + len(text), "write `name:value`")
        elif i and i == len(pieces) - 1:
            findings.warn("a comma at the end of the styles", at + len(text) - 1, at + len(text), "leave it out")
    if len(found) > MOST_PROPERTIES:
        findings.warn(f"more than {MOST_PROPERTIES} styles at once; the others are left out", at, at + len(text))
    return tuple(found[:MOST_PROPERTIES])


def read_style(reader: Reader, at: int) -> int:
    """Read behind `style `; return where the statement ends."""
    names, at = _names(reader, at, "style")
    if len(names) > 1:
        span = names[0][1]
        hint = f"write one `style` for each, or `classDef` and `class {names[0][0]},{names[1][0]} …`"
        reader.findings.warn("Mermaid takes the names behind `style` for one id", span.start, span.end, hint)
    end = statement_end(reader, at)
    style = read_properties(reader.text[at:end], at, reader.findings)
    for name, span in names:
        reader.builder.restyle(name, "", style, span)
    return end


def read_class_def(reader: Reader, at: int) -> int:
    """Read behind `classDef `; return where the statement ends."""
    names, at = _names(reader, at, "classDef")
    end = statement_end(reader, at)
    style = read_properties(reader.text[at:end], at, reader.findings)
    for name, _ in names:
        reader.builder.class_styles[name] = merged(reader.builder.class_styles.get(name, ()), style)
    return end


def read_class(reader: Reader, at: int) -> int:
    """Read behind `class `; return where the statement ends."""
    names, at = _names(reader, at, "class")
    match = _CLASS.match(reader.text, at)
    if match is None:
        raise reader.findings.error("expected a class name", at, at + 1, "write `class A,B name`")
    for name, span in names:
        for one in filter(None, match[1].split(",")):
            reader.builder.restyle(name, one, (), span)
    return match.end()


def read_link_style(reader: Reader, at: int) -> int:
    """Read behind `linkStyle `; return where the statement ends."""
    text, builder, findings = reader.text, reader.builder, reader.findings
    match = _LINKS.match(text, at)
    if match is None:
        raise findings.error("expected numbers of edges or `default`", at, at + 1, "write `linkStyle 0,1 stroke:red`")
    if re.search(r"\s", match[0]):
        findings.warn(
            "blanks in a list of edges", at, match.end(), f"write `linkStyle {re.sub(r'[ 	]', '', match[0])}`"
        )
    end = statement_end(reader, match.end())
    curve = _INTERPOLATE.match(text, match.end())
    begin = curve.end() if curve is not None else match.end()
    style = read_properties(text[begin:end], begin, findings) if text[begin:end].strip() else ()
    extra = (("interpolate", curve[1]),) if curve is not None else ()
    if match[0] == "default":
        builder.edge_default = merged(builder.edge_default, style + extra)
        return end
    for number in dict.fromkeys(match[0].split(",")):
        place = int(number) if len(number.strip()) < 9 else len(builder.edges)
        if place < len(builder.edges):
            builder.edges[place].style = merged(builder.edges[place].style, style)
            if curve is not None:
                builder.edges[place].data["curve"] = curve[1]
        else:
            findings.warn(
                f"there is no edge number {number.strip()[:12]} yet: edges count from 0, and there are {len(builder.edges)}",
                at,
                match.end(),
                "put `linkStyle` behind the edges it means",
            )
    return end


def read_click(reader: Reader, at: int) -> int:
    """Read behind `click `; return where the statement ends."""
    text, findings = reader.text, reader.findings
    names, at = _names(reader, at, "click")
    at = reader.blanks(at)
    start = at
    link: str | None = None
    if text.startswith("href", at) and text[at + 4 : at + 5].isspace():
        at = reader.blanks(at + 4)
    quoted = _CLICK_TEXT.match(text, at)
    if quoted is not None:
        link = safe_link(quoted[1], quoted.start(), quoted.end(), findings)
        at = quoted.end()
    else:
        call = _CALL.match(text, at)
        if call is None:
            raise findings.error("expected a link or a function", at, at + 1, 'write `click A "https://…" "tip"`')
        findings.note("a call of a script function has no effect here", start, call.end())
        at = call.end()
    tip = _CLICK_TEXT.match(text, reader.blanks(at))
    at = tip.end() if tip is not None else at
    window = _TARGET.match(text, reader.blanks(at))
    at = window.end() if window is not None else at
    for name, span in names:
        reader.builder.click(name, link, decode(tip[1]) if tip is not None else "", span)
    return at


def safe_link(url: str, start: int, end: int, findings: Findings) -> str | None:
    """Return a link that may be followed; None, with a warning, for any other."""
    found = target(decode(url))
    if found.url:
        return found.url
    findings.warn(
        f"the link is left out: {found.reason}", start, end, "links begin with https://, http://, mailto: or #"
    )
    return None


def _names(reader: Reader, at: int, keyword: str) -> tuple[list[tuple[str, Span]], int]:
    """Return the names of a comma list and where it ends; blanks after a comma are forgiven."""
    match = _NAMES.match(reader.text, at)
    if match is None:
        raise reader.findings.error(f"expected a name after `{keyword}`", at, at + 1, f"write `{keyword} A …`")
    if re.search(r"\s", match[0]):
        tidy = re.sub(r"\s*,\s*", ",", match[0])
        reader.findings.warn("blanks in a list of names", at, match.end(), f"write `{keyword} {tidy[:60]} …`")
    span = Span(match.start(), match.end())
    return [(name.strip(), span) for name in match[0].split(",") if name.strip()], match.end()
