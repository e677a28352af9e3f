"""Reads themes: TOML files that fill in a Theme."""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec.structs import fields

from banana_layout import resources
from banana_layout.color import Color
from banana_layout.source import BananaError, Source, Span
from banana_layout.theme.theme import Theme

_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")
_MISSING = re.compile(r"missing required field `(?P<key>[^`]*)`")
_TOML_PLACE = re.compile(r" \(at line (?P<line>\d+), column (?P<column>\d+)\)$")
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_LARGEST = 256 * 1024
"""A theme file has at most so many bytes."""

Steps = tuple[str | int, ...]
"""Where a value stands: keys and indices from the file's top."""


def names() -> tuple[str, ...]:
    """Return the names of the themes that come with the package, sorted."""
    return tuple(sorted(p.stem for p in resources.asset("themes").glob("*.toml")))


def load(name_or_path: str, base: Path | None = None) -> Theme:
    """Return a theme by its name, or by the path of a theme file below the folder `base`.

    What ends in `.toml` or holds a slash is a path, anything else a name. A BananaError for an unknown name, a file that
    cannot be read or lies elsewhere (`base` None: no file may be read), and for anything in it that is no theme.
    """
    if name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path:
        return _read(_below(name_or_path, base), name_or_path)
    known = names()
    if name_or_path not in known:
        near = difflib.get_close_matches(name_or_path, known, 1, 0.5)
        hints = (*(f'did you mean "{n}"?' for n in near), f"themes: {', '.join(known)}")
        raise BananaError.single(f'unknown theme "{name_or_path}"', hints=hints)
    return _standard(name_or_path)


def text_of(name: str) -> str:
    """Return the TOML of a theme that comes with the package; a BananaError for an unknown name."""
    load(name)
    return resources.asset(f"themes/{name}.toml").read_text(encoding="utf-8")


def parse(source: Source) -> Theme:
    """Return the theme a TOML text says; a BananaError names the key that is wrong and its place."""
    try:
        raw = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), source) from None
    except RecursionError:
        raise BananaError.single("not a theme: it is nested too deep", source=source) from None
    coloured = _colored(Theme, raw, (), source)
    try:
        return msgspec.convert(coloured, Theme)
    except msgspec.ValidationError as error:
        raise _not_a_theme(str(error), source) from None


@functools.cache
def _standard(name: str) -> Theme:
    """Return a theme that comes with the package, read once."""
    path = resources.asset(f"themes/{name}.toml")
    return _read(path, path.name)


def _below(name: str, base: Path | None) -> Path:
    """Return a theme file's path, kept inside the folder that may be read."""
    if base is None:
        raise BananaError.single(
            f'theme file "{name}" may not be read: no folder is given',
            hints=('read the document from a file, or name a folder in Python: Sheet(…, base="folder")', *_by_name()),
        )
    path = resources.below(base, name)
    if path is None:
        raise BananaError.single(
            f'theme file "{name}" lies outside the folder {base.resolve()}', hints=("move it next to the document",)
        )
    return path


def _by_name() -> tuple[str, ...]:
    """Return the hint that lists the themes by name."""
    return (f"themes: {', '.join(names())}",)


def _read(path: Path, shown: str) -> Theme:
    """Return the theme in a file; `shown` is how messages call it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BananaError.single(f'cannot read theme file "{shown}": {reason}', hints=_by_name()) from None
    if len(data) > _LARGEST:
        raise BananaError.single(f'theme file "{shown}" is larger than {_LARGEST // 1024} kB')
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BananaError.single(f'theme file "{shown}" is not UTF-8 (byte {error.start})') from None
    return parse(Source(shown, text))


def _colored(kind: Any, value: Any, steps: Steps, source: Source) -> Any:
    """Return what TOML gave with every colour read: msgspec itself would ask for a list of three numbers."""
    if kind is Color or Color in get_args(kind):
        try:
            return Color.parse(value if isinstance(value, str) else repr(value))
        except ValueError as error:
            raise BananaError.single(f'"{_dotted(steps)}": {error}', _find(steps, source.text), source=source) from None
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        types = _types(kind)
        return {k: _colored(types.get(k), v, (*steps, k), source) for k, v in value.items()}
    if isinstance(value, list) and get_origin(kind) is tuple:
        return [_colored(get_args(kind)[0], v, (*steps, i), source) for i, v in enumerate(value)]
    return value


def _types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the fields of a part of a theme with their types, bounds taken off."""
    return {f.name: get_args(f.type)[0] if get_origin(f.type) is Annotated else f.type for f in fields(kind)}


