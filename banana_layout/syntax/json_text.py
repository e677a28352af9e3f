"""JSON as people keep it in files: read with the place of every value, so that messages can point at it."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from banana_layout.source import BananaError, Source, Span

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,\]}]+')
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_DEEPEST = 500
"""Brackets inside one another; more is no sheet."""


class JsonText(NamedTuple):
    """A JSON text and what it says."""

    source: Source
    """The text."""
    data: Any
    """What it says: dicts, lists, texts, numbers, booleans and None."""

    def place(self, path: str) -> Span | None:
        """Return where the value of a JSON path such as `$.zones[2].cells[0]` stands, or the nearest value around it."""
        try:
            return _find(self.source.text, [int(i) if i else key for key, i in _STEP.findall(path)])
        except (IndexError, AttributeError):
            return None


_FENCE = re.compile(r"\A\s*```[ \t]*(?:json)?[ \t]*\n(?=\s*\{)|(?<=\})\s*\n```\s*\Z", re.IGNORECASE)
"""The fence in which language models put JSON."""


def unfenced(text: str) -> str:
    """Return a text with blanks for the Markdown fence around its JSON, if there is one, so that places stay."""
    if len(found := list(_FENCE.finditer(text))) != 2:
        return text
    start, end = found[0].end(), found[1].start()
    return re.sub(r"[^\n]", " ", text[:start]) + text[start:end] + re.sub(r"[^\n]", " ", text[end:])


def parse(source: Source) -> JsonText:
    """Return what a JSON text says; a BananaError names line and column of what is no JSON."""
    source = Source(source.name, unfenced(source.text))
    depth = 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', source.text):
        depth += (mark in "[{") - (mark in "]}") if len(mark) == 1 else 0
        if depth > _DEEPEST:
            raise BananaError.single("the JSON is nested too deep", None, (), source)
    try:
        return JsonText(source, json.loads(source.text, object_pairs_hook=_once, parse_constant=_no_number))
    except json.JSONDecodeError as error:
        at = min(error.pos, len(source.text))
        message = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        hints = _mending(source.text, at)
        raise BananaError.single(message, Span(at, min(at + 1, len(source.text))), hints, source) from None
    except ValueError as error:
        raise BananaError.single(f"this is no JSON a sheet can be made from: {error}", None, (), source) from None


def _mending(text: str, at: int) -> tuple[str, ...]:
    """Return a hint for what people and models write that JSON does not know."""
    before, here = text[:at].rstrip()[-1:], text[at : at + 1]
    if before == "," and here in "}]":
        return ("take the comma before it away",)
    if here and here in "'‘’“”":
        return ('write straight double quotes: "…"',)
    if here in ("/", "#"):
        return ("JSON has no comments: take it away",)
    if text[at : at + 4] in ("True", "None") or text[at : at + 5] == "False":
        return ("write true, false or null",)
    return ("a line end in a text is written \\n",) if here == "\n" else ()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a key given twice would lose something."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for i, key in enumerate(keys) if key in keys[:i])
        raise ValueError(f"the key “{twice[:80]}” is given twice")
    return found


def _no_number(name: str) -> Any:
    """Refuse NaN and infinities, which are not JSON."""
    raise ValueError(f"{name} is no number")


def _find(text: str, steps: list[str | int]) -> Span:
    """Return the place of a value, going down as far as the path leads."""
    at = _after_space(text, 0)
    for step in steps:
        child = _child(text, at, step)
        if child is None:
            break
        at = child
    return Span(at, at + 1 if text[at] in "[{" else _end(text, at))


def _child(text: str, at: int, step: str | int) -> int | None:
    """Return where a member of the value at a place starts; for an object's key without a value of its own, None."""
    if text[at] != ("{" if isinstance(step, str) else "["):
        return None
    index, at = 0, _after_space(text, at + 1)
    while text[at] not in "]}":
        key: str | int = index
        if isinstance(step, str):
            end = _end(text, at)
            key = json.loads(text[at:end])
            at = _after_space(text, _after_space(text, end) + 1)
        if key == step:
            return at
        at = _after_space(text, _end(text, at))
        if text[at] == ",":
            at = _after_space(text, at + 1)
        index += 1
    return None


def _end(text: str, at: int) -> int:
    """Return where the value that starts at a place ends."""
    depth = 0
    while True:
        if text[at] in "[{":
            depth, at = depth + 1, at + 1
        elif text[at] in "]}":
            depth, at = depth - 1, at + 1
        elif text[at] in ",: \t\n\r":
            at += 1
        else:
            found = _SCALAR.match(text, at)
            assert found is not None
            at = found.end()
        if depth == 0:
            return at


def _after_space(text: str, at: int) -> int:
    """Return the first place from here on that is no space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at
