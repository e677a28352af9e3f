"""HTML between the lines of Markdown."""

from __future__ import annotations

import contextlib
import time

import pytest

from banana_layout import pipeline
from banana_layout.model.block import CodeBlock, DefinitionList, Image, List, Paragraph, Quote, Rule, Table
from banana_layout.model.inline import Strong, plain_text
from banana_layout.source import BananaError


def blocks_of(text: str):
    """Return the blocks of a text's only panel."""
    return pipeline.read(f"## P\n\n{text}").sheets[0].panels[0].blocks


def test_headings_written_in_html_are_title_and_panels():
    """`<h1>` over lines with a picture gives the title, the picture goes to the panel after it, `<h2>` gives a panel."""
    text = '<h1 align="center">\n  <img src="a.png" alt="logo"><br>\n  Kes<b>trel</b>\n</h1>\n\n<h2>Why</h2>\n<p>Because.</p>\n'
    document = pipeline.read(text)
    (sheet,) = document.sheets
    assert plain_text(sheet.title.content) == "Kestrel"
    intro, why = sheet.panels
    assert isinstance(intro.blocks[0], Image)
    assert (plain_text(why.title), plain_text(why.blocks[0].content)) == ("Why", "Because.")
    at = sheet.title.content[0].span
    assert text[at.start : at.end] == "Kes"


def test_lists_of_html_are_lists():
    """Items, nested ones and numbers; an item that is never closed ends where the next begins."""
    (first, second) = blocks_of('<ul>\n<li>No\n<li>One\n<ul><li>in</li></ul>\n</ul>\n<ol start="3"><li>x</li></ol>')
    assert isinstance(first, List)
    assert [plain_text(item.blocks[0].content) for item in first.items] == ["No", "One"]
    assert isinstance(first.items[1].blocks[1], List)
    assert (second.ordered, second.start) == (True, 3)


def test_tables_of_html_are_tables():
    """Cells keep their markup, missing ones are empty, a cell over two columns takes two."""
    (table,) = blocks_of(
        "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>x <b>y</b></td></tr><tr><td>1</td></tr></table>"
    )
    assert isinstance(table, Table)
    assert [plain_text(cell.content) for cell in table.header] == ["A", "B"]
    assert [[plain_text(cell.content) for cell in row] for row in table.rows] == [["x y", ""], ["1", ""]]
    assert isinstance(table.rows[0][0].content[1], Strong)


def test_other_elements_are_what_they_mean():
    """Code, quotations, rules, terms and summaries; scripts and styles are left out with a warning."""
    text = (
        '<pre><code class="language-js">a &lt; b;\n</code></pre>\n<blockquote>Ship</blockquote>\n<hr>\n'
        "<dl><dt>Z</dt><dd>A letter</dd></dl>\n<details><summary>More</summary>inside</details>\n<script>x()</script>\n"
    )
    document, warnings = pipeline.read_warned("## P\n\n<div>\n" + text + "</div>\n")
    code, quote, rule, terms, summary, inside = document.sheets[0].panels[0].blocks
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text) == ("js", "a < b;")
    assert isinstance(quote, Quote)
    assert isinstance(rule, Rule)
    assert isinstance(terms, DefinitionList)
    assert (plain_text(terms.items[0].term), len(terms.items[0].details)) == ("Z", 1)
    assert isinstance(summary, Paragraph)
    assert (plain_text(summary.content), plain_text(inside.content)) == ("More", "inside")
    assert [w.message for w in warnings] == ["HTML <script> is left out"]


def test_stray_tags_lose_no_word():
    """Whatever is open or closed wrongly, words stay, in their order."""
    found = blocks_of("</td>one<tr>two<td>three</table><li>four<ul>five</li></div><dd>six<td>seven")
    said = str(found)
    places = [said.find(word) for word in ("one", "two", "three", "four", "five", "six", "seven")]
    assert all(place >= 0 for place in places)


def test_grouping_html_alone_makes_no_panel():
    """A `<div>` before the title says nothing."""
    (sheet,) = pipeline.read("<div align=center>\n\n# T\n\n</div>\n\n## P\n\nwords\n").sheets
    assert [panel.id for panel in sheet.panels] == ["p"]


@pytest.mark.parametrize(
    "piece", ["<ul><li>", "<table>", "<td>", "<h1>", "<pre>", "<p ", "<!-- ", "<script>", "<dl><dt>", '<a "', "</li>"]
)
def test_hostile_html_ends_soon(piece):
    """Fifty thousand characters of HTML that never closes are read in little time."""
    start = time.process_time()
    with contextlib.suppress(BananaError):
        pipeline.read("<div>\n" + piece * (50_000 // len(piece)))
    assert time.process_time() - start < 3
