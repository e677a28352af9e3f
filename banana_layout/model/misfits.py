"""Where data does not fit a form: every place at once, in the words of JSON, for people and models that mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect

MOST = 20
"""As many misfits are told."""


class Misfit(NamedTuple):
    """One place that does not fit."""

    path: str
    """Such as `$.zones[2].cells[0].size`."""
    message: str
    """What is wrong there."""
    hint: str = ""
    """What would help."""


def misfits(data: Any, form: type[msgspec.Struct]) -> tuple[Misfit, ...]:
    """Return what keeps data from being of a form, in the data's order; nothing where it fits, or lies too deep to tell."""
    found: list[Misfit] = []
    try:
        for misfit in _walk(data, _form(form), "$"):
            found.append(misfit)
            if len(found) == MOST:
                break
    except RecursionError:
        pass  # what was found before is told
    return tuple(found)


@cache
def _form(form: type[msgspec.Struct]) -> inspect.Type:
    """Return what msgspec knows of a form."""
    return inspect.type_info(form)


def _walk(value: Any, form: inspect.Type, path: str) -> Iterator[Misfit]:
    """Yield what does not fit in a value and below it."""
    options = form.types if isinstance(form, inspect.UnionType) else (form,)
    structs = [option for option in options if isinstance(option, inspect.StructType)]
    if structs and isinstance(value, dict):
        yield from _object(value, structs, path)
        return
    for option in options:
        if isinstance(option, inspect.VarTupleType) and isinstance(value, (list, tuple)):
            for index, item in enumerate(value):
                yield from _walk(item, option.item_type, f"{path}[{index}]")
            return
        if isinstance(option, inspect.TupleType) and isinstance(value, (list, tuple)):
            if len(value) != len(option.item_types):
                yield Misfit(path, f"expected {len(option.item_types)} values, got {len(value)}")
            for index, (item, kind) in enumerate(zip(value, option.item_types, strict=False)):
                yield from _walk(item, kind, f"{path}[{index}]")
            return
    if not any(_fits(value, option) for option in options):
        yield _unlike(value, options, path)


def _object(value: dict[str, Any], structs: list[inspect.StructType], path: str) -> Iterator[Misfit]:
    """Yield what does not fit in an object that is one of some kinds."""
    struct = structs[0]
    tag = struct.tag_field
    if tag is not None:
        kinds = {str(one.tag): one for one in structs}
        said = value.get(tag)
        if said not in kinds and (tag in value or len(kinds) > 1):
            likely = "rows" if "zones" in value else "panel"
            near = difflib.get_close_matches(str(said)[:80].lower(), kinds, 1) or [k for k in (likely,) if k in kinds]
            hint = f'write "{tag}": "{near[0]}"' if near else ""
            known = _listed([f"“{name}”" for name in kinds])
            there = f"{path}.{tag}" if tag in value else path
            missing = f"the key “{tag}” is missing: {known}"
            yield Misfit(there, f"{_shown(said)} is not {known}" if tag in value else missing, hint)
            return
        struct = kinds.get(str(said), struct)
    fields = {field.encode_name: field for field in struct.fields}
    for key, item in value.items():
        if key in fields:
            yield from _walk(item, fields[key].type, f"{path}.{key}")
        elif key != tag:
            near = difflib.get_close_matches(str(key)[:80].lower(), fields, n=1, cutoff=0.7)
            hint = f"did you mean “{near[0]}”?" if near else f"keys here: {', '.join(fields)}"
            yield Misfit(f"{path}.{str(key)[:80]}", f"there is no key “{str(key)[:80]}” here", hint)
    for name, field in fields.items():
        if field.required and name not in value:
            yield Misfit(path, f"the key “{name}” is missing: {_named([field.type])}")


def _fits(value: Any, form: inspect.Type) -> bool:
    """Whether a value without parts is of a form."""
    if isinstance(form, inspect.LiteralType):
        return isinstance(value, (str, int)) and value in form.values
    if isinstance(form, inspect.NoneType):
        return value is None
    if isinstance(form, inspect.StrType):
        return isinstance(value, str)
    if isinstance(value, bool):
        return isinstance(form, inspect.BoolType)
    if isinstance(form, inspect.IntType):
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(form, inspect.FloatType) and isinstance(value, (int, float))


def _unlike(value: Any, options: tuple[inspect.Type, ...], path: str) -> Misfit:
    """Return that a value is none of what it may be."""
    words = [str(word) for option in options if isinstance(option, inspect.LiteralType) for word in option.values]
    hint = ""
    if isinstance(value, str):
        near = difflib.get_close_matches(value[:80].lower(), words, n=1)
        hint = f"did you mean “{near[0]}”?" if near else ""
        if not words and any(isinstance(option, (inspect.IntType, inspect.FloatType)) for option in options):
            hint = "take the quotation marks away"
        elif any(isinstance(option, inspect.VarTupleType) for option in options):
            hint = "put it into brackets: […]"
    elif isinstance(value, (list, tuple)) and any(isinstance(option, inspect.StrType) for option in options):
        hint = "write it as one text, lines ended by \\n"
    elif value is None:
        hint = "leave the key out where there is nothing to say"
    return Misfit(path, f"expected {_named(options)}, got {_shown(value)}", hint)


def _named(options: Any) -> str:
    """Return what may stand somewhere, in words."""
    said: list[str] = []
    for option in options:
        if isinstance(option, inspect.UnionType):
            said.append(_named(option.types))
        elif isinstance(option, inspect.LiteralType):
            said += [f"“{word}”" for word in option.values]
        elif isinstance(option, inspect.BoolType):
            said += ["true", "false"]
        else:
            said.append(_WORDS.get(type(option), "an object"))
    return _listed(list(dict.fromkeys(sorted(said, key=lambda word: word == "null"))))


_WORDS: dict[type[inspect.Type], str] = {
    inspect.StrType: "a text",
    inspect.IntType: "a whole number",
    inspect.FloatType: "a number",
    inspect.NoneType: "null",
    inspect.VarTupleType: "a list",
    inspect.TupleType: "a list",
}


def _listed(words: list[str]) -> str:
    """Return alternatives in a row."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _shown(value: Any) -> str:
    """Return a value as JSON has it, where it is short, or what it is."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"“{value[:60]}”" if isinstance(value, str) else f"{value!r:.60}"
