"""Kinds of callouts: GitHub's five, and what other tools call theirs."""

from __future__ import annotations

from typing import Literal

from banana_layout.model.inline import AnyInline, Text

CalloutKind = Literal["note", "tip", "important", "warning", "caution"]
"""What a callout is drawn as."""

_SAME: dict[str, CalloutKind] = {
    "note": "note",
    "info": "note",
    "tip": "tip",
    "hint": "tip",
    "important": "important",
    "warning": "warning",
    "attention": "warning",
    "caution": "caution",
    "danger": "caution",
}
"""Names whose meaning the drawn name says."""

_NEAR: dict[str, CalloutKind] = {
    **dict.fromkeys(("abstract", "summary", "tldr", "example", "todo", "seealso"), "note"),
    **dict.fromkeys(("success", "check", "done"), "tip"),
    **dict.fromkeys(("question", "help", "faq"), "important"),
    **dict.fromkeys(("failure", "fail", "missing", "error", "bug"), "caution"),
}
"""Names that stay beside the drawing, as its title."""


def kind_of(name: str) -> CalloutKind | None:
    """Return what a callout of this name is drawn as; None for a name nobody uses."""
    return _SAME.get(name.lower()) or _NEAR.get(name.lower())


def title_of(name: str) -> tuple[AnyInline, ...]:
    """Return the title that says a callout's kind, empty where the drawing says it."""
    plain = name.strip("\"' ")
    return () if not plain or plain.lower() in _SAME else (Text(text=plain[:1].upper() + plain[1:]),)
