"""Sheets written in Python become the documents Markdown would give."""

from __future__ import annotations

from pathlib import PurePath

import pytest

import banana_layout as bl
from banana_layout.authoring import Panel, Rows, Sheet, Zone
from banana_layout.content import bullets, callout, code, diagram, image, table
from banana_layout.model.block import Footnotes, List, Paragraph, SubHeading
from banana_layout.model.codec import from_dict, to_dict, without_spans
from banana_layout.model.inline import FootnoteRef, Text, plain_text
from banana_layout.model.zone import RowsCell
from banana_layout.source import BananaError, Source
from banana_layout.syntax import markdown


def test_python_and_markdown_give_the_same_document():
    """A sheet in Python equals the Markdown sheet that says the same."""
    written = Sheet(
        "🍌 추론",
        Zone(10, "title"),
        Zone("40mm", Panel("🎲 What *is* it?", "- **a**\n- b"), Panel("Why?", "Because.", size="max(2, 30mm)")),
        Zone(
            "auto",
            Rows(Zone(1, Panel("C", "c")), size=2),
            Panel("D", "d", id="dd", classes=["hero"], attributes={"pen": "blue"}),
        ),
        subtitle="under",
        page="A5",
        orientation="landscape",
        connectors=[("c", "dd", "so")],
        author="me",
    ).document()
    text = """---
page: A5
orientation: landscape
author: me
layout:
  - 10: title
  - 40mm: [what-is-it, {why: "max(2, 30mm)"}]
  - auto: [{rows: [{1: c}], weight: 2}, dd]
connectors: [{from: c, to: dd, label: so}]
---
# 🍌 추론

under

## 🎲 What *is* it?

- **a**
- b

## Why?

Because.

## C

c

## D {#dd .hero pen=blue}

d
"""
    read = markdown.read(Source("s.md", text)).value
    assert to_dict(written) == to_dict(read)
    assert written.sheets == without_spans(read.sheets)


def test_blocks_may_stand_beside_markdown():
    """Content mixes Markdown and blocks made by a program, in order."""
    made = Paragraph(content=(Text(text="made"),))
    (panel,) = Sheet("", Panel("P", ["- a", made, "### deeper"])).document().sheets[0].panels
    assert [type(b) for b in panel.blocks] == [List, Paragraph, SubHeading]
    assert panel.blocks[1] is made


def test_panels_alone_are_laid_out_automatically():
    """Without zones there is no layout of the author's."""
    (sheet,) = Sheet("T", Panel("A"), Panel("A")).document().sheets
    assert sheet.zones is None
    assert [p.id for p in sheet.panels] == ["a", "a-1"]


def test_footnotes_number_on_through_the_sheet():
    """Two panels' footnotes share one row of numbers."""
    (sheet,) = Sheet("", Panel("A", "x^[one]"), Panel("B", "y[^n]\n\n[^n]: two")).document().sheets
    marks = [i.number for p in sheet.panels for i in p.blocks[0].content if isinstance(i, FootnoteRef)]
    assert marks == [1, 2]
    assert [p.blocks[-1].items[0].number for p in sheet.panels if isinstance(p.blocks[-1], Footnotes)] == [1, 2]


def test_links_lead_to_other_panels():
    """A panel's Markdown may link to a panel of the same sheet; a link to nowhere is told."""
    found = Sheet("", Panel("A", "[to b](#b) [lost](#z)"), Panel("B")).read()
    (said,) = [w.message for w in found.warnings]
    assert said == "the link to “#z” is dropped, its text kept: nothing has that id (at $.panels[0].content)"
    assert found.warnings[0].location()[0] == "<a>"


def test_zones_are_numbered():
    """Zone ids are those of the Markdown layout."""
    (sheet,) = Sheet("T", Zone(1, "title"), Zone(1, Rows(Zone(1, Panel("A")), Zone(1, Panel("B"))))).document().sheets
    divided = sheet.zones[1].cells[0]
    assert isinstance(divided, RowsCell)
    assert [z.id for z in (*sheet.zones, *divided.rows)] == ["zone-1", "zone-2", "zone-2.1", "zone-2.2"]


def test_documents_of_programs_survive_json():
    """What Python writes, JSON carries."""
    document = Sheet("T", Zone(1, "title"), Zone(2, Panel("A", "a ==b==\n\n| x |\n|---|\n| y |"))).document()
    assert from_dict(to_dict(document)) == document


