"""Markdown as people write it: what each construct becomes, where it stands, and that nothing is lost."""

from __future__ import annotations

import pytest
import regex

from banana_layout.model.block import (
    Callout,
    CodeBlock,
    DefinitionList,
    Diagram,
    Footnotes,
    Image,
    List,
    Paragraph,
    Quote,
    Rule,
    SubHeading,
    Table,
)
from banana_layout.model.document import Document, Overrides
from banana_layout.model.inline import (
    Code,
    Emphasis,
    FootnoteRef,
    HardBreak,
    InlineImage,
    Link,
    Mark,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain_text,
)
from banana_layout.resources import asset
from banana_layout.source import BananaError, Source
from banana_layout.syntax import markdown
from banana_layout.syntax.headings import find_icons


def read(text: str) -> Document:
    found = markdown.read(Source("sheet.md", text))
    assert [w.message for w in found.warnings] == []
    return found.value


def warned(text: str) -> tuple[Document, list[str]]:
    found = markdown.read(Source("sheet.md", text))
    return found.value, [w.message for w in found.warnings]


def blocks(text: str):
    (panel,) = read("## P\n\n" + text).sheets[0].panels
    return panel.blocks


def inlines(text: str):
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def refused(text: str) -> str:
    with pytest.raises(BananaError) as caught:
        markdown.read(Source("sheet.md", text))
    return str(caught.value)


def test_the_sample_sheet_is_read_whole():
    """The reference sheet gives its title, subtitle, five panels, icons and four zones."""
    text = asset("samples/inference.md").read_text(encoding="utf-8")
    (sheet,) = read(text).sheets
    assert [(p.id, p.icon) for p in sheet.panels] == [
        ("what-is-inference", "🎲"),
        ("biased-coin-flip", "🔀"),
        ("token-generation-process", "⚡"),
        ("training-vs-inference", "📊"),
        ("key-takeaways", "📌"),
    ]
    assert sheet.title.icons == ("🍌", "🍌")
    assert plain_text(sheet.title.content) == "NANO BANANA CHEAT SHEET: INFERENCE (추론)"
    assert len(sheet.title.subtitle) == 1
    assert [zone.track.weight for zone in sheet.zones] == [10, 25, 45, 20]
    assert [type(b) for p in sheet.panels for b in p.blocks] == [List, Quote, List, Table, Diagram, Table, List]


def test_inlines_become_nested_values():
    """Every inline construct lands as the value of its own."""
    kinds = [
        type(i)
        for i in inlines(
            "**b** *i* ~~s~~ ==m== `c` [l](https://x.y) ![a](p.png) x<sup>2</sup> y<sub>i</sub>\nsoft  \nhard<br>br"
        )
        if not isinstance(i, Text)
    ]
    assert kinds == [
        Strong,
        Emphasis,
        Strike,
        Mark,
        Code,
        Link,
        InlineImage,
        Superscript,
        Subscript,
        SoftBreak,
        HardBreak,
        HardBreak,
    ]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", Strong),
        ("strong", Strong),
        ("i", Emphasis),
        ("em", Emphasis),
        ("s", Strike),
        ("del", Strike),
        ("mark", Mark),
    ],
)
def test_html_for_emphasis_is_markup(tag, kind):
    """The HTML people write in Markdown means what its Markdown twin means."""
    found = inlines(f"a <{tag}>*b* c</{tag}> d")
    assert [type(i) for i in found] == [Text, kind, Text]
    assert plain_text(found) == "a b c d"


def test_html_code_is_a_chip():
    """`<kbd>` and `<code>` become code, entities resolved."""
    assert [i.text for i in inlines("<kbd>Ctrl</kbd>+<code>a&lt;b</code>")] == ["Ctrl", "+", "a<b"]


def test_other_html_keeps_its_text_and_warns_once():
    """Unknown elements leave their words, with one warning an element; those that only group need none."""
    document, messages = warned("## P\n\n<span>one</span> <u>two</u> <span>three</span>\n\n<div>\n\nfour\n\n</div>\n")
    words = [plain_text(b.content) for b in document.sheets[0].panels[0].blocks]
    assert words == ["one two three", "four"]
    assert messages == [
        "HTML <u> is not drawn; its text is kept",
    ]


def test_html_blocks_keep_their_words():
    """A block of HTML is read for its text and its markup."""
    document, _ = warned("## P\n\n<table><tr><td>a <b>bold</b></td></tr></table>\n")
    (paragraph,) = document.sheets[0].panels[0].blocks
    assert plain_text(paragraph.content) == "a bold"


