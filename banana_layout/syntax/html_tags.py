"""HTML tags and comments as text."""

from __future__ import annotations

import html
import re

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
"""A tag: its slash, its name, its attributes."""
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")


def attributes_of(tag: str) -> dict[str, str]:
    """Return a tag's attributes, entities resolved."""
    return {
        found[1].lower(): html.unescape(next((v for v in found.groups()[1:] if v is not None), ""))
        for found in _ATTRIBUTE.finditer(tag)
    }


def without_comments(text: str) -> str:
    """Return HTML of the same length with its comments blanked; one that never ends goes on to the end."""
    out: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0:
        end = text.find("-->", begin + 2)
        end = len(text) if end < 0 else end + 3
        out += (text[at:begin], re.sub(r"[^\n]", " ", text[begin:end]))
        at = end
    return "".join([*out, text[at:]])
