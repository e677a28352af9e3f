"""Random documents that fit their page."""

from __future__ import annotations

from hypothesis import strategies as st

from banana_layout.model.document import Document
from banana_layout.pipeline import read

WORDS = (
    "확률",
    "분포에서",
    "token을",
    "하나씩",
    "뽑는다",
    "Training과",
    "다른",
    "단계",
    "parameters는",
    "고정!",
    "sampling",
    "“따옴표”",
    "→",
    "다음",
    "A&B",
    "x<y",
    "3.14",
    "日本語の",
    "文字",
)
"""What random text is made of: Korean with particles on English, Japanese, marks that need escaping."""
ICONS = ("🎲", "📊", "⚡", "👩‍🚀", "🇰🇷", "1️⃣", "")
"""What random headings start with."""


def words(least: int = 1, most: int = 6) -> st.SearchStrategy[str]:
    """Return a strategy of short texts."""
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


@st.composite
def inline(draw: st.DrawFn) -> str:
    """Return a short text, part of which may be bold, italic, code, marked or struck."""
    text = draw(words())
    mark = draw(st.sampled_from(("", "", "**", "*", "`", "==", "~~")))
    return f"{mark}{text}{mark}과 {draw(words(1, 3))}" if mark else text


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Return the Markdown of one block."""
    kind = draw(st.sampled_from(("paragraph", "bullets", "numbers", "tasks", "table", "quote", "code")))
    lines = draw(st.lists(inline(), min_size=1, max_size=3))
    if kind == "bullets":
        return "\n".join(f"- {line}" for line in lines)
    if kind == "numbers":
        return "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
    if kind == "tasks":
        return "\n".join(f"- [{'x' if i % 2 else ' '}] {line}" for i, line in enumerate(lines))
    if kind == "table":
        rows = [f"| {draw(words(1, 2))} | {draw(words(1, 2))} |" for _ in lines]
        return "\n".join(["| 가 | B |", "|---|---|", *rows])
    if kind == "quote":
        return f"> {lines[0]}"
    if kind == "code":
        return "```python\nprint('한글', 1)\n```"
    return lines[0]


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Return the Markdown of a sheet with random zones, cells and panels that fit an A4 page."""
    rows = draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    weights = draw(st.lists(st.integers(20, 45), min_size=len(rows), max_size=len(rows)))
    layout, panels, count = ["  - 12: title"], [], 0
    for weight, cells in zip(weights, rows, strict=True):
        names = [f"p{count + i}" for i in range(cells)]
        count += cells
        layout.append(f"  - {weight}: [{', '.join(names)}]")
        for name in names:
            icon = draw(st.sampled_from(ICONS))
            body = "\n\n".join(draw(st.lists(blocks(), min_size=0, max_size=2)))
            panels.append(f"## {icon} {draw(words(1, 2))} {{#{name}}}\n\n{body}\n")
    head = "\n".join(["---", "page: A4", "layout:", *layout, "---", "", "# 🍌 제목: TITLE (부제)", "", draw(words())])
    return head + "\n\n" + "\n".join(panels)


def documents() -> st.SearchStrategy[Document]:
    """Return a strategy of documents that fit their page."""
    return sheets().map(read)
