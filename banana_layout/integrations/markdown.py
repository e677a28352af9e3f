"""For Python-Markdown: an extension, and a formatter for pymdown-extensions' superfences.

    markdown.markdown(text, extensions=["banana_layout.integrations.markdown"])

    markdown.markdown(text, extensions=["pymdownx.superfences"], extension_configs={"pymdownx.superfences": {
        "custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence},
                          {"name": "banana", "class": "banana", "format": fence}]}})

A fence that cannot be drawn becomes a box that says why, above the text as written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import markdown
from markdown.preprocessors import Preprocessor

from banana_layout.integrations import fence as fences
from banana_layout.source import BananaError, Source

_OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*\{?[ \t]*\.?(?P<name>mermaid|banana)\b[^`]*$")
_BEFORE_FENCED_CODE = 27
"""The standard fences are found at priority 25."""

LOG = logging.getLogger("banana_layout.integrations")


class BananaExtension(markdown.Extension):
    """Draws ```mermaid and ```banana fences, at any indentation."""

    def __init__(self, **configs: Any) -> None:
        """Make the extension; the settings are those of `fence.Look`, and `warn`, which is told what goes wrong."""
        self.config = {
            "theme": ["", "a theme's name"],
            "plain": [False, "exact lines instead of a hand's"],
            "paper": [True, "paper under diagrams"],
            "base": ["", "the folder pictures start from; none where no files may be read"],
            "warn": [LOG.warning, "called with each message"],
            "page": [lambda: ("<markdown>", 0), "returns the page's name and how many lines of its file come before"],
        }
        super().__init__(**configs)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # the name Python-Markdown asks for
        """Add what finds the fences."""
        given = self.getConfigs()
        warn, page = given.pop("warn"), given.pop("page")
        look = fences.Look(given["theme"] or None, given["plain"], given["paper"], given["base"] or None)
        md.preprocessors.register(_Fences(md, look, warn, page), "banana", _BEFORE_FENCED_CODE)


class _Fences(Preprocessor):
    """Replaces fences by finished HTML."""

    def __init__(
        self,
        md: markdown.Markdown,
        look: fences.Look,
        warn: Callable[[str], None],
        page: Callable[[], tuple[str, int]],
    ) -> None:
        super().__init__(md)
        self._look = look
        self._warn = warn
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with each fence of ours as a stash's placeholder; other fences are passed over whole."""
        out: list[str] = []
        at = 0
        while at < len(lines):
            other = re.match(r"^[ \t]*(`{3,}|~{3,})", lines[at])
            end = _end(lines, at, other[1]) if other else None
            if other is None or end is None:
                out.append(lines[at])
                at += 1
                continue
            opening = _OPENING.match(lines[at])
            text = "\n".join(lines[at + 1 : end])
            if opening is not None and fences.is_drawn(opening["name"], text):
                indent = opening["indent"]
                body = "\n".join(line.removeprefix(indent) for line in lines[at + 1 : end])
                made = self._drawn(opening["name"], body, lines, at + 1, len(indent))
                out += ["", indent + self.md.htmlStash.store(made), ""]
            else:
                out += lines[at : end + 1]
            at = end + 1
        return out

    def _drawn(self, name: str, body: str, lines: list[str], first: int, indent: int) -> str:
        """Return a fence's HTML; what is wrong in it is told with its place on the page."""
        try:
            return fences.html(name, body, self._look)
        except BananaError as error:
            page, before = self._page()
            source = Source(page, "\n" * before + "\n".join(lines))
            told = fences.placed(error, source, before + first + 1, indent)
            self._warn(str(told))
            return fences.error_html(body, told)


def fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Any, **given: Any) -> str:
    """Draw a fence for pymdownx.superfences; `theme` and `plain` may stand in the fence's header."""
    look = fences.Look(theme=options.get("theme"), plain=bool(options.get("plain")))
    if not fences.is_drawn(language, source):
        from html import escape

        return f'<pre class="{escape(css_class)}"><code>{escape(source)}</code></pre>'
    try:
        return fences.html(language, source, look)
    except BananaError as error:
        told = fences.told(error, Source("<markdown>", "\n".join(md.lines)), source)
        LOG.warning("%s", told)
        return fences.error_html(source, told)


def validator(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any) -> bool:
    """Take `theme` and `plain` from a fence's header; anything else makes it an ordinary fence."""
    for key, value in inputs.items():
        if key not in ("theme", "plain"):
            return False
        options[key] = value if key == "theme" else value.lower() not in ("false", "0", "no")
    return True


def makeExtension(**given: Any) -> BananaExtension:  # noqa: N802  # the name Python-Markdown asks for
    """Return the extension."""
    return BananaExtension(**given)


def _end(lines: list[str], start: int, mark: str) -> int | None:
    """Return the line that closes a fence; None where nothing does."""
    closing = re.compile(rf"^[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    return next((i for i in range(start + 1, len(lines)) if closing.match(lines[i])), None)
