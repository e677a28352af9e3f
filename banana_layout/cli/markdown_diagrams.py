"""Mermaid blocks in a Markdown file, as mmdc draws them: a numbered picture each, and the text with pictures in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from banana_layout.source import BananaError, Source

SUFFIXES = (".md", ".markdown")
"""Names of Markdown files end so."""

_OPEN = re.compile(r"^[ ]{0,3}(`{3,}|~{3,}|:{3,})[ \t]*\{?\.?mermaid\b[^\n]*$", re.MULTILINE)
"""A fence that opens a diagram: backquotes, tildes, or GitHub's and Azure's colons."""


class Fenced(NamedTuple):
    """One diagram in a Markdown text."""

    start: int
    """Where its opening fence begins."""
    end: int
    """Where its closing fence ends."""
    source: Source
    """The diagram alone, at its own lines of the file."""


def is_markdown(name: str) -> bool:
    """Tell whether a file's name says Markdown."""
    return name.lower().endswith(SUFFIXES)


def fenced(text: Source) -> tuple[Fenced, ...]:
    """Return the diagrams of a Markdown text; a BananaError where there is none."""
    found = []
    at = 0
    while (opening := _OPEN.search(text.text, at)) is not None:
        closing = re.compile(rf"^[ ]{{0,3}}{re.escape(opening[1][0])}{{{len(opening[1])},}}[ \t]*$", re.MULTILINE)
        close = closing.search(text.text, opening.end())
        begin, end = opening.end(), len(text.text) if close is None else close.start()
        above = "\n" * text.text.count("\n", 0, begin + 1)
        found.append(
            Fenced(
                opening.start(),
                end if close is None else close.end(),
                Source(text.name, above + text.text[begin + 1 : end]),
            )
        )
        at = len(text.text) if close is None else close.end()
    if not found:
        raise BananaError.single(
            f"{text.name} holds no Mermaid diagram", hints=("diagrams stand between ```mermaid and ```",)
        )
    return tuple(found)


def with_pictures(text: str, blocks: Sequence[Fenced], pictures: Sequence[tuple[str, str]]) -> str:
    """Return the text with `![alt](path)` in place of each diagram."""
    out, at = [], 0
    for block, (path, alt) in zip(blocks, pictures, strict=True):
        words = " ".join(alt.split()).replace("[", "(").replace("]", ")") or "diagram"
        out += [text[at : block.start], f"![{words}]({path})"]
        at = block.end
    return "".join([*out, text[at:]])


def numbered(path: Path, number: int, suffix: str, folder: Path | None) -> Path:
    """Return where the n-th diagram goes: `out-1.svg` beside `out.svg` or `out.md`, or in a folder of its own."""
    return (folder if folder is not None else path.parent) / f"{path.stem}-{number}{suffix}"


def link(picture: Path, document: Path) -> str:
    """Return how a Markdown file names a picture."""
    try:
        return f"./{PurePosixPath(picture.relative_to(document.parent))}"
    except ValueError:
        return picture.as_posix()
