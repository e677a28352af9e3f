"""What holds of any text: no other error than BananaError, no word lost, every place right, linear time."""

from __future__ import annotations

import re
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from banana_layout.model.block import CodeBlock, Diagram
from banana_layout.model.inline import Code, InlineImage, Link, Text
from banana_layout.source import BananaError, Source, Span
from banana_layout.syntax import markdown
from banana_layout.syntax.markdown_parser import Parsed

MARKUP = st.sampled_from(
    [
        *"*_~=`[]()<>!^&#|-+:.\\\"'{} \n\t",
        "**", "==", "~~", "```", "\n\n", "\n- ", "\n1. ", "\n> ", "> [!NOTE]\n", "\n## ", "\n# ", "[^a]", "[^a]: ", "|-|-|\n", "](#x)",
        "](http://x.y)", "<b>", "</b>", "<sub>", "<br>", "<!--", "-->", "&amp;", "http://a.b", "---\n", ": ", "- [x] ", "{#id}", "{.c}", "^[", "![",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["one", "two", "한글", "추론은", "日本", "🎲", "👩‍🔬", "é", "1", "x_y"])
TEXTS = st.lists(MARKUP | WORDS, max_size=60).map("".join)


def walk(value):
    """Yield every value of a document, depth first."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, msgspec.Struct):
            yield item
            stack.extend(getattr(item, name) for name in item.__struct_fields__ if name != "source")
        elif isinstance(item, tuple):
            stack.extend(item)


def words_of(document) -> str:
    """Return every text in a document."""
    out = []
    for item in walk(document):
        if isinstance(item, (Text, Code, CodeBlock)):
            out.append(item.text)
        elif isinstance(item, InlineImage):
            out.append(item.alt)
        out.extend(icon for icon in (getattr(item, "icon", None), *(getattr(item, "icons", None) or ())) if icon)
    return "\n".join(out)


def read_or_none(text: str):
    try:
        return markdown.read(Source("t.md", text)).value
    except BananaError as error:
        return None if str(error) and error.diagnostics else error


@settings(max_examples=250, deadline=None)
@given(TEXTS | st.text(max_size=200))
def test_any_text_is_read_or_refused_and_every_place_lies_inside_it(text):
    """Only BananaError is raised, and no place leaves the text."""
    document = read_or_none(text)
    if document is None:
        return
    length = len(document.source.text)
    spans = [item for item in walk(document) if isinstance(item, Span)]
    assert all(0 <= span.start <= span.end <= length for span in spans)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_text_stands_where_its_place_says(text):
    """A text that needed no escape or entity is found in the source at its place, word for word."""
    document = read_or_none(text)
    if document is None:
        return
    source = document.source.text
    for item in walk(document):
        if isinstance(item, Text) and item.span is not None:
            shown = source[item.span.start : item.span.end]
            if "&" not in shown and "\\" not in shown and "\t" not in shown and "\n" not in shown:
                assert shown == item.text
        elif isinstance(item, (Code, Link)) and item.span is not None and isinstance(item, Code):
            shown = source[item.span.start : item.span.end]
            if "\n" not in shown and "\\|" not in shown and shown.startswith("`"):
                assert item.text in shown


SENTENCES = st.lists(st.from_regex(r"\w{1,8}", fullmatch=True).filter(lambda w: "_" not in w), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(SENTENCES, min_size=1, max_size=6),
    st.sampled_from(["", "- ", "> ", "1. ", "### ", "| ", "- [ ] ", "> - "]),
)
def test_no_word_is_lost(paragraphs, prefix):
    """Every word of plain paragraphs, lists, quotes and headings is in the model."""
    text = "\n\n".join(prefix + " ".join(words) for words in paragraphs)
    document = markdown.read(Source("t.md", "## P\n\n" + text)).value
    found = words_of(document)
    assert [w for words in paragraphs for w in words if w not in found] == []


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_no_word_is_lost_among_markup(text):
    """Markup in any disorder hides no Hangul word outside comments, link targets and definitions."""
    if re.search(r"<!|-->|\]\(|\]:|\{|<a|---", text):
        return
    document = read_or_none("## P\n\n" + text)
    if document is None:
        return
    found = words_of(document)
    for word in ("한글", "추론은", "日本"):
        fences = "".join(re.findall(r"(?m)^[\s>\d.:-]*```.*$", text))
        assert found.count(word) >= text.count(word) - fences.count(word)


PLAIN = st.lists(
    st.sampled_from([*"*_~`[]()<>!&\\\"' \n", "**", "~~", "](/u)", "<b>", "&amp;", "a", "b c", "1", "<http://x.y>"]),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(PLAIN)
def test_inline_rules_agree_with_markdown_it(text):
    """The rules tried by first character make the tokens that stock markdown-it makes by trying them all."""
    stock = MarkdownIt("commonmark").enable("strikethrough")
    stock.validateLink = lambda url: True
    stock.normalizeLink = stock.normalizeLinkText = lambda url: url
    expected = stock.inline.parse(text, stock, {}, [])
    ours = Parsed("", Source("t", "")).inline(text)

    def shape(tokens):
        out = []
        for token in tokens:
            if token.type in ("text", "text_special"):
                if out and out[-1][0] == "text":
                    out[-1] = ("text", out[-1][1] + token.content)
                elif token.content:
                    out.append(("text", token.content))
            else:
                out.append((token.type, token.content))
        return [item for item in out if item != ("text", "")]

    assert shape(ours) == shape(expected)


HOSTILE = {
    "brackets": "[" * 30000,
    "images": "![" * 10000 + "](x)" * 10000,
    "notes": "^[" * 10000 + "]" * 10000,
    "stars": "*a **b " * 10000,
    "nested stars": "**" * 5000 + "a" + "**" * 5000,
    "marks": "==a " * 20000,
    "tags": "<a " * 30000,
    "comments": "<!-- " * 20000,
    "comments in lines": "x <!-- " * 20000,
    "colons": "http:" * 20000,
    "addresses": "a@" * 40000,
    "parentheses": "http://a.b/" + ")" * 90000,
    "quotes": ">" * 100000,
    "lists": "- " * 50000,
    "quoted lines": "\n".join(">" * (i % 90) + " a" for i in range(600)),
    "footnotes": "[^a]: " * 20000,
    "headings": "## a\n" * 4000,
    "attributes": "## " + "{#a " * 20000 + "}",
    "emoji": "## " + "🎲\u200d" * 30000,
    "columns": "|" + "a|" * 8000 + "\n|" + "-|" * 8000 + "\n|x|\n",
    "backticks": "".join("`" * i + " " for i in range(1, 300)),
    "elements": "<b>*" * 5000,
    "lines": "a\n" * 30000,
    "yaml": "---\nlayout: " + "[" * 50000 + "\n---\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon(name):
    """A hundred thousand characters of the worst markup are read or refused within seconds."""
    start = time.process_time()
    document = read_or_none(HOSTILE[name])
    assert time.process_time() - start < 3
    if document is not None:
        assert max(depths(document)) < 60


def depths(value, depth: int = 0):
    """Yield how deep each value lies."""
    stack = [(value, depth)]
    while stack:
        item, level = stack.pop()
        yield level
        if isinstance(item, msgspec.Struct):
            stack.extend(
                (getattr(item, n), level + 1) for n in item.__struct_fields__ if n not in ("source", "blocks", "items")
            )
        elif isinstance(item, tuple):
            stack.extend((i, level) for i in item)


def test_reading_takes_time_in_proportion():
    """Ten times the text takes about ten times as long."""
    page = "## 제목 {n}\n\n- **굵게** *기울임* `code` [a](https://b.c) ~~x~~ ==y==\n- 둘째 줄은 조금 더 길다, 그리고 끝.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"

    def took(count: int) -> float:
        text = "".join(page.replace("{n}", str(i)) for i in range(count))
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            read_or_none(text)
            best = min(best, time.process_time() - start)
        return best

    assert took(300) < 10 * took(30) * 2.5


def test_diagrams_keep_their_source():
    """A diagram's text stays beside what it says."""
    document = markdown.read(Source("t.md", "## A\n\n```mermaid\nflowchart LR\n  A --> B\n```\n")).value
    (diagram,) = [item for item in walk(document) if isinstance(item, Diagram)]
    assert diagram.source == "flowchart LR\n  A --> B"
