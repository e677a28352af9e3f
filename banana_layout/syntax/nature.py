"""Tells briefs from sheets before the readers of either are imported."""

from __future__ import annotations

import re

_LAYOUT_LIST = re.compile(r"\A\ufeff?---[ \t]*\n(?:.*\n)*?layout[ \t]*:[ \t]*(?:\n[ \t]*-|\[)")


def is_brief(text: str) -> bool:
    """Tell whether a text is a brief: it holds a wireframe, and its front matter no layout of its own."""
    if _has_layout(text):
        return False
    from banana_layout.syntax.wireframe import find

    return find(text) is not None


def _has_layout(text: str) -> bool:
    """Tell whether the front matter has a layout that is a list."""
    end = text.find("\n---", 3) if text.lstrip("\ufeff").startswith("---") else -1
    return end > 0 and _LAYOUT_LIST.match(text[: end + 4]) is not None