def test_comments_are_not_content():
    """HTML comments vanish, alone or inside text, however long."""
    assert blocks("<!-- a\n\nb -->\n\ntext<!-- c --> end") == blocks("\n\n\n          \n\ntext<!-- c --> end")
    assert plain_text(inlines("text<!-- c --> end")) == "text end"


def test_unclosed_html_warns_and_keeps_its_text():
    """A tag never closed does not swallow what follows."""
    document, messages = warned("## P\n\na <b>c d\n\ne")
    assert [plain_text(b.content) for b in document.sheets[0].panels[0].blocks] == ["a c d", "e"]
    assert messages == ["<b> is never closed"]


@pytest.mark.parametrize(
    "text", ['**"인용"**은', "**추론(inference)**이다", "가**(나)**다", "==표시(mark)==는", "~~값(x)~~이"]
)
def test_emphasis_closes_before_hangul(text):
    """Markup that ends in punctuation works although a particle follows at once, where CommonMark would not close it."""
    found = inlines(text)
    assert any(isinstance(i, (Strong, Mark, Strike)) for i in found)
    assert not any(c in plain_text(found) for c in "*=~")


def test_ranges_with_one_tilde_stay_text():
    """`3~5` is a range in Korean, never struck through."""
    assert plain_text(inlines("3~5분, 6~7분")) == "3~5분, 6~7분"
    assert len(inlines("3~5분, 6~7분")) == 1


def test_redundant_nesting_is_flattened():
    """Bold in bold is bold once, so that hostile nesting ends in a shallow model."""
    found = inlines("**" * 3000 + "a" + "**" * 3000)
    assert found[0].children[0].text == "a"


@pytest.mark.parametrize(
    ("written", "url", "shown"),
    [
        ("<https://a.b/c>", "https://a.b/c", "https://a.b/c"),
        ("https://a.b/c.", "https://a.b/c", "https://a.b/c"),
        ("(www.a.b/c)", "http://www.a.b/c", "www.a.b/c"),
        ("me@x.org", "mailto:me@x.org", "me@x.org"),
        ("[한글](https://a.b/추론)", "https://a.b/%EC%B6%94%EB%A1%A0", "한글"),
        ("[t][r]\n\n[r]: <http://q.r>", "http://q.r", "t"),
        ('<a href="https://e.f">g</a>', "https://e.f", "g"),
    ],
)
def test_links_lead_where_they_say(written, url, shown):
    """Links, autolinks and bare addresses are links with encoded targets."""
    (link,) = [i for i in inlines(written) if isinstance(i, Link)]
    assert (link.url, plain_text(link.children)) == (url, shown)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#10;script:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "notes.md",
    ],
)
def test_unsafe_links_lose_their_target_but_not_their_text(url):
    """Only the web, mail and the page itself may be linked."""
    document, messages = warned(f"## P\n\n[**text**](<{url}>)")
    (paragraph,) = document.sheets[0].panels[0].blocks
    assert paragraph.content[0].children[0].text == "text"
    assert not any(isinstance(i, Link) for i in paragraph.content)
    assert len(messages) == 1
    assert "is dropped, its text kept" in messages[0]


def test_links_within_the_page_find_their_panel():
    """`#id` leads to a panel, also as GitHub spells the slug of a heading with an emoji; others are dropped with a warning."""
    document, messages = warned("## 🎲 What now?\n\n[a](#what-now) [b](#-what-now) [c](#nowhere)")
    links = [i.url for i in document.sheets[0].panels[0].blocks[0].content if isinstance(i, Link)]
    assert links == ["#what-now", "#what-now"]
    assert len(messages) == 1


def test_lists_nest_and_number():
    """Bullets, numbers with their start, tasks and nesting arrive."""
    bullets, numbers = blocks("- [ ] a\n- [x] b\n- c\n  - d\n\n3. x\n4. y")
    assert [i.checked for i in bullets.items] == [False, True, None]
    assert plain_text(bullets.items[1].blocks[0].content) == "b"
    assert isinstance(bullets.items[2].blocks[1], List)
    assert (numbers.ordered, numbers.start, len(numbers.items)) == (True, 3, 2)
    assert bullets.tight


def test_loose_lists_are_told_from_tight_ones():
    """Empty lines between items count."""
    (loose,) = blocks("- a\n\n- b")
    assert not loose.tight


