"""Reads front matter and directives: the configuration around a diagram."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from banana_layout.syntax.mermaid.findings import Findings

LARGEST_FRONT_MATTER = 20_000
"""Characters; YAML is read slowly, and a diagram's settings are short."""

MEANINGFUL = frozenset(
    {
        "look",
        "colors",
        "layout",
        "direction",
        "fit",
        "handDrawnSeed",
        "flowchart.curve",
        "flowchart.defaultRenderer",
        "mindmap.layout",
        "mindmap.sides",
    }
)
"""Settings that are handed on; the others have no meaning here and are named in a note."""

_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)")
_HEAD = re.compile(r"\s*(\w+)\s*(?::|$)")


def read_front_matter(text: str, offset: int, findings: Findings) -> tuple[str, list[tuple[str, str]]]:
    """Return the title and the settings of a front matter block standing at `offset`."""
    if not text.strip():
        return "", []
    if len(text) > LARGEST_FRONT_MATTER:
        findings.warn(
            f"the front matter is longer than {LARGEST_FRONT_MATTER} characters and is left out", offset, offset
        )
        return "", []
    data = _yaml(text, offset, findings)
    if not isinstance(data, dict):
        findings.warn("the front matter holds no keys and values", offset, offset + len(text), "write `title: …`")
        return "", []
    title = data.get("title", "")
    found = list(_flat(data.get("config"), ""))
    found += [
        (key, str(data[key]))
        for key in ("direction", "layout", "look", "fit", "colors")
        if isinstance(data.get(key), str)
    ]
    return (title if isinstance(title, str) else ""), _kept(found, offset, offset + len(text), findings)


def read_directive(text: str, start: int, end: int, findings: Findings) -> list[tuple[str, str]]:
    """Return the settings of one directive, given what stands between `%%{` and `}%%`."""
    head = _HEAD.match(text)
    name = head[1] if head is not None else ""
    if name == "wrap":
        return []
    if name not in ("init", "initialize"):
        findings.note(f"the directive `{name}` has no effect here", start, end)
        return []
    data = _loose_json(text[head.end() :]) if head is not None else None
    if data is None:
        findings.warn(
            "the directive cannot be read and has no effect", start, end, 'write `%%{init: {"look": "classic"}}%%`'
        )
        return []
    return _kept(list(_flat(data, "")), start, end, findings)


def _kept(found: list[tuple[str, str]], start: int, end: int, findings: Findings) -> list[tuple[str, str]]:
    """Return the settings that mean something here; say once which do not."""
    ignored = list(dict.fromkeys(key for key, _ in found if key not in MEANINGFUL))
    if ignored:
        names = ", ".join(ignored[:6]) + (", …" if len(ignored) > 6 else "")
        findings.note(f"settings without effect here: {names}", start, end)
    return [(key, value) for key, value in found if key in MEANINGFUL]


def _flat(data: Any, prefix: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield dotted keys and values of nested settings."""
    if not isinstance(data, dict) or depth > 4:
        return
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, (str, int, float, bool)):
            yield name, str(value)


def _loose_json(text: str) -> Any:
    """Read JSON that may use single quotes or bare keys; None when it is no object."""
    for candidate in (text, text.replace("'", '"'), _BARE_KEY.sub(r'\1"\2"\3', text.replace("'", '"'))):
        try:
            data = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return data if isinstance(data, dict) else None
    return None


def _yaml(text: str, offset: int, findings: Findings) -> Any:
    """Read YAML, every scalar as text."""
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (makes only strings, lists and dicts)
    except yaml.MarkedYAMLError as problem:
        at = offset + (problem.problem_mark.index if problem.problem_mark is not None else 0)
        raise findings.error(
            f"the front matter is not valid YAML: {problem.problem or problem.context}",
            at,
            at + 1,
            "write `key: value` lines",
        ) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise findings.error("the front matter is not valid YAML", offset, offset + len(text)) from None