SHARED = Panel("A")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Sheet("T", Zone(1, Panel("A"))), "panel “title” has no place"),
        (lambda: Sheet("", Zone(1, "title", Panel("A"))), "there is no panel “title”"),
        (lambda: Sheet("", Zone(0, Panel("A"))), "the weight 0.0 is not above 0"),
        (lambda: Sheet("", Zone(float("nan"), Panel("A"))), "“nan” is no size"),
        (lambda: Sheet("", Zone(None, Panel("A"))), "a size is a number or a text"),
        (lambda: Sheet("", Zone(1, "text")), "a cell is a Panel, Rows or the word “title”"),
        (lambda: Sheet("", Zone(1, Panel("A")), Panel("B")), "zones or panels, not both"),
        (lambda: Sheet("", Zone(1, SHARED, SHARED)), "stands in two places"),
        (lambda: Sheet("", Zone(1)), "a zone needs a cell"),
        (lambda: Sheet("", Panel("A", id="x"), Panel("B", id="x")), "the id “x” is taken"),
        (lambda: Sheet("", Panel("A"), page="A9"), "“A9” is no page size"),
        (lambda: Sheet("", Panel("A"), page=(1, 1)), "the page's width is not between"),
        (lambda: Sheet("", Panel("A"), fit="stretch"), "“fit” is one of strict, rebalance"),
        (lambda: Sheet("", Panel("A"), fit="strickt"), "did you mean “strict”?"),
        (lambda: Sheet("", Panel("A"), colour="x"), "a sheet has no setting “colour” (at $.colour)"),
        (lambda: Sheet("", Panel("A"), tehme="kraft"), "did you mean “theme”?"),
        (lambda: Sheet("", Panel("A"), seed="1"), "“seed” is a whole number, not '1' (at $.seed)"),
        (lambda: Sheet("", Panel("A"), lang=3), "“lang” is a text, not 3"),
        (lambda: Sheet("", Panel("A"), keywords=5), "“keywords” is a list of texts"),
        (lambda: Sheet("", Panel("A"), fonts="x.ttf"), "“fonts” is a dict of texts"),
        (lambda: Sheet("", Panel("A"), pens={"token": 3}), "what “token” has is a text, not 3"),
        (lambda: Sheet("", Panel("A"), constraints="min_size"), "“constraints” is a list of constraints"),
        (lambda: Sheet("", Panel("A"), constraints=[3]), "a constraint is a name, or a name and its values"),
        (lambda: Sheet("", Panel("A"), page=("1", None)), "a page is a name, or width and height"),
        (lambda: Sheet("", Panel("A"), orientation="lying"), "'lying' is no orientation"),
        (lambda: Sheet("", Panel("A"), base=3), "“base” is the path of a folder"),
        (lambda: Sheet(None, Panel("A")), "a title is a text, not None (at $.title)"),
        (lambda: Sheet("", Zone(1, Panel(None))), "a title is a text, not None (at $.zones[0].cells[0].title)"),
        (lambda: Sheet("", Panel("A", None)), "content is Markdown or blocks, not None (at $.panels[0].content)"),
        (lambda: Sheet("", Panel("A", id=3)), "an id is a text, not 3 (at $.panels[0].id)"),
        (lambda: Sheet("", Panel("A", attributes={"pen": 3})), "the attribute “pen” is a text"),
        (lambda: Sheet("", Zone(Panel("A"), 10)), "the size comes first"),
        (lambda: Sheet("", Zone(1, [Panel("A")])), "take the brackets away"),
        (lambda: Sheet("", Zone(1, Zone(1, Panel("A")))), "wrap it: Rows(Zone(…))"),
        (
            lambda: Sheet("", Zone(1, Rows(Panel("A")))),
            "Rows hold Zone objects, not Panel (at $.zones[0].cells[0].zones[0])",
        ),
        (lambda: Sheet("", [Panel("A")]), "take the brackets away: Sheet(…, *panels)"),
        (lambda: Sheet("T", Zone(1, Panel("A"))), 'give it a zone, such as Zone(12, "title")'),
        (
            lambda: Sheet("", Zone(1, Panel("A", id="x"), Panel("B", id="x"))),
            "the id “x” is taken (at $.zones[0].cells[1].id)",
        ),
        (lambda: Sheet("", Panel("Abc"), Panel("B"), connectors=[("abd", "b")]), "did you mean “abc”?"),
        (lambda: Sheet("", Panel("A"), connectors="a->b"), "connectors are a list of arrows"),
        (lambda: Sheet("", Panel("A", [table(["a"], [[1]], align=["middle"])])), "a column's “align” is left"),
        (lambda: Sheet("", Panel("A", [table(["a"], [[1]], align=["left", "left"])])), "the table has 1 columns"),
        (lambda: Sheet("", Panel("A", [table("ab", [[1, 2]])])), "a table's header must be a list, not str"),
        (lambda: Sheet("", Panel("A", [table(["a"], ["x"])])), "row 1 of the table must be a list, not str"),
        (lambda: Sheet("", Panel("A", [table(["a"], [{"a": 1}])])), "row 1 of the table is a dict"),
        (lambda: Sheet("", Panel("A", [callout("hint", "x")])), "a callout is a note, tip, important"),
        (lambda: Sheet("", Panel("A", [diagram(None)])), "a diagram is a text, not NoneType"),
        (lambda: Sheet("", Panel("A", [code(None)])), "code is a text, not NoneType"),
        (lambda: Sheet("", Panel("A", [bullets(1, 2)])), "content is Markdown or blocks, not int"),
        (lambda: Sheet("", Panel("A", [image("a.png", width=50)])), "an image's width is a share"),
        (lambda: Sheet("", Panel("A", 5)), "content is"),
        (lambda: Sheet("", Panel("A", [5])), "content is Markdown or blocks, not 5"),
        (lambda: Sheet("", Panel(5)), "a title is a text"),
        (lambda: Sheet("", Panel("A^[note]")), "cannot hold a footnote"),
        (lambda: Sheet("", Panel("A"), connectors=[("a", "z")]), "there is no panel “z”"),
        (lambda: Sheet("", Panel("A"), connectors=["a"]), "a connector is (from, to)"),
        (lambda: Sheet("", Panel("A"), subtitle="x"), "a subtitle needs a title"),
        (lambda: Sheet("", "text"), "a sheet holds Zone and Panel objects"),
    ],
)
def test_mistakes_are_told(make, message):
    """Whatever a program gets wrong is a BananaError that says so."""
    with pytest.raises(BananaError) as caught:
        make().document()
    assert message in str(caught.value)


