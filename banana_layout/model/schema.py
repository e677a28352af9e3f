"""The JSON Schemas of sheets, made from the types themselves: descriptions are the docstrings under the fields.

Draft 2020-12, in the part of it that the structured outputs of language models take: objects name all their keys and
allow no others, alternatives are `anyOf`, and nothing but `$ref` stands beside a `$ref`.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any, Literal, get_args

import msgspec

from banana_layout.model import block, document, flowchart, inline, mindmap, written, zone
from banana_layout.model.codec import VERSION
from banana_layout.source import Span

Form = Literal["sheet", "document"]
"""Which form of sheet a schema describes: Markdown in JSON, or the whole model as `to_dict` gives it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_HOMES = (written, document, zone, block, inline, flowchart, mindmap)
_UNSAID = ("span", "source")
"""Fields that tell of a text a program's document does not have."""


def schema(form: Form = "sheet", *, lenient: bool = False, flat: bool = False) -> dict[str, Any]:
    """Return the JSON Schema of a form.

    Every key is required, as structured outputs want it and as `to_dict` writes it; `lenient` leaves out those that have
    a default, as `banana render` takes them. `flat` makes the form `sheet` one that no definition leads back to, for the
    structured outputs that refuse recursion: divided cells hold panels, no further divided cells, and the words a model
    is not constrained by (`$schema`, `title`, `examples`) are left out.
    """
    root = written.WrittenSheet if form == "sheet" else document.Document
    raw = msgspec.json.schema(root)
    named = _types()
    found = sorted(raw["$defs"].items())
    defs = {name.removeprefix("Written"): _object(one, named.get(name), lenient) for name, one in found}
    top = defs.pop(root.__name__.removeprefix("Written"))
    for unused in ("Source", "Span"):
        defs.pop(unused, None)
    version = {"type": "integer", "enum": [VERSION], "description": "Version of this form."}
    if form == "document":
        top["properties"] = {"version": version, **top["properties"]}
        top["required"] = [*([] if lenient else ["version"]), *top["required"]]
    out = {"$schema": DIALECT, "title": "Sheet" if form == "sheet" else "Document", **top, "$defs": defs}
    if form == "sheet":
        out["examples"] = [written.EXAMPLE]
    return _flattened(out) if flat and form == "sheet" else out


def _flattened(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of sheets with one level of divided cells."""
    defs = raw["$defs"]
    zone, rows = defs["Zone"], defs["Rows"]
    cells = zone["properties"]["cells"] | {
        "description": "Left to right; at least one.",
        "items": {"$ref": "#/$defs/Panel"},
    }
    size = zone["properties"]["size"] | {"description": "Its share of the divided cell's height."}
    row = zone | {
        "description": "A row of panels across a divided cell.",
        "properties": zone["properties"] | {"size": size, "cells": cells},
    }
    held = rows["properties"] | {"zones": rows["properties"]["zones"] | {"items": {"$ref": "#/$defs/Row"}}}
    kept = {key: value for key, value in raw.items() if key not in ("$schema", "title", "examples")}
    return kept | {"$defs": defs | {"Rows": rows | {"properties": held}, "Row": row}}


def _types() -> dict[str, type[msgspec.Struct]]:
    """Return every type of the model by its name."""
    return {
        name: value
        for home in _HOMES
        for name, value in vars(home).items()
        if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__module__ == home.__name__
    }


def _object(raw: dict[str, Any], kind: type[msgspec.Struct] | None, lenient: bool) -> dict[str, Any]:
    """Return an object's schema, closed, with what its fields' docstrings say."""
    said = _explained(kind) if kind is not None else {}
    names = {f.encode_name: f.name for f in msgspec.structs.fields(kind)} if kind is not None else {}
    properties = {}
    for key, one in raw.get("properties", {}).items():
        field = names.get(key, key)
        if field in _UNSAID and (kind is None or _is_place(kind, field)):
            continue
        properties[key] = _described(_value(one), said.get(field, ""))
    required = [key for key in properties if not lenient or key in raw.get("required", ())]
    out = {"type": "object", "additionalProperties": False, "properties": properties, "required": required}
    text = inspect.getdoc(kind) if kind is not None else None
    return {"description": text, **out} if text else out


def _is_place(kind: type[msgspec.Struct], field: str) -> bool:
    """Whether a field tells of a place in a text; an edge's source is a node, a diagram's its own text."""
    found = next(f.type for f in msgspec.structs.fields(kind) if f.name == field)
    return any(t is Span or getattr(t, "__name__", "") == "Source" for t in (found, *get_args(found)))


def _value(raw: Any) -> Any:
    """Return a value's schema in the words that structured outputs know."""
    if isinstance(raw, list):
        return [_value(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    if "prefixItems" in raw:
        return _pair(raw)
    out = {key: _value(item) for key, item in raw.items() if key not in ("default", "discriminator", "title")}
    if "enum" in out and "type" not in out:
        out["type"] = "integer" if isinstance(out["enum"][0], int) else "string"
    if "$ref" in out:
        out["$ref"] = out["$ref"].replace("/Written", "/")
    return out


def _pair(raw: dict[str, Any]) -> dict[str, Any]:
    """Return a tuple of alike items as an array of that length."""
    items = raw["prefixItems"]
    assert all(item == items[0] for item in items)
    return {"type": "array", "items": _value(items[0]), "minItems": len(items), "maxItems": len(items)}


def _described(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a value's schema with its description."""
    if not text:
        return value
    if "$ref" in value:
        value = {"anyOf": [value]}
    return {"description": text, **value}


def _explained(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Return what the docstrings under a type's fields say, those of the types it stands on included."""
    out: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if not issubclass(base, msgspec.Struct) or base is msgspec.Struct:
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
        assert isinstance(tree, ast.ClassDef)
        for field, after in zip(tree.body, tree.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
                out[field.target.id] = " ".join(str(getattr(after.value, "value", "")).split())
    return out
