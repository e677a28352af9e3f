"""Reads the `@{ … }` behind a node's or an edge's id."""

from __future__ import annotations

import re
from typing import Any

from banana_layout.syntax.mermaid.findings import Findings

MOST_YAML = 20_000
"""Characters; YAML is read slowly, and nearly every block is simpler than that."""

_STOP = re.compile(r'["}]')
_PAIR = re.compile(
    r"""\s*([A-Za-z_][\w-]*)\s*:(?:[ \t]*(?:"([^"\\]*)"|'([^']*)'|([^\s"'{}\[\],&*!|>%@`#?:-](?:[^\n"'{}\[\],#:]|:(?=\S))*)))[ \t]*(,|\n|$)"""
)
_BREAK = re.compile(r"\n\s*")


def data_end(text: str, start: int) -> int:
    """Return the offset after the `}` that closes the block opened at `start` (its `@`), or -1.

    Only double quotes hide a `}`, as in Mermaid.
    """
    at = start + 2
    while (match := _STOP.search(text, at)) is not None:
        if match[0] == "}":
            return match.end()
        close = text.find('"', match.end())
        if close < 0:
            return -1
        at = close + 1
    return -1


class DataReader:
    """Reads the blocks of one diagram; what needs YAML may be `MOST_YAML` characters in all."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._yaml_left = MOST_YAML

    def read(self, text: str, at: int) -> dict[str, str]:
        """Return keys and values of a block, given what stands between its braces; `at` is where that begins.

        One line is a YAML flow mapping, several lines are a block; simple ones are read without YAML.
        """
        joined = _join_quoted(text)
        simple = _simple(joined)
        if simple is not None:
            return simple
        self._yaml_left -= len(joined)
        found = _yaml(joined) if self._yaml_left >= 0 else None
        if found is None:
            raise self._findings.error(
                "the settings in `@{ }` cannot be read", at, at + len(text), 'write `@{ shape: doc, label: "text" }`'
            )
        return found


def _join_quoted(text: str) -> str:
    """Turn line ends inside double quotes into breaks."""
    if "\n" not in text or '"' not in text:
        return text
    parts = text.split('"')
    for i in range(1, len(parts), 2):
        parts[i] = _BREAK.sub("<br/>", parts[i])
    return '"'.join(parts)


def _simple(text: str) -> dict[str, str] | None:
    """Read plain pairs; None where only YAML knows."""
    found: dict[str, str] = {}
    at, end = 0, len(text)
    while at < end:
        match = _PAIR.match(text, at)
        if match is None:
            return found if not text[at:].strip() else None
        quoted = match[2] if match[2] is not None else match[3]
        found[match[1]] = quoted if quoted is not None else match[4].strip()
        at = match.end()
    return found


def _yaml(text: str) -> dict[str, str] | None:
    """Read the block as Mermaid does, with YAML; None where that cannot."""
    import yaml

    wrapped = "{" + text + "}"
    for candidate in (wrapped, text) if "\n" not in text else (text, wrapped):
        try:
            data: Any = yaml.load(candidate, Loader=yaml.BaseLoader)  # noqa: S506  (makes only strings, lists and dicts)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            continue
        if data is None:
            return {}
        if isinstance(data, dict):
            return {str(key): value for key, value in data.items() if isinstance(value, str)}
    return None
