"""Tells briefs from sheets before the readers of either are imported."""

from __future__ import annotations

import re
from pathlib import PurePath

from banana_layout.source import BananaError, Source

_FILES = (".md", ".markdown", ".json", ".mmd", ".mermaid")
"""How the names of sheets and diagrams end."""

_MARKUP = re.compile(r"[\n#*`\[\](){}<>|]")
_LAYOUT = re.compile(
    r"\A\ufeff?---[ \t]*\n(?:.*\n)*?layout[ \t]*:[ \t]*(?:\n[ \t]*-|\[|[|>][-+\d]*[ \t]*\n\s*[┌┏╔╭╒╓┍┎+])"
)


def check_text(text: object, what: str = "a sheet", read: str = "") -> str:
    """Return a text a program gave.

    Raises BananaError for anything else, and for a file's name, which nobody means as a text; `read` is what a Path must
    be asked for where the Path itself will not do.
    """
    if isinstance(text, PurePath):
        raise BananaError.single(f"{what} is given as text, not as a path", hints=(f"write path{read}",))
    if not isinstance(text, str):
        hint = ("decode it first: data.decode()",) if isinstance(text, bytes) else ()
        raise BananaError.single(f"{what} is given as text, not {type(text).__name__}", hints=hint)
    name = text.strip()
    if name.lower().endswith(_FILES) and len(name) < 300 and not _MARKUP.search(name):
        hint = (f'to read the file write Path("{name}"){read}',)
        raise BananaError.single(f"“{name}” is the name of a file, and a text is {what} itself", hints=hint)
    return text


def diagram_source(source: str | Source) -> Source:
    """Return a diagram's text with a name for messages."""
    return source if isinstance(source, Source) else Source("<text>", check_text(source, "a diagram", ".read_text()"))


def is_json(source: object, text: str) -> bool:
    """Tell whether a sheet is JSON: its file's name says so, or braces hold the whole text, fenced or not."""
    if isinstance(source, PurePath):
        return source.suffix.lower() == ".json"
    if not text.rstrip().endswith(("}", "```")):
        return False
    from banana_layout.syntax.json_text import unfenced

    bare = unfenced(text).strip(" \t\n")
    return bare.startswith("{") and bare.endswith("}")


def is_brief(text: str) -> bool:
    """Tell whether a text is a brief: it holds a wireframe, and its front matter no layout of its own."""
    if _has_layout(text):
        return False
    from banana_layout.syntax.wireframe import find

    return find(text) is not None


def _has_layout(text: str) -> bool:
    """Tell whether the front matter has a layout that is a list or a drawing."""
    end = text.find("\n---", 3) if text.lstrip("\ufeff").startswith("---") else -1
    return end > 0 and _LAYOUT.match(text[: end + 4]) is not None
