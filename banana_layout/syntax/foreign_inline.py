"""Inline marks of other tools as rules of the parser: template tags, links between notes, formulas between dollars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline.state_inline import StateInline

_TAG = re.compile(
    r"\{%-?[ \t]*comment[ \t]*-?%\}[^\n]*?endcomment[^\n]*?%\}|\{\{[-~]?[<%]?[ \t]*[\w.$\"'(/][^{}\n]*\}\}|\{\{[<%][^\n]*?[>%]\}\}|\{%[^\n]*?%\}|\{:[ \t]*[.#\w][^{}\n]*\}"
)
_NOTE = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\](?![(\[])")
_FORMULA = re.compile(r"\$(?![\s$])([^$\n`]*[^\s$\\`])\$(?![\d$])")
_BRACKETED = re.compile(r"\\\((.+?)\\\)|\\\[(?=\s)(.+?)\\\]|\$\$(?!\$)(.+?)\$\$", re.DOTALL)
_MARKED = re.compile(r"[\\^_{}=]")
_TEX = re.compile(
    r"[\\^_={}<>]|^[A-Za-z]$|^(?=[^A-Za-z]*[A-Za-z])(?!.*[A-Za-z]{3})[\w\s+*/().,|!'-]*[+*/(-][\w\s+*/().,|!'-]*$",
    re.ASCII,
)
"""What prices and sums of money do not have."""
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp)\Z", re.IGNORECASE)
LONGEST = 1_000
"""A tag, a link between notes or a formula is at most this long."""


def template_tag(state: StateInline, silent: bool) -> bool:
    """Read `{{ … }}`, `{% … %}`, `{{< … >}}` or `{: … }`: a tag other tools fill in."""
    found = _TAG.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST))
    if found is None:
        return False
    if not silent:
        state.push("template_tag", "", 0).content = found[0]
    state.pos = found.end()
    return True


def note_link(state: StateInline, silent: bool) -> bool:
    """Read `[[Note]]`, `[[Note|words]]` and the embedded `![[picture.png]]`.

    A name that is a link definition's is left to CommonMark, and so is a footnote's mark.
    """
    found = _NOTE.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST))
    if found is None or found[2].startswith("^") or " ".join(found[2].split()).upper() in state.env["references"]:
        return False
    if not silent:
        embedded, name, words = bool(found[1]), found[2].strip(), (found[3] or "").strip()
        if embedded and _PICTURE.search(name):
            token = state.push("image", "img", 0)
            token.attrs = {"src": name, "alt": ""}
            token.children = []
            token.content = "" if re.fullmatch(r"\d+(?:x\d+)?", words) else words
        else:
            token = state.push("note_link", "", 0)
            token.content = words or name.replace("#", ": ").strip(": ")
            token.info = "embed" if embedded else ""
    state.pos = found.end()
    return True


def bracketed_formula(state: StateInline, silent: bool) -> bool:
    r"""Read `\(x^2\)`, `\[x^2\]` and `$$x^2$$` within a line; escaped brackets round words stay these.

    As programs write it, a blank stands behind `\[`; without one the bracket is escaped.
    """
    found = _BRACKETED.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST))
    if found is None:
        return False
    content = found[1] or found[2] or found[3]
    if not _MARKED.search(content):
        return False
    if not silent:
        state.push("formula", "", 0).content = content
    state.pos = found.end()
    return True


def formula(state: StateInline, silent: bool) -> bool:
    """Read `$x^2$`; between prices there is nothing a formula has, so they stay text."""
    if state.pos and state.src[state.pos - 1].isalnum():
        return False
    found = _FORMULA.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST))
    if found is None or not _TEX.search(found[1]):
        return False
    if not silent:
        state.push("formula", "", 0).content = found[1]
    state.pos = found.end()
    return True
