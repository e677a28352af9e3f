"""Where each piece of Markdown stands, to the character."""

from __future__ import annotations

import msgspec
import pytest

from banana_layout.source import Source, Span
from banana_layout.syntax import markdown


def places(text: str) -> list[tuple[str, str, int]]:
    """Return each value's type, the source at its place, and where that begins, in reading order."""
    document = markdown.read(Source("t.md", text)).value
    out = []

    def walk(value):
        if isinstance(value, msgspec.Struct):
            span = getattr(value, "span", None)
            if isinstance(span, Span):
                out.append((type(value).__name__, document.source.text[span.start : span.end], span.start))
            for name in value.__struct_fields__:
                if name not in ("span", "source", "settings", "diagram"):
                    walk(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)

    walk(document.sheets)
    return out


@pytest.mark.parametrize(
    ("line", "kind", "shown"),
    [
        ("a **b** c", "Strong", "**b**"),
        ("a __b__ c", "Strong", "__b__"),
        ("a ***b*** c", "Emphasis", "***b***"),
        ("a *b* c", "Emphasis", "*b*"),
        ("a ~~b~~ c", "Strike", "~~b~~"),
        ("a ==b== c", "Mark", "==b=="),
        ("a ~~b~~~~c~~ d", "Strike", "~~c~~"),
        ("a `` b ` `` c", "Code", "`` b ` ``"),
        ("a [b](http://c.d 'e') f", "Link", "[b](http://c.d 'e')"),
        ("a [b][c]\n\n[c]: http://d.e", "Link", "[b][c]"),
        ("a <http://b.c> d", "Link", "<http://b.c>"),
        ("a http://b.c/d. e", "Link", "http://b.c/d"),
        ("&amp; \\* a@b.org!", "Link", "a@b.org"),
        ("a ![b](c.png) d", "InlineImage", "![b](c.png)"),
        ("a<sup>b</sup> c", "Superscript", "<sup>b</sup>"),
        ("a<br>b", "HardBreak", "<br>"),
        ("a[^b] c\n\n[^b]: d", "FootnoteRef", "[^b]"),
        ("a^[b *c*] d", "FootnoteRef", "^[b *c*]"),
        ("a^[b *c*] d", "Emphasis", "*c*"),
        ("> a\n> **b\n> c** d", "Strong", "**b\n> c**"),
        ("- > 1. a *b*", "Emphasis", "*b*"),
        ("| a | *b\\|c* |\n|---|---|", "Emphasis", "*b\\|c*"),
        ("> | a\\|b `c` |\n> |---|", "Code", "`c`"),
        ("- [x] a *b*", "Emphasis", "*b*"),
        ("> [!NOTE] a *b*\n> c", "Emphasis", "*b*"),
        ("term *a*\n: *b* c", "Definition", "term *a*"),
        ("```py\na\n```", "CodeBlock", "```py\na\n```"),
        ("- a\n  b\n\nc", "List", "- a\n  b"),
        ("### 🎲 a *b* {#x}", "Emphasis", "*b*"),
        ("***", "Rule", "***"),
    ],
)
def test_markup_stands_with_its_markers(line, kind, shown):
    """A piece of markup covers its markers, in quotes, lists and tables too."""
    text = "## P\n\nbefore\n\n" + line + "\n"
    found = [place[1] for place in places(text) if place[0] == kind]
    assert found[-1:] == [shown]


@pytest.mark.parametrize(
    ("text", "shown", "start"),
    [
        ("## P\n\n1. 1\n", "1", 9),
        ("## P\n\n> x > x\n", "x > x", 8),
        ("## P\n\n> - x - x\n", "x - x", 10),
        ("## P\n\n- [ ] [ ] x\n", "[ ] x", 12),
        ("## P\n\n  a\n", "a", 8),
        ("## a a ##\n", "a a", 3),
        ("## P\n\na\n===\n", "a", 6),
        ("---\npage: A4\n---\n## P\n\na\n", "a", 23),
        ("## P\n\n|a|a|a\n|-|-|-|\n", "a", 11),
        ("## P\n\n|\\|\\|a|\n|-|\n", "||a", 8),
        ("## P\n\n&lt; x *y* z\n", " z", 16),
        ("## P\n\nx *a* a\n", " a", 11),
        ("## P\n\n<http://a.b>\n", "http://a.b", 7),
        ("## P\n\n**x *y* x**\n", " x", 13),
        ("## P\n\nx ***y***\n", "y", 11),
        ("## P\n\n[x](http://x.y/x)\n", "x", 7),
        ("## P\n\nx[^x]\n\n[^x]: x\n", "x", 19),
        ("## P\n\n> a\n> a\n", "a", 12),
        ("## P\n\n\t x\n\n- a\n\n\tb *b*\n", "b", 20),
    ],
)
def test_text_begins_where_it_stands(text, shown, start):
    """Of several equal words, the place names the right one."""
    document = markdown.read(Source("t.md", text)).value
    texts = []

    def walk(value):
        if isinstance(value, msgspec.Struct):
            if type(value).__name__ == "Text":
                texts.append((value.text, value.span.start))
            for name in value.__struct_fields__:
                if name != "source":
                    walk(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)

    walk(document.sheets)
    assert texts[-1] == (shown, start)


def test_panels_and_titles_stand_at_their_headings():
    """A panel's place is its heading's line without the blanks around it."""
    found = places("#  T  \n\n##  🎲 A  {#x}  \n\ntext\n\nB\n---\n")
    assert [(kind, shown) for kind, shown, _ in found if kind in ("Heading", "Panel")] == [
        ("Panel", "##  🎲 A  {#x}"),
        ("Panel", "B\n---"),
        ("Heading", "#  T"),
    ]
