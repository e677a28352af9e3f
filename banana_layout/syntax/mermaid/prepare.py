"""Takes front matter, directives and comments out of a diagram's text without moving anything else.

Mermaid cuts these out and parses what is left. Here they are overwritten with blanks instead, so that every offset in
what is left is an offset in the author's text.
"""

from __future__ import annotations

import re

import msgspec

from banana_layout.syntax.mermaid.config import read_directive, read_front_matter
from banana_layout.syntax.mermaid.findings import Findings

_FRONT_MATTER = re.compile(r"\s*?([ \t]*)---[ \t]*\n")
_CLOSING = re.compile(r"^([ \t]*)---[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"^[^\S\n]*%%(?!\{)([^\n]*)", re.MULTILINE)
_DIRECTIVE = re.compile(r"%%\{[ \t\n]*\w")
_TAG = re.compile(r"<\w")
_ATTRIBUTE = re.compile(r'="([^"]*)"')
_NOT_NEWLINE = re.compile(r"[^\n]")


class Prepared(msgspec.Struct, frozen=True):
    """A diagram's text, ready for the grammar."""

    text: str
    """As long as the source's text; what the grammar must not see is blank."""
    title: str = ""
    """From the front matter."""
    settings: tuple[tuple[str, str], ...] = ()
    """Configuration as dotted key and value, later ones winning."""
    keep: bool = False
    """Whether a comment `%% keep` or the setting `direction: keep` or `fit: keep` stands in it."""


def prepare(text: str, findings: Findings) -> Prepared:
    """Return the text for the grammar and what the parts around it say."""
    text = text.replace("\r\n", " \n").replace("\r", "\n").replace("\ufeff", " ")
    title, settings = "", []
    front = _front_matter(text, findings)
    if front is not None:
        end, title, found = front
        settings += found
        text = _blank(text, 0, end)
    text = _single_quotes(text)
    text, found = _directives(text, findings)
    settings += found
    keep = any(key in ("direction", "fit") and value == "keep" for key, value in settings)
    for match in _COMMENT.finditer(text):
        keep = keep or match[1].strip() == "keep"
    text = _COMMENT.sub(lambda match: " " * len(match[0]), text)
    return Prepared(text, title, tuple(settings), keep)


def _front_matter(text: str, findings: Findings) -> tuple[int, str, list[tuple[str, str]]] | None:
    """Return where the front matter ends, its title and its settings; None where there is none."""
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return None
    if opening.start(1) > 0:
        findings.warn("blank lines above the front matter", 0, 1, "begin the text with `---`")
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        raise findings.error(
            "the front matter is never closed", opening.start(1), opening.end() - 1, "end it with a line `---`"
        )
    if closing[1] != opening[1]:
        findings.warn(
            "the closing `---` of the front matter has another indent than the opening one",
            closing.start(1),
            closing.end(),
            "Mermaid wants both at the start of their lines",
        )
    title, settings = read_front_matter(text[opening.end() : closing.start()], opening.end(), findings)
    return closing.end(), title, settings


def _directives(text: str, findings: Findings) -> tuple[str, list[tuple[str, str]]]:
    """Blank out the directives; return the text and their settings."""
    settings: list[tuple[str, str]] = []
    pieces: list[str] = []
    at = 0
    while (match := _DIRECTIVE.search(text, at)) is not None:
        start = match.start()
        close = text.find("}%%", start)
        if close < 0:
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            findings.warn("a directive is never closed", start, end, "end it with `}%%`")
        else:
            end = close + 3
            settings += read_directive(text[start + 3 : close], start, end, findings)
        pieces += (text[at:start], _NOT_NEWLINE.sub(" ", text[start:end]))
        at = end
    return "".join([*pieces, text[at:]]), settings


def _single_quotes(text: str) -> str:
    """Turn `="x"` into `='x'` within HTML tags, so that the quotes do not end a label."""
    if '="' not in text:
        return text
    pieces: list[str] = []
    at = 0
    while (match := _TAG.search(text, at)) is not None:
        close = text.find(">", match.end())
        if close < 0:
            break
        pieces += (text[at : match.start()], _ATTRIBUTE.sub(r"='\1'", text[match.start() : close]))
        at = close
    return "".join([*pieces, text[at:]])


def _blank(text: str, start: int, end: int) -> str:
    """Return the text with a stretch overwritten, line ends kept."""
    return text[:start] + _NOT_NEWLINE.sub(" ", text[start:end]) + text[end:]
