"""The pen an author gives some words: `**word**{pen=blue}`, `==word=={pen=blue}`, `[any words]{pen=blue}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline.state_inline import StateInline

_PEN = re.compile(r"\{[ \t]*pen[ \t]*=[ \t]*(?:\"([^\"\n{}]*)\"|'([^'\n{}]*)'|([^\s\"'{}]+))[ \t]*\}")


def pen_mark(state: StateInline, silent: bool) -> bool:
    """Read `{pen=blue}`; what it stands behind is found by who reads the tokens."""
    found = _PEN.match(state.src, state.pos, min(state.posMax, state.pos + 200))
    if found is None:
        return False
    if not silent:
        state.push("pen_mark", "", 0).content = found[1] or found[2] or found[3] or ""
    state.pos = found.end()
    return True


def penned_words(state: StateInline, silent: bool) -> bool:
    """Read `[words]{pen=blue}`."""
    known = state.env.get("last_pen")
    if (
        known is None or known[0] is not state.src
    ):  # looked for once a text: looking at every bracket would be quadratic
        known = state.env["last_pen"] = (state.src, state.src.rfind("]{"))
    if known[1] < state.pos:
        return False
    from markdown_it.helpers import parseLinkLabel

    start, stop = state.pos, state.posMax
    end = parseLinkLabel(state, start)
    found = _PEN.match(state.src, end + 1, min(stop, end + 201)) if end > start else None
    if found is None:
        return False
    if not silent:
        state.push("pen_open", "", 1).content = found[1] or found[2] or found[3] or ""
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("pen_close", "", -1)
    state.pos, state.posMax = found.end(), stop
    return True
