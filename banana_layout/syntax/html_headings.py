"""Headings written in HTML, as READMEs have them: they begin sheets and panels like those written with `#`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from banana_layout.syntax.html_tags import TAG, without_comments
from banana_layout.syntax.places import Page

if TYPE_CHECKING:
    from markdown_it.token import Token

_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = ("table", "ul", "ol", "pre", "dl")
"""What a heading in these begins no panel."""


def with_headings(page: Page, tokens: list[Token]) -> list[Token]:
    """Return block tokens in which headings written in HTML outside lists and tables stand as headings."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "html_block" and token.level == 0 and "<h" in token.content.lower():
            out += _parted(page, token)
        else:
            out.append(token)
    return out


def _parted(page: Page, token: Token) -> list[Token]:
    """Return an HTML block as what stands before, between and after its headings."""
    first, last = token.map or [0, 1]
    start, end = page.starts[first], page.ends[min(last, len(page.ends)) - 1]
    text = without_comments(page.text[start:end])
    out: list[Token] = []
    at = 0
    for level, opening, closing in _headings(text):
        inner = text[opening.end() : closing.start()]
        words = TAG.sub(_without_pictures, inner)
        if not words.strip():
            continue
        out += _between(token, (start + at, start + opening.start()))
        line = first + text.count("\n", 0, opening.end()) + words[: len(words) - len(words.lstrip())].count("\n")
        body = "\n".join(part.strip() for part in words.strip().split("\n"))
        out += _heading(token, level, body, line)
        for picture in TAG.finditer(inner):
            if picture[2].lower() == "img":
                place = start + opening.end()
                out += _between(token, (place + picture.start(), place + picture.end()))
        at = closing.end()
    if not out:
        return [token]
    return [*out, *_between(token, (start + at, end))]


def _headings(text: str) -> list[tuple[int, re.Match[str], re.Match[str]]]:
    """Return the headings outside lists and tables: level, opening tag, closing tag."""
    out = []
    inside = 0
    opening: re.Match[str] | None = None
    for tag in TAG.finditer(text):
        name, closing = tag[2].lower(), bool(tag[1])
        if name in _BOXES:
            inside = max(0, inside + (-1 if closing else 1))
        elif name in _LEVELS and not closing:
            opening = tag if inside == 0 else None
        elif name in _LEVELS and opening is not None and opening[2].lower() == name:
            out.append((int(name[1]), opening, tag))
            opening = None
    return out


def _without_pictures(tag: re.Match[str]) -> str:
    """Return a tag of a heading, or blanks for a picture or a line break."""
    return " " * len(tag[0]) if tag[2].lower() in ("img", "br") else tag[0]


def _between(token: Token, place: tuple[int, int]) -> list[Token]:
    """Return the stretch of an HTML block as one of its own."""
    return [token.copy(meta={**token.meta, "place": place})] if place[1] > place[0] else []


def _heading(token: Token, level: int, body: str, line: int) -> list[Token]:
    """Return the three tokens of a heading."""
    lines = [line, line + body.count("\n") + 1]
    opening = token.copy(type="heading_open", tag=f"h{level}", nesting=1, map=lines, content="")
    inline = token.copy(type="inline", tag="", map=lines, content=body, level=token.level + 1, children=[])
    return [opening, inline, token.copy(type="heading_close", tag=f"h{level}", nesting=-1, map=lines, content="")]