def test_mermaid_mistakes_name_the_panel():
    """A diagram that does not parse is told with the panel it stands in."""
    with pytest.raises(BananaError) as caught:
        Sheet("", Panel("Flow", "```mermaid\nflowchart LR\n  a --> [[[\n```")).document()
    assert str(caught.value).startswith("<flow>:3:")


def test_the_title_keeps_both_icons():
    """Emoji around the sheet's title become its icons."""
    heading = Sheet("🍌 A *b* 🍌", Panel("A")).document().sheets[0].title
    assert (heading.icons, plain_text(heading.content)) == (("🍌", "🍌"), "A b")


def test_a_panel_can_be_found_and_changed():
    """`panel` returns the panel of an id or a slug; a name that none has is told with the nearest."""
    sheet = Sheet("T", Zone(1, "title"), Zone(2, Rows(Zone(1, Panel("🎲 What *is* it?", "a"))), Panel("B", id="x")))
    sheet.panel("what-is-it").content = "changed"
    sheet.panel("x").title = "C"
    first, second = sheet.document().sheets[0].panels
    assert (plain_text(first.blocks[0].content), plain_text(second.title)) == ("changed", "C")
    with pytest.raises(BananaError, match="did you mean “what-is-it”"):
        sheet.panel("what-it-is")


def test_settings_take_what_python_has_at_hand(tmp_path):
    """Paths, lengths of paper, texts of keywords and constraints with numbers need no spelling out."""
    sheet = Sheet(
        "T",
        Panel("A", "x"),
        page=("100mm", "5in"),
        theme=PurePath("looks/mine.toml"),
        fonts={"body": PurePath("fonts/a.ttf")},
        keywords="one, two",
        constraints=["nothing_lost", {"min_size": 10}, {"fill": {"least": 0.1}}, {"widest": "a"}],
        base=tmp_path,
    )
    document = sheet.document()
    settings = document.settings
    assert (round(settings.page.width, 1), settings.page.height) == (283.5, 360)
    assert (settings.theme, settings.fonts) == ("looks/mine.toml", (("body", "fonts/a.ttf"),))
    assert settings.keywords == ("one", "two")
    assert [(w.name, w.values, w.options) for w in settings.constraints] == [
        ("nothing_lost", (), ()),
        ("min_size", ("10",), ()),
        ("fill", (), (("least", "0.1"),)),
        ("widest", ("a",), ()),
    ]
    assert document.base == str(tmp_path)
    assert sheet.document("elsewhere").base == "elsewhere"


def test_a_class_may_be_given_as_a_text():
    """`classes="sticky"` is one class, not six letters."""
    assert Sheet("", Panel("A", classes="sticky hero")).document().sheets[0].panels[0].classes == ("sticky", "hero")


def test_pieces_of_a_sheet_say_what_they_are():
    """Panels, zones and rows print as they are written."""
    assert (
        repr(Zone(2, Panel("A", id="x"), Rows(Zone(1, "title"))))
        == "Zone(2, Panel('A', id='x'), Rows(Zone(1, 'title')))"
    )


def test_a_pen_under_another_key_is_told_and_other_tools_keys_are_not():
    """`color=blue` was meant to give a pen, wherever the sheet comes from; `width=3` is somebody else's."""
    told = bl.Sheet("", Panel("A", "x", attributes={"color": "blue", "width": "3"})).layout().warnings
    assert [(w.message, w.hints) for w in told] == [
        ("“color=blue” gives no pen, which the panel “a” asks for", ("write pen=blue",))
    ]


def test_a_misspelled_look_is_told_and_other_tools_classes_are_not():
    """`stiky` was meant to be something; `unnumbered` is Pandoc's. A panel made by a program is named."""
    sheet = bl.Sheet("", Panel("A", "x", classes=["stiky", "unnumbered"]), Panel("B", "y", attributes={"pen": "pink"}))
    first, second = sheet.layout().warnings
    assert (first.message, first.hints) == (
        "there is no look “stiky”, which the panel “a” asks for",
        ("did you mean “sticky”?",),
    )
    assert second.message == "the theme has no pen 'pink', which the panel “b” asks for"