def test_tables_keep_every_cell():
    """Alignment, escaped pipes and empty cells arrive; a row longer than the header widens it."""
    document, messages = warned("## P\n\n| a | b\\|c |\n|:-:|--:|\n| `x\\|y` | |\n| 1 | 2 | 3 |\n")
    (table,) = document.sheets[0].panels[0].blocks
    assert table.align == ("center", "right", None)
    assert [plain_text(c.content) for c in table.header] == ["a", "b|c", ""]
    assert [[plain_text(c.content) for c in row] for row in table.rows] == [["x|y", "", ""], ["1", "2", "3"]]
    assert messages == ["this row has 3 cells, the header 2; the header is widened"]


def test_callouts_have_a_kind_and_maybe_a_title():
    """GitHub's five, with a title of their own where one is given."""
    note, tip = blocks("> [!NOTE]\n> text\n\n---\n\n> [!TIP] **Mine**\n> - a")[0::2]
    assert isinstance(note, Callout)
    assert (note.kind, note.title, plain_text(note.blocks[0].content)) == ("note", (), "text")
    assert (tip.kind, plain_text(tip.title), type(tip.blocks[0])) == ("tip", "Mine", List)


def test_an_unknown_callout_stays_a_quotation():
    """Nothing of it is lost, and a warning says why."""
    document, messages = warned("## P\n\n> [!FOO]\n> text")
    (quote,) = document.sheets[0].panels[0].blocks
    assert isinstance(quote, Quote)
    assert plain_text(quote.blocks[0].content) == "[!FOO] text"
    assert len(messages) == 1


def test_code_keeps_its_characters():
    """Fences and indented code keep blanks and empty lines; the language is the first word."""
    fence, indented = blocks("```Python hl=3 {.wide}\ndef f():\n\n\treturn 1\n```\n\n    a\n      b\n")
    assert (fence.text, fence.language, fence.classes) == ("def f():\n\n\treturn 1", "python", ("wide",))
    assert indented.text == "a\n  b"


def test_rules_definitions_and_headings_inside():
    """Thematic breaks, definition lists and deeper headings arrive."""
    heading, rule, terms = blocks("### 🔥 Hot *one* {#hot .big}\n\n---\n\nterm\n: one\n: two\n")
    assert (heading.level, heading.icon, heading.id, heading.classes) == (3, "🔥", "hot", ("big",))
    assert plain_text(heading.content) == "Hot one"
    assert isinstance(rule, Rule)
    assert isinstance(terms, DefinitionList)
    assert [plain_text(d[0].content) for d in terms.items[0].details] == ["one", "two"]


def test_an_image_alone_is_a_block():
    """An image by itself may have a width; one in a line stays there; Korean file names stay as written."""
    alone, line = blocks('![그림](그림/하나.png "캡션"){width=50% .frame}\n\ntext ![b](c.png)')
    assert alone == Image(
        path="그림/하나.png", alt="그림", title="캡션", width=0.5, classes=("frame",), span=alone.span
    )
    assert isinstance(line.content[1], InlineImage)


def test_footnotes_are_numbered_by_their_marks():
    """Numbers follow the marks through the sheet; each note stands at the end of the panel that marks it first."""
    (sheet,) = read("## A\n\nx[^b] y^[inline *note*]\n\n## B\n\nz[^a] x[^b]\n\n[^a]: first\n[^b]: second\n").sheets
    marks = [i.number for p in sheet.panels for i in p.blocks[0].content if isinstance(i, FootnoteRef)]
    assert marks == [1, 2, 3, 1]
    first, second = (p.blocks[-1] for p in sheet.panels)
    assert [(n.number, plain_text(n.blocks[0].content)) for n in first.items] == [(1, "second"), (2, "inline note")]
    assert [(n.number, plain_text(n.blocks[0].content)) for n in second.items] == [(3, "first")]


def test_unused_and_double_footnotes_are_kept():
    """A note nobody marks is set at the end with a warning; so is the second of a label."""
    document, messages = warned("## A\n\nx[^a]\n\n[^a]: one\n\n[^a]: two\n\n[^b]: three\n")
    notes = document.sheets[0].panels[-1].blocks[-1]
    assert isinstance(notes, Footnotes)
    assert [plain_text(n.blocks[0].content) for n in notes.items] == ["one", "two", "three"]
    assert len(messages) == 3


def test_footnotes_that_mark_each_other_end():
    """A circle of notes is numbered once each."""
    (panel,) = read("## A\n\nx[^a]\n\n[^a]: see[^b]\n\n[^b]: see[^a]\n").sheets[0].panels
    assert [n.number for n in panel.blocks[-1].items] == [1, 2]


