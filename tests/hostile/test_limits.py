"""Stated limits are kept: what is beyond is refused by the limit's name, what looks harmless and is not stays quick."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from banana_layout.layout import limits
from banana_layout.pipeline import MAX_INPUT, diagram_to_svg, layout, read, read_file
from banana_layout.source import BananaError

PATIENCE = 30.0
"""Seconds that anything within the limits may take on a slow machine."""


def chart(nodes: int, edges: int) -> str:
    """Return a flowchart with so many nodes and edges."""
    lines = [f"  n{i}[node {i}]" for i in range(nodes)] + [
        f"  n{i % nodes} --> n{(i * 7 + 1) % nodes}" for i in range(edges)
    ]
    return "flowchart LR\n" + "\n".join(lines)


def tangle(nodes: int, edges: int) -> str:
    """Return a flowchart whose edges lead anywhere, most of them past many others."""
    dice = random.Random(1)
    ends = ((dice.randrange(nodes), dice.randrange(nodes)) for _ in range(edges))
    return "flowchart TD\n" + "\n".join(f"  n{a} -->|label {i}| n{b}" for i, (a, b) in enumerate(ends))


def fenced(text: str) -> str:
    """Return a diagram as a block."""
    return f"```mermaid\n{text}\n```"


def panel(body: str) -> str:
    """Return a sheet of one panel."""
    return f"# T\n\n## P\n\n{body}\n"


def mind_map(nodes: int) -> str:
    """Return a mind map with so many leaves."""
    return "mindmap\n  root\n" + "\n".join(f"    n{i}" for i in range(nodes))


BEYOND = {
    "1 MB of text": ("a" * (MAX_INPUT + 1), "1,000,001 characters, more than 1,000,000"),
    "lines": ("#\n" * 490_000, "490,000 lines that are not empty; the limit is 100,000"),
    "nesting of quotes": (panel("> " * 101 + "x"), "nested more than 100 deep"),
    "nesting of lists": (panel("\n".join("  " * i + "- x" for i in range(120))), "nested more than 100 deep"),
    "nesting of front matter": (
        "---\nlayout: " + "[" * 5000 + "]" * 5000 + "\n---\n\n# T\n",
        "nested more than 40 deep",
    ),
    "length of front matter": ("---\n" + "k: v\n" * 30_000 + "---\n# T\n", "longer than 100,000 characters"),
    "nodes": (panel(fenced(chart(2001, 0))), "2,001 nodes in a flowchart; the limit is 2,000"),
    "edges": (panel(fenced(chart(10, 10_000))), "10,000 edges in a flowchart; the limit is 5,000"),
    "edges over many ranks": (panel(fenced(tangle(300, 1_500))), "at 183,207 places; the limit is 40,000"),
    "nodes of a mind map": (panel(fenced(mind_map(3000))), "3,001 nodes in a mind map; the limit is 2,000"),
    "levels of a mind map": (
        panel(fenced("mindmap\n" + "\n".join(" " * i + "a" for i in range(1, 300)))),
        "at most 100 levels",
    ),
    "levels of subgraphs": (
        panel(fenced("flowchart LR\n" + "\n".join(f"subgraph s{i}" for i in range(300)) + "\na\n" + "end\n" * 300)),
        "deeper than 100 levels",
    ),
    "columns": (panel("|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n|" + "b|" * 5000), "5,000 columns in a table"),
    "cells": (panel("|a|b|\n|-|-|\n" + "|x|y|\n" * 20_000), "40,002 cells in a table; the limit is 5,000"),
    "code": (panel("```python\n" + "x = 1\n" * 20_000 + "```"), "20,000 lines of code; the limit is 5,000"),
    "items": (panel("- x\n" * 20_000), "20,000 items in a list; the limit is 5,000"),
    "pages": ("\n\n".join(f"# T{i}\n\n## p{i}\n\nx" for i in range(300)), "300 pages; the limit is 200"),
    "title": ("# " + "제목 " * 10_000 + "\n\n## P\n\nx", "29,999 characters in the title; the limit is 1,000"),
    "heading": ("# T\n\n## " + "제목 " * 10_000 + "\n\nx", "29,999 characters in a heading; the limit is 1,000"),
    "panel": (panel("word " * 60_000), "299,999 characters in a panel; the limit is 200,000"),
}
"""What is beyond a limit, and what is said."""


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_a_limit_is_refused_by_its_name(name: str) -> None:
    """The message holds the figure and the limit, and comes before any long work."""
    text, message = BEYOND[name]
    started = time.process_time()
    with pytest.raises(BananaError) as caught:
        layout(read(text))
    assert message in str(caught.value)
    assert time.process_time() - started < 10


TRAPS = {
    "[[[[": panel("[" * 20_000),
    "[[[[ before words with a pen": panel("[" * 20_000 + "x]{pen=blue}"),
    "words with pens": panel("[a]{pen=blue}" * 3_000),
    "links in links": panel("[a](" * 5_000),
    "images in images": panel("![" * 20_000),
    "emphasis": panel("*a" * 20_000),
    "strong": panel("**a " * 10_000),
    "underscores": panel("_" * 50_000 + "a"),
    "backticks of all lengths": panel("".join("`" * i + "a" for i in range(1, 250))),
    "marks": panel("==a " * 10_000),
    "less-than": panel("<" * 20_000),
    "half comments": panel("<!--" * 20_000),
    "half tags": panel("<a " * 20_000),
    "ampersands": panel("&" * 20_000),
    "brackets and references": panel("\n".join(f"[{i}]: http://x.y" for i in range(5_000)) + "\n\n" + "[1] " * 5_000),
    "footnotes": panel(
        "".join(f"a[^{i}] " for i in range(500)) + "\n\n" + "\n\n".join(f"[^{i}]: x" for i in range(500))
    ),
    "a word of 5,000 syllables": panel("가" * 5_000),
    "a word of 5,000 letters": panel("a" * 5_000),
    "a line of code of 20,000 letters": panel("```python\n" + "x" * 20_000 + "\n```"),
    "half comments in code": panel("```c\n" + "/*" * 20_000 + "\n```"),
    "a letter with 20,000 accents": panel("a" + "\u0301" * 20_000),
    "20,000 joiners": panel("\u200d" * 20_000),
    "10,000 emoji": panel("👩‍🚀" * 10_000),
    "10,000 flags": panel("🇰🇷" * 10_000),
    "each of 40 nodes to each of 40": panel(
        fenced(
            "flowchart LR\n" + " & ".join(f"a{i}" for i in range(40)) + " --> " + " & ".join(f"b{i}" for i in range(40))
        )
    ),
    "3,000 headings": "# T\n\n" + "\n\n".join("## h\n\nx" for _ in range(3_000)),
    "2,000 list items": panel("- x\n" * 2_000),
    "a table of 1,000 rows": panel("|a|b|\n|-|-|\n" + "|x|y|\n" * 1_000),
    "a table of 100 columns": panel("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n|" + "b|" * 100),
    "500 nodes alone": panel(fenced(chart(500, 0))),
    "2,000 nodes in a chain": panel(fenced(chart(2_000, 2_000))),
    "1,000 edges among 50 nodes": panel(fenced(chart(50, 1_000))),
    "500 self-loops": panel(fenced("flowchart LR\n" + "a-->a\n" * 500)),
    "100 levels of subgraphs": panel(
        fenced("flowchart LR\n" + "\n".join(f"subgraph s{i}" for i in range(90)) + "\na\n" + "end\n" * 90)
    ),
    "a mind map of 500 leaves": panel(fenced(mind_map(500))),
}
"""What makes careless readers quadratic, well within the limits."""


@pytest.mark.parametrize("name", TRAPS)
def test_traps_end_soon(name: str) -> None:
    """A page comes out, or a BananaError says what does not fit; either way within seconds."""
    started = time.process_time()
    with contextlib.suppress(BananaError):
        assert layout(read(TRAPS[name])).pages
    assert time.process_time() - started < PATIENCE


@pytest.mark.parametrize(
    ("make", "sizes"),
    [
        (lambda n: "*a" * n, (4_000, 16_000)),
        (lambda n: "[" * n, (4_000, 16_000)),
        (lambda n: "<a " * n, (4_000, 16_000)),
        (lambda n: "&" * n, (4_000, 16_000)),
        (lambda n: "> x\n" * n, (1_000, 4_000)),
        (lambda n: "[1]: http://x.y\n" * n, (1_000, 4_000)),
        (lambda n: "- x\n" * n, (1_000, 4_000)),
    ],
    ids=["emphasis", "brackets", "tags", "ampersands", "quotes", "definitions", "items"],
)
def test_reading_grows_no_faster_than_the_text(make: object, sizes: tuple[int, int]) -> None:
    """Four times the text takes far less than sixteen times as long to read."""
    took = []
    for n in sizes:
        text = panel(make(n))  # type: ignore[operator]
        best = 1e9
        for _ in range(2):
            started = time.process_time()
            read(text)
            best = min(best, time.process_time() - started)
        took.append(best)
    assert took[1] < 10 * took[0] + 0.05


def test_a_lone_diagram_keeps_the_limits_too() -> None:
    """`banana diagram` refuses what a sheet refuses."""
    with pytest.raises(BananaError, match="2,001 nodes"):
        diagram_to_svg(chart(2001, 0))


def test_a_document_made_by_a_program_keeps_the_limits_too() -> None:
    """Limits hold for the model, whatever made it: the check is the layout's, not the readers'."""
    from banana_layout.model.block import Paragraph, Quote
    from banana_layout.model.document import Document, PageSize, Panel, Settings, Sheet
    from banana_layout.model.inline import Text

    block = Paragraph(content=(Text(text="x"),))
    for _ in range(150):
        block = Quote(blocks=(block,))  # type: ignore[assignment]
    sheet = Sheet((Panel("p", (Text(text="P"),), (block,)),))
    with pytest.raises(BananaError, match="levels of nesting; the limit is 100"):
        limits.check_document(Document(Settings(PageSize(595.0, 842.0)), (sheet,)))


def test_boxes_of_a_drawing_are_counted_like_other_blocks() -> None:
    """Boxes within boxes nest, their words count, and there may be so many of them."""
    from banana_layout.model.block import AnyBlock, Card, CardLink, Cards, Paragraph
    from banana_layout.model.document import Document, PageSize, Panel, Settings, Sheet
    from banana_layout.model.inline import Text

    words = Paragraph(content=(Text(text="x"),))
    deep: AnyBlock = words
    for _ in range(150):
        deep = Cards(cards=(Card((deep,)),))
    many = Cards(cards=tuple(Card((words,), column=i) for i in range(600)))
    joined = Cards(cards=(Card((words,)), Card((words,), column=1)), links=(CardLink(0, 1),) * 600)
    long = Cards(cards=(Card((Paragraph(content=(Text(text="x" * 150_000),)),), title=(Text(text="y" * 60_000),)),))
    for block, message in (
        (deep, "levels of nesting; the limit is 100"),
        (many, "600 boxes in a drawing; the limit is 500"),
        (joined, "600 arrows in a drawing; the limit is 500"),
        (long, "210,000 characters in a panel; the limit is 200,000"),
    ):
        sheet = Sheet((Panel("p", (Text(text="P"),), (block,)),))
        with pytest.raises(BananaError, match=message):
            limits.check_document(Document(Settings(PageSize(595.0, 842.0)), (sheet,)))


def test_only_as_much_of_a_file_is_read_as_may_be(tmp_path: object) -> None:
    """A file beyond the limit is refused without reading all of it."""
    path = tmp_path / "large.md"  # type: ignore[operator]
    with path.open("wb") as file:
        file.truncate(1 << 33)
    with pytest.raises(BananaError, match="more than 1,000,000 bytes"):
        read_file(path)


def test_flags_are_paired_without_looking_back() -> None:
    """Flags in a row are cut in time that grows with their number, where Unicode cuts them; skin, joiners and odd ends too."""
    import regex

    from banana_layout.text.itemise import graphemes

    for text in ("🇰🇷🇯🇵🇺", "a🇰🇷\u0301b", "🇰🇷\ufe0f🇯", "🇰👩‍🚀🇷🇰", "🇰🇷\u200d🇯🇵", "👍🏽🇰🇷각"):
        assert graphemes(text) == regex.findall(r"\X", text)
    started = time.process_time()
    assert len(graphemes("🇰🇷" * 50_000)) == 50_000
    assert time.process_time() - started < 2
