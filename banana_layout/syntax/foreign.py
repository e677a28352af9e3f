"""What other tools leave in Markdown that says nothing on a page: template tags, attribute lines, comments of note programs.

The text is blanked or rewritten in place: it keeps its length, so every place found in it is a place in the source.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.source import Span

_FENCE = re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})")
_TAG = r"\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?!\}\}).)*\}\}"
_ALONE = re.compile(rf"[ \t]*(?:(?:{_TAG}|\{{:[^}}\n]*\}})[ \t]*)+")
_OUTPUT_ALONE = re.compile(r"[ \t]*\{\{[^{}\n]*\}\}[ \t]*")
_CODE_OPENS = re.compile(r"[ \t]*\{(?:%-?|\{[<%])[ \t]*highlight[ \t]+[\"']?([\w+#-]*).*?(?:%\}|[>%]\}\})[ \t]*")
_CODE_ENDS = re.compile(r"[ \t]*\{(?:%-?[ \t]*endhighlight|\{[<%][ \t]*/[ \t]*highlight)[ \t]*(?:-?%\}|[>%]\}\})[ \t]*")
_RAW = re.compile(r"\{%-?[ \t]*(raw|endraw|comment|endcomment)[ \t]*-?%\}")
_BARE = re.compile(r"[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|--8<--.*)[ \t]*", re.IGNORECASE)
_TAB = re.compile(r"([ \t]*)===(?=\+?!?[ \t]+\"[^\"\n]+\"[ \t]*$)")
_ANCHOR = re.compile(r"(?<=\S)[ \t]+\^[A-Za-z][\w-]{2,}[ \t]*$")
_TARGET = re.compile(r"(`+)(?:(?!\1).)+\1|(?<=\]\()([^()\n]*(?:\{\{|\{%)[^()\n]*)(?=\))")
_QUOTED = re.compile(r"[\"']([^\"'\s]+)[\"']")
_OUTPUT = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}")
_LONGEST_LINE = 20_000
"""In a longer line link targets are left as they are."""


class Cleaned(NamedTuple):
    """A text without other tools' marks."""

    text: str
    """As long as it was, with as many lines."""
    tags: tuple[Span, ...] = ()
    """Template tags and attribute lines left out, each where it stood."""
    comments: tuple[Span, ...] = ()
    """Comments and lists of contents left out."""


def cleaned(text: str) -> Cleaned:
    """Return a text without lines that say nothing on a page; `{% highlight %}` becomes a fence.

    Lines in fences stay, and so do lines between `{% raw %}` and `{% endraw %}`: there the marks are what the text is about.
    """
    marks = ("{%", "{:", "{{", "%%", "===", "^", "[TOC]", "[toc]", "--8<--", "_TOC_", "[[")
    if not any(mark in text for mark in marks):
        return Cleaned(text)
    return _Walk(text).cleaned()


class _Walk:
    """Goes through a text line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._tags: list[Span] = []
        self._comments: list[Span] = []
        self._fence = ""
        self._state = ""

    def cleaned(self) -> Cleaned:
        """Return what is left."""
        at = 0
        for line in self._text.split("\n"):
            self._out.append(self._line(line, at))
            at += len(line) + 1
        return Cleaned("\n".join(self._out), tuple(self._tags), tuple(self._comments))

    def _line(self, line: str, at: int) -> str:
        """Return one line as it goes on."""
        if self._state:
            return self._inside(line, at)
        mark = _FENCE.match(line)
        if mark and not self._fence:
            self._fence = mark[1]
        elif mark and mark[1].startswith(self._fence):
            self._fence = ""
        elif not self._fence:
            return self._text_line(line, at)
        return line

    def _text_line(self, line: str, at: int) -> str:
        """Return a line outside code."""
        if "{" in line:
            opening = _CODE_OPENS.fullmatch(line)
            if opening is not None:
                self._state = "highlight"
                return _padded("~~~~" + opening[1], line)
            if "{%" in line and _RAW.search(line):
                return self._raw(line, at)
            if _ALONE.fullmatch(line) or _OUTPUT_ALONE.fullmatch(line):
                return self._blank(line, at, self._tags)
            if "](" in line and len(line) <= _LONGEST_LINE:
                line = _TARGET.sub(_plain_target, line)
        stripped = line.strip()
        if stripped.startswith("%%"):
            self._state = "" if len(stripped) > 3 and stripped.endswith("%%") else "%%"
            return self._blank(line, at, self._comments)
        if _BARE.fullmatch(line):
            return self._blank(line, at, self._comments)
        if stripped.startswith("==="):
            return _TAB.sub(r"\1!!!", line)
        if "^" in line and (anchor := _ANCHOR.search(line)):
            self._comments.append(Span(at + anchor.start(), at + anchor.end()))
            return _padded(line[: anchor.start()], line)
        return line

    def _raw(self, line: str, at: int) -> str:
        """Return a line with `{% raw %}` in it: what is raw is shielded; the tags themselves the inline reader leaves out."""
        out: list[str] = []
        begin, raw = 0, self._state == "raw"
        for tag in _RAW.finditer(line):
            if tag[1] == "comment" and not raw:
                if line.find("endcomment", tag.end()) < 0:
                    self._state = "comment"
                    self._tags.append(Span(at + tag.start(), at + len(line)))
                    return "".join(out) + line[begin : tag.start()] + " " * (len(line) - tag.start())
                continue
            if tag[1] not in ("raw", "endraw"):
                continue
            out.append(_shield(line[begin : tag.start()]) if raw else line[begin : tag.start()])
            raw = tag[1] == "raw"
            out.append(tag[0])
            begin = tag.end()
        self._state = "raw" if raw else ""
        out.append(_shield(line[begin:]) if raw else line[begin:])
        alone = _ALONE.fullmatch(line) is not None
        return " " * len(line) if alone else "".join(out)

    def _inside(self, line: str, at: int) -> str:
        """Return a line of code, raw text or a comment that began earlier."""
        if self._state == "highlight":
            if _CODE_ENDS.fullmatch(line):
                self._state = ""
                return _padded("~~~~", line)
            return line
        if self._state == "raw":
            return self._raw(line, at) if _RAW.search(line) else _shield(line)
        ended = line.rstrip().endswith("%%") if self._state == "%%" else "endcomment" in line
        if ended:
            self._state = ""
        return " " * len(line)

    def _blank(self, line: str, at: int, where: list[Span]) -> str:
        """Leave a line out and note it."""
        lead = len(line) - len(line.lstrip())
        where.append(Span(at + lead, at + len(line.rstrip())))
        return " " * len(line)


SHIELD = "\ufdd0"
"""Stands for a brace of raw text, which begins no tag; who reads the tokens turns it back."""


def _shield(text: str) -> str:
    """Return raw text whose tags are no tags."""
    return text.replace("{", SHIELD)


def _padded(text: str, line: str) -> str:
    """Return a text as long as a line."""
    return text[: len(line)] + " " * (len(line) - len(text))


def _plain_target(found: re.Match[str]) -> str:
    """Return a link's target without tags: a path quoted in one stays, as in `{{ "/a.png" | relative_url }}`."""
    if found[2] is None:
        return found[0]
    written = found[2]
    quoted = _QUOTED.search(written)
    rest = _OUTPUT.sub("", written).strip()
    if "{" in rest or " " in rest:
        rest = ""
    return _padded(rest or (quoted[1] if quoted else ""), written)
