"""Where text came from, and what is to be said about it."""

from __future__ import annotations

import bisect
import re
from typing import Any, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")

Severity = Literal["error", "warning", "note"]
"""How bad a finding is: an error stops the work, a warning does not, a note only informs."""

LONGEST_MESSAGE = 2000
"""Characters of a message or a hint; what quotes more of its input is cut."""
_ILLEGIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile(r"[ \t]*[\r\n]\s*")


class Span(msgspec.Struct, frozen=True):
    """A stretch of a source's text, in characters (code points)."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character; `start` for an empty place."""

    def covering(self, other: Span) -> Span:
        """Return the smallest stretch holding both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Position(msgspec.Struct, frozen=True):
    """A place a person can find."""

    line: int
    """Line number, from 1."""
    column: int
    """Character in the line, from 1."""


class Source(msgspec.Struct, frozen=True, dict=True):
    """A text and the name to show for it.

    A text cut out of another one (a diagram inside a Markdown file) keeps its `parent` and, for each of its lines,
    where that line starts there; places are then shown in the outermost file.
    """

    name: str
    """File name or `<text>`."""
    text: str
    """The whole text, line ends as `\\n`."""
    parent: Source | None = None
    """What the text was cut from."""
    line_offsets: tuple[int, ...] = ()
    """For each line of `text`, the offset in the parent of its first character; used with `parent` only."""

    @property
    def _starts(self) -> list[int]:
        """Offset of each line's first character; worked out once."""
        known: list[int] | None = self.__dict__.get("starts")
        if known is None:
            known = [0]
            at = self.text.find("\n")
            while at >= 0:
                known.append(at + 1)
                at = self.text.find("\n", at + 1)
            self.__dict__["starts"] = known
        return known

    def position(self, offset: int) -> Position:
        """Return the place of an offset in this text; offsets past the end count as the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect.bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_text(self, line: int) -> str:
        """Return line number `line` (from 1) without its line end; empty past the end."""
        starts = self._starts
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end]

    def outermost(self, span: Span) -> tuple[Source, Span]:
        """Return the file a stretch finally lies in, and where."""
        source, found = self, span
        while source.parent is not None:
            found = Span(source._lift(found.start), source._lift(found.end))
            source = source.parent
        return source, found

    def _lift(self, offset: int) -> int:
        """Return an offset's counterpart in the parent."""
        p = self.position(offset)
        if p.line <= len(self.line_offsets):
            return self.line_offsets[p.line - 1] + p.column - 1
        return self.line_offsets[-1] if self.line_offsets else 0


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding about an input."""

    severity: Severity
    """How bad it is."""
    message: str
    """What is wrong, in one sentence without a full stop."""
    span: Span | None = None
    """Where, in `source`; None when it concerns the whole."""
    hints: tuple[str, ...] = ()
    """What would help, each a short sentence."""
    source: Source | None = None
    """The text `span` counts in."""

    def location(self) -> tuple[str, Position] | None:
        """Return the file's name and the place in it, or None where no place is known."""
        if self.source is None or self.span is None:
            return None
        source, span = self.source.outermost(self.span)
        return source.name, source.position(span.start)

    def render(self) -> str:
        """Return `file:line:col: error: …` with the source line, a caret and the hints; a note goes without the line."""
        where = self.location()
        message, *hints = (_one_line(text) for text in (self.message, *self.hints))
        hints = [f"  hint: {hint}" for hint in hints]
        if where is None or self.source is None or self.span is None:
            prefix = f"{legible(self.source.name)}: " if self.source is not None else ""
            return "\n".join([f"{prefix}{self.severity}: {message}", *hints])
        name, at = where
        said = f"{legible(name)}:{at.line}:{at.column}: {self.severity}: {message}"
        return "\n".join([said, *(self.excerpt() if self.severity != "note" else ()), *hints])

    def excerpt(self) -> tuple[str, ...]:
        """Return the source line and, under it, a line of carets; nothing where no place or only white space is known."""
        where = self.location()
        if where is None or self.source is None or self.span is None:
            return ()
        source, span = self.source.outermost(self.span)
        text = source.line_text(where[1].line)
        return tuple(_excerpt(text, where[1].column - 1, span.end - span.start)) if text.strip() else ()


class Warned(msgspec.Struct, Generic[T], frozen=True):
    """A result and what was found on the way to it."""

    value: T
    """The result."""
    warnings: tuple[Diagnostic, ...] = ()
    """Findings that did not stop the work."""


class BananaError(Exception):
    """The input cannot be used: the only exception a caller sees for bad input."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics = diagnostics
        """What is wrong, the most important first; at least one."""
        super().__init__("\n".join(d.render() for d in diagnostics))

    @classmethod
    def single(
        cls, message: str, span: Span | None = None, hints: tuple[str, ...] = (), source: Source | None = None
    ) -> BananaError:
        """Return an error with one finding."""
        return cls(Diagnostic("error", message, span, hints, source))

    def __reduce__(self) -> tuple[type[BananaError], tuple[Diagnostic, ...]]:
        return type(self), self.diagnostics


def _excerpt(text: str, start: int, length: int) -> list[str]:
    """Return a source line, cut to a readable stretch around the place, and a line of carets under it."""
    shown = legible(text.expandtabs(1))
    cut = max(0, start - 80)
    shown = ("…" if cut else "") + shown[cut : cut + 160]
    start = start - cut + (1 if cut else 0)
    carets = "^" * max(1, min(length, len(shown) - start))
    pad = "".join("\u3000" if _is_wide(c) else " " for c in shown[:start])
    return [f"  {shown}", f"  {pad}{carets}"]


def legible(text: str) -> str:
    """Return text that a terminal only shows: one sign for each control character, half surrogate and bidi override.

    What names and texts of others hold must not move the cursor, colour or retitle the terminal, break a message into
    further lines or turn it around.
    """
    return _ILLEGIBLE.sub(_stand_in, text)


def json_bytes(value: Any, indent: int | None = None) -> bytes:
    r"""Return data as JSON in one line, or indented.

    File names that are no UTF-8 keep their bytes as the escapes `\udc80` to `\udcff`, which `json.loads` gives back.
    """
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        import json

        separators = (",", ":") if indent is None else None
        return json.dumps(msgspec.to_builtins(value), indent=indent, separators=separators).encode()
    return data if indent is None else msgspec.json.format(data, indent=indent)


def _stand_in(found: re.Match[str]) -> str:
    """Return the picture of an ASCII control character (U+2400 …), or the replacement character."""
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _one_line(text: str) -> str:
    """Return a message in one line, cut where it is very long."""
    text = text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…"
    return legible(_BREAKS.sub(" ", text.strip()))


def _is_wide(char: str) -> bool:
    """Tell whether a terminal shows the character two cells wide."""
    import unicodedata

    return unicodedata.east_asian_width(char) in "WF"
