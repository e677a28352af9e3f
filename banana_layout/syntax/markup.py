"""Which inline markup tokens and HTML elements stand for, and the inline a finished piece of markup is."""

from __future__ import annotations

from banana_layout.model.inline import (
    AnyInline,
    Code,
    Emphasis,
    Link,
    Mark,
    Penned,
    Strike,
    Strong,
    Subscript,
    Superscript,
    plain_text,
)
from banana_layout.source import Span

KINDS = {
    "strong_open": "strong",
    "em_open": "em",
    "s_open": "s",
    "mark_open": "mark",
    "link_open": "link",
    "pen_open": "pen",
}
"""Tokens that open markup."""
ELEMENTS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "s",
    "del": "s",
    "strike": "s",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "code",
    "code": "code",
    "samp": "code",
    "tt": "code",
    "a": "link",
}
"""HTML elements that are markup."""
PLAIN = frozenset(
    [
        "wbr",
        "p",
        "div",
        "span",
        "center",
        "section",
        "article",
        "picture",
        "source",
        "figure",
        "figcaption",
        "details",
        "summary",
        "nobr",
    ]
)
"""HTML elements that say nothing but how text is grouped."""


def made(kind: str, children: tuple[AnyInline, ...], span: Span, url: str, title: str) -> AnyInline:
    """Return a finished piece of markup; `url` is a link's target, or the name of a pen."""
    match kind:
        case "strong":
            return Strong(span=span, children=children)
        case "em":
            return Emphasis(span=span, children=children)
        case "s":
            return Strike(span=span, children=children)
        case "mark":
            return Mark(span=span, children=children)
        case "sup":
            return Superscript(span=span, children=children)
        case "sub":
            return Subscript(span=span, children=children)
        case "code":
            return Code(span=span, text=plain_text(children))
        case "pen":
            return Penned(span=span, pen=url, children=children)
        case _:
            return Link(span=span, url=url, children=children, title=title)