def test_text_before_any_heading_makes_a_panel():
    """Nothing that stands before a heading is lost."""
    (sheet,) = read("hello\n\n# T\n\nsub\n\n## A\n").sheets
    assert [p.id for p in sheet.panels] == ["intro", "a"]
    assert plain_text(sheet.panels[0].blocks[0].content) == "hello"
    assert plain_text(sheet.title.subtitle[0].content) == "sub"


def test_a_sheet_without_panels_keeps_its_content():
    """Under a lone title, paragraphs are the subtitle and the rest makes a panel."""
    (sheet,) = read("# T\n\nsub\n\n- a\n- b\n\nmore\n").sheets
    assert len(sheet.title.subtitle) == 1
    assert [type(b) for b in sheet.panels[0].blocks] == [List, Paragraph]


def test_a_further_title_starts_another_sheet():
    """Each `#` is a page; ids begin anew."""
    first, second = read("# One\n\n## A\n\n# Two\n\n## A\n\n## A\n").sheets
    assert [p.id for p in first.panels] == ["a"]
    assert [p.id for p in second.panels] == ["a", "a-1"]


@pytest.mark.parametrize(
    ("heading", "ident", "icon", "title"),
    [
        ("🎲 WHAT IS INFERENCE?", "what-is-inference", "🎲", "WHAT IS INFERENCE?"),
        ("Ends 🚀", "ends", "🚀", "Ends"),
        ("👩‍🔬 연구 & 개발", "연구--개발", "👩‍🔬", "연구 & 개발"),
        ("🇰🇷 한국어", "한국어", "🇰🇷", "한국어"),
        ("1️⃣ First", "first", "1️⃣", "First"),
        ("👍🏽 Skin", "skin", "👍🏽", "Skin"),
        ("☀️ Sun", "sun", "☀️", "Sun"),
        ("2 dogs", "2-dogs", None, "2 dogs"),
        ("# 5", "5", None, "# 5"),
        ("C++ `code` *em*", "c-code-em", None, "C++ code em"),
        ("Text™", "text", None, "Text™"),
        ("🎲", "panel", "🎲", ""),
        ("A {#my-id .x key=v k2='a b'}", "my-id", None, "A"),
        ("Set {x}", "set-x", None, "Set {x}"),
        ("Title", "title-1", None, "Title"),
    ],
)
def test_headings_give_ids_icons_and_titles(heading, ident, icon, title):
    """Slugs as GitHub makes them, icons as whole grapheme clusters, attributes taken out."""
    (panel,) = read(f"## {heading}\n").sheets[0].panels
    assert (panel.id, panel.icon, plain_text(panel.title)) == (ident, icon, title)


def test_every_emoji_is_an_icon_and_nothing_else():
    """What Unicode shows as an emoji by itself is taken as an icon, and no other symbol of its blocks."""
    shown, taken, emoji = set(), set(), set()
    for code in (*range(0x2000, 0x3300), *range(0x1F000, 0x1FB00)):
        char = chr(code)
        if regex.match(r"(?=\p{Emoji_Presentation})[^\p{Emoji_Modifier}\p{Regional_Indicator}]", char):
            shown.add(char)
        if regex.match(r"\p{Emoji}|\p{Extended_Pictographic}", char):
            emoji.add(char)
        if find_icons(char + " x", both=False).before == char:
            taken.add(char)
    assert shown - taken == set()
    assert {c for c in taken - emoji if not c >= "\U0001fa70"} == set()


def test_link_definitions_nothing_uses_are_told():
    """A definition that looks like text, or lost its link, does not vanish unsaid."""
    _, messages = warned("## A\n\n[used]\n\n[used]: http://a.b\n[note]: something\n[used]: http://c.d\n")
    assert messages == ["link “USED” is defined twice; the first one holds", "nothing uses the link definition “note”"]


def test_heading_attributes_arrive():
    """Classes and key-value wishes reach the panel."""
    (panel,) = read("## A {.hero .sticky pen=blue size='2'}\n").sheets[0].panels
    assert (panel.classes, panel.attributes) == (("hero", "sticky"), (("pen", "blue"), ("size", "2")))


def test_an_id_given_twice_is_refused():
    """The author's own ids must differ."""
    assert "sheet.md:3:1: error: the id “x” is taken" in refused("## A {#x}\n\n## B {#x}\n")


