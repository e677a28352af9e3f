"""Documents as JSON-like dicts and back, for programs that write sheets."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from banana_layout.model.document import Document
from banana_layout.model.misfits import misfits
from banana_layout.model.validity import problems
from banana_layout.source import BananaError, Diagnostic

VERSION = 1
"""Version of the dict's form; a document of a later one is refused."""

_MOST_SHOWN = 20
"""As many mistakes are told at once."""

S = TypeVar("S")


def to_dict(document: Document, *, spans: bool = False) -> dict[str, Any]:
    """Return a document as dicts, lists, texts and numbers; places only where asked for, the source's text never."""
    plain: dict[str, Any] = _plain(msgspec.to_builtins(msgspec.structs.replace(document, source=None)), spans=spans)
    del plain["source"]
    return {"version": VERSION, **plain}


def to_json(document: Document) -> bytes:
    """Return a document as the text of a JSON file that `banana render` takes, two blanks a level, in UTF-8.

    The folder its images came from is not in it: the file's own folder holds when it is read.
    """
    plain = to_dict(document) | {"base": None}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def from_dict(data: Any) -> Document:
    """Return the document a dict holds.

    Raises:
        BananaError: where the dict is no document, naming the place as a JSON path such as `$.sheets[0].panels[2].id`.
    """
    if not isinstance(data, dict):
        hint = ("parse it first: json.loads(text)",) if isinstance(data, (str, bytes)) else ()
        raise BananaError(Diagnostic("error", "a document is a JSON object (at $)", None, hint))
    if data.get("version", VERSION) != VERSION:
        raise _refusal(f"version {data['version']!r} is not known, only {VERSION}", "$.version")
    data = {key: value for key, value in data.items() if key != "version"}
    try:
        document = msgspec.convert(data, Document)
        unknown = _unknown(data, msgspec.to_builtins(document))
    except msgspec.ValidationError as error:
        raise misfit(data, Document, error) from None
    except RecursionError:
        raise _refusal("it is nested too deep", "$") from None
    except UnicodeEncodeError:
        raise _refusal("a key holds half a character (a lone surrogate)", "$") from None
    found = [*unknown, *problems(document)]
    if found:
        raise BananaError(*(Diagnostic("error", f"{message} (at {path})") for path, message in found[:_MOST_SHOWN]))
    return document


def misfit(data: Any, form: type[msgspec.Struct], error: msgspec.ValidationError) -> BananaError:
    """Return every place where data is not of a form; what the library found first where none is found."""
    told = [
        Diagnostic("error", f"{m.message} (at {m.path})", None, (m.hint,) if m.hint else ())
        for m in misfits(data, form)
    ]
    message, _, path = str(error).partition(" - at ")
    first = Diagnostic("error", f"{message[:1].lower()}{message[1:]} (at {path.strip('`') or '$'})")
    return BananaError(*(told or (first,)))


def without_spans(value: S) -> S:
    """Return a piece of a model without its places, for a document made by a program."""
    if isinstance(value, msgspec.Struct):
        changed = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = None if name == "span" else without_spans(old)
            if new is not old:
                changed[name] = new
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(without_spans(item) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items  # type: ignore[return-value]
    return value


def _refusal(message: str, path: str) -> BananaError:
    """Return an error at a JSON path."""
    return BananaError(Diagnostic("error", f"{message} (at {path})"))


def _plain(value: Any, *, spans: bool) -> Any:
    """Return a tree with lists for tuples, and without places that are not wanted or not known."""
    if isinstance(value, dict):
        return {
            key: _plain(item, spans=spans)
            for key, item in value.items()
            if key != "span" or (spans and item is not None)
        }
    if isinstance(value, (list, tuple)):
        return [_plain(item, spans=spans) for item in value]
    return value


def _unknown(given: Any, known: Any) -> list[tuple[str, str]]:
    """Return the keys of a dict that the document has no room for, which would else be lost."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[Any, Any, str]] = [(given, known, "$")]
    while stack:
        one, other, path = stack.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            for key, value in one.items():
                if key in other:
                    stack.append((value, other[key], f"{path}.{key}"))
                else:
                    found.append((f"{path}.{key}", f"there is no key “{str(key)[:80]}” here"))
        elif isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            stack.extend((a, b, f"{path}[{i}]") for i, (a, b) in enumerate(zip(one, other, strict=False)))
    return sorted(found)
