"""Random blocks in Markdown, every kind there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from hypothesis import strategies as st

from banana_layout.testing.diagrams import flowcharts, mindmaps
from banana_layout.testing.texts import inlines, words

BlockKind = Literal[
    "paragraph",
    "bullets",
    "numbers",
    "tasks",
    "nested",
    "subheading",
    "table",
    "quote",
    "callout",
    "code",
    "definitions",
    "footnote",
    "rule",
    "image",
    "boxes",
    "flowchart",
    "mindmap",
]
"""A kind of block."""

TEXTUAL: tuple[BlockKind, ...] = (
    "paragraph",
    "bullets",
    "numbers",
    "tasks",
    "nested",
    "subheading",
    "table",
    "quote",
    "callout",
    "code",
    "definitions",
    "footnote",
)
"""Blocks of text."""
ALL: tuple[BlockKind, ...] = (*TEXTUAL, "rule", "image", "boxes", "flowchart", "mindmap")
"""Every kind, the simplest first."""

CODE = (
    "python\nprint({}, '한글')",
    "\nplain {}",
    "console\n$ make -j {}",
    'json\n{{"a": {}}}',
    "text\na    {}\n\n    b",
)
"""Languages of code and what is written in them."""
_FEW = st.lists(words(1, 2, ("english",)), min_size=1, max_size=3)
_CALLOUTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[BlockKind, ...] = ALL) -> str:
    """Return the Markdown of one block; it shrinks towards a short paragraph."""
    kind = draw(st.sampled_from(kinds))
    if kind == "flowchart":
        return f"```mermaid\n{draw(flowcharts())}\n```"
    if kind == "mindmap":
        return f"```mermaid\n{draw(mindmaps())}\n```"
    if kind in _ONE_LINE:
        return _ONE_LINE[kind](draw)
    return _of_lines(kind, draw(st.lists(inlines(), min_size=1, max_size=4)))


def _of_lines(kind: BlockKind, lines: list[str]) -> str:
    """Return a block made of lines."""
    if kind == "bullets":
        return "\n".join(f"- {line}" for line in lines)
    if kind == "numbers":
        return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    if kind == "tasks":
        return "\n".join(f"- [{'x' if i % 2 else ' '}] {line}" for i, line in enumerate(lines))
    if kind == "nested":
        return "\n".join(f"{'  ' * min(i, 2)}- {line}" for i, line in enumerate(lines))
    if kind == "quote":
        return "\n".join(f"> {line}" for line in lines)
    return " ".join(lines)


def _table(draw: st.DrawFn) -> str:
    """Return a table of two to four columns."""
    columns = draw(st.integers(2, 4))
    cell = words(1, 2, ("korean", "english", "emoji"))
    rows = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=4))
    marks = draw(st.sampled_from(("---", ":--", ":-:", "--:")))
    return "\n".join(
        f"| {' | '.join(row)} |" for row in (["가나다"[i % 3] for i in range(columns)], [marks] * columns, *rows)
    )


def _definitions(draw: st.DrawFn) -> str:
    """Return a definition list."""
    pairs = draw(st.lists(st.tuples(words(1, 2, ("english", "korean")), inlines()), min_size=1, max_size=3))
    return "\n\n".join(f"{term}\n: {text}" for term, text in pairs)


def _boxes(labels: list[str]) -> str:
    """Return boxes side by side with arrows between them, drawn in box characters."""
    rows = [
        "   ".join(f"┌{'─' * (len(w) + 2)}┐" for w in labels),
        " → ".join(f"│ {w} │" for w in labels),
        "   ".join(f"└{'─' * (len(w) + 2)}┘" for w in labels),
    ]
    return "\n".join(["```boxes", *rows, "```"])


_ONE_LINE: dict[str, Callable[[st.DrawFn], str]] = {
    "subheading": lambda draw: f"### {draw(words(1, 3, ('english', 'korean')))}\n\n{draw(inlines())}",
    "table": _table,
    "callout": lambda draw: f"> [!{draw(st.sampled_from(_CALLOUTS))}]\n> {draw(inlines())}",
    "code": lambda draw: f"```{draw(st.sampled_from(CODE)).format(draw(st.integers(0, 99)))}\n```",
    "definitions": _definitions,
    "footnote": lambda draw: f"{draw(words(1, 4))}[^n]\n\n[^n]: {draw(inlines())}",
    "rule": lambda draw: "---",
    "boxes": lambda draw: _boxes(draw(_FEW)),
    "image": lambda draw: f"![{draw(words(1, 2, ('korean',)))}](absent.png)",
}
"""Blocks that are not a list of lines."""