def test_mermaid_errors_point_into_the_file():
    """A mistake in a diagram is told at its line of the Markdown file."""
    message = refused("## A\n\n> ```mermaid\n> flowchart LR\n>   a --> [[[\n> ```\n")
    assert message.startswith("sheet.md:5:")


def test_diagram_types_not_drawn_stay_code():
    """A sequence diagram is kept as code, with a warning."""
    document, messages = warned("## A\n\n```mermaid\nsequenceDiagram\n  a->>b: hi\n```\n")
    (code,) = document.sheets[0].panels[0].blocks
    assert isinstance(code, CodeBlock)
    assert "a->>b: hi" in code.text
    assert len(messages) == 1


def test_control_characters_never_reach_the_page():
    """Characters that SVG and PDF cannot hold become replacement characters in place."""
    assert plain_text(inlines("a\x01b\ud800c")) == "a\ufffdb\ufffdc"


def test_windows_line_ends_are_line_ends():
    """Carriage returns do not reach the text."""
    document = read("## A\r\n\r\nx\r\ny\r\n")
    assert plain_text(document.sheets[0].panels[0].blocks[0].content) == "x y"
    assert "\r" not in document.source.text


def test_limits_are_told():
    """Too much text and too deep nesting are errors that say so."""
    assert "more than 1,000,000" in refused("x" * 1_000_001)
    assert "nested more than 100 deep" in refused(">" * 200 + "x")


def test_an_empty_text_is_an_empty_sheet():
    """Nothing is not an error here; a warning says what to write."""
    document, messages = warned(" \n")
    assert document.sheets[0].panels == ()
    assert messages == ["the sheet is empty"]


def test_overrides_win_over_the_front_matter():
    """What the command line says comes last."""
    source = Source("s.md", "---\npage: A5\ntheme: x\nseed: 1\n---\n## A\n")
    settings = markdown.read(source, Overrides("A3", True, "y", 7)).value.settings
    assert (settings.page.name, settings.page.width > settings.page.height) == ("A3", True)
    assert (settings.theme, settings.seed) == ("y", 7)


def test_subheadings_inside_quotes_are_headings():
    """A heading in a quotation is content, whatever its level."""
    (quote,) = blocks("> # Big\n> text")
    assert isinstance(quote.blocks[0], SubHeading)
    assert quote.blocks[0].level == 3


@pytest.mark.parametrize(
    ("text", "title", "subtitle", "panels"),
    [
        ("# T\n\n## Only\n\nintro\n\n### A\n\nx\n\n### B\n\ny\n", "T", "", ["only", "a", "b"]),
        ("# T\n\n## Only\n\n### A\n\nx\n\n### B\n\ny\n", "T", "Only", ["a", "b"]),
        ("## Only\n\n### A\n\nx\n\n### B\n\ny\n", "Only", "", ["a", "b"]),
        ("# T\n\n## One\n\n### A\n\nx\n\n### B\n\n## Two\n\ny\n", "T", "", ["one", "two"]),
        ("# T\n\n## Only\n\n### A\n\nx\n", "T", "", ["only"]),
    ],
)
def test_a_single_second_heading_gives_its_third_ones_panels(text, title, subtitle, panels):
    """A file with one `##` is divided by its `###`, and the `##` itself is not lost."""
    sheet = markdown.read(Source("<text>", text)).value.sheets[0]
    assert plain_text(sheet.title.content) == title
    assert "".join(plain_text(b.content) for b in sheet.title.subtitle) == subtitle
    assert [p.id for p in sheet.panels] == panels


def test_an_author_s_layout_is_divided_by_second_headings_alone():
    """With a `layout` the panels are the `##`, however few."""
    text = "---\nlayout:\n  - 1: only\n---\n\n## Only\n\n### A\n\nx\n\n### B\n\ny\n"
    sheet = markdown.read(Source("<text>", text)).value.sheets[0]
    assert [p.id for p in sheet.panels] == ["only"]


def test_heading_without_words_starts_a_page_without_title():
    """A `#` alone begins an untitled page; text right under it is kept, and one with nothing under it is no page."""
    document = read(
        "---\ntitle: T\nlayout:\n  - 1: [title, p]\n---\n\n# T\n\n## P\n\nx\n\n#\n\nlead\n\n## Q\n\ny\n\n#\n"
    )
    first, second = document.sheets
    assert first.title is not None
    assert second.title is None
    assert [(panel.id, panel.title != ()) for panel in second.panels] == [("intro", False), ("q", True)]
    assert second.panels[0].blocks