def _not_toml(message: str, source: Source) -> BananaError:
    """Return the error for a text that is no TOML, at the place the reader names."""
    found = _TOML_PLACE.search(message)
    if found is None:
        return BananaError.single(f"not TOML: {message}", source=source)
    starts = [0, *(m.end() for m in re.finditer("\n", source.text))]
    at = min(len(source.text), starts[min(int(found["line"]), len(starts)) - 1] + int(found["column"]) - 1)
    return BananaError.single(f"not TOML: {message[: found.start()]}", Span(at, at + 1), source=source)


def _not_a_theme(message: str, source: Source) -> BananaError:
    """Return the error for TOML that is no theme: which key, where, and the name that was perhaps meant."""
    where = _PLACE.search(message)
    steps: Steps = ()
    if where is not None:
        message = message[: where.start()]
        steps = tuple(_step(m) for m in _STEP.finditer(where["path"]))
    if unknown := _UNKNOWN.search(message):
        steps = (*steps, unknown["key"])
        fields = _fields_at(steps[:-1])
        near = difflib.get_close_matches(unknown["key"], fields, 1, 0.5)
        hints = (*(f'did you mean "{n}"?' for n in near), f"keys here: {', '.join(fields)}")
        return BananaError.single(f'unknown key "{_dotted(steps)}"', _find(steps, source.text), hints, source)
    if missing := _MISSING.search(message):
        wanted = _dotted((*steps, missing["key"]))
        hints = ("start from a copy of a theme that is complete",)
        return BananaError.single(f'the key "{wanted}" is missing', _find(steps, source.text), hints, source)
    return BananaError.single(f'"{_dotted(steps)}": {message}', _find(steps, source.text), source=source)


def _step(found: re.Match[str]) -> str | int:
    """Return one step of msgspec's path; it writes `...` where an index is not known."""
    key, index = found.groups()
    if key is not None:
        return str(key)
    return int(index) if index.isdigit() else 0


def _dotted(steps: Steps) -> str:
    """Return a place as people write it: `pairs[0].pen`."""
    text = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)
    return text.removeprefix(".") or "theme"


def _fields_at(steps: Steps) -> tuple[str, ...]:
    """Return the keys a theme has at a place that msgspec found to be a table."""
    kind: Any = Theme
    for step in steps:
        kind = get_args(kind)[0] if isinstance(step, int) else _types(kind)[step]
    return tuple(_types(kind))


def _find(steps: Steps, text: str) -> Span | None:
    """Return where a key stands; the table's head where the key itself is not written on a line of its own."""
    table: list[str | int] = []
    seen: dict[str, int] = {}
    best: Span | None = None
    at = 0
    for line in text.split("\n"):
        if head := _TABLE.match(line):
            table = [*head[2].split(".")]
            if head[1] == "[[":
                seen[head[2]] = seen.get(head[2], -1) + 1
                table.append(seen[head[2]])
            if tuple(table) == steps[: len(table)]:
                best = Span(at + head.start(2), at + head.end(2))
        elif (key := _KEY.match(line)) and (*table, key[1]) == steps[: len(table) + 1]:
            return Span(at + key.start(1), at + key.end(1))
        at += len(line) + 1
    return best
