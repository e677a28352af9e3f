"""Drawings in characters inside a panel become native content, and never lose a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.model.block import Cards, CodeBlock, Diagram, List, Paragraph, Quote, SubHeading, Table
from banana_layout.model.flowchart import label_text
from banana_layout.model.inline import plain_text
from banana_layout.source import Diagnostic, Source
from banana_layout.syntax import boxart
from banana_layout.syntax.boxart.drawing import missing
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.front_matter import Findings
from banana_layout.syntax.wireframe import region_of


def read(text: str):
    """The blocks of some lines, and the warnings."""
    source = Source("t", text)
    findings = Findings(source)
    blocks = boxart.blocks_of(region_of(text), Hand(source, findings))
    left_out = ("Flowchart", "플로우차트", "x")
    assert [w for w in missing(region_of(text), blocks) if w not in left_out] == []
    return blocks, findings.warnings


def only(text: str):
    """The one block of some lines."""
    (block,) = read(text)[0]
    return block


def edges(diagram: Diagram) -> list[tuple[str, str]]:
    """A chart's edges by their nodes' words."""
    names = {n.id: label_text(n.label) for n in diagram.diagram.nodes}
    return [(names[e.source], names[e.target]) for e in diagram.diagram.edges]


@pytest.mark.parametrize(
    "text",
    [
        "A → B → C",
        "Flowchart: A → B\n   → C",
        "A -> B -> C",
        "A ──▶ B ──▶ C",
        "플로우차트: A → B →\n C",
        "A\n ↓\nB\n ↓\nC",
    ],
)
def test_arrow_chains_are_flowcharts(text):
    """Chains in one line, over several, and downwards."""
    assert edges(only(text)) == [("A", "B"), ("B", "C")]


@pytest.mark.parametrize("loop", ["Repeat until done", "다시 반복", "until it works", "繰り返す"])
def test_words_of_repeating_are_an_arrow_back(loop):
    """The last step of a chain that speaks of repeating leads back to the first."""
    diagram = only(f"Try → Look → {loop}")
    assert edges(diagram) == [("Try", "Look"), ("Look", "Try")]
    assert label_text(diagram.diagram.edges[-1].label) == loop


def test_chain_names_the_step_it_goes_back_to():
    """Where the last step names another one, by its words, a part of them or its number, the arrow leads there."""
    assert edges(only("Plan → Build → Test → back to Build"))[-1] == ("Test", "Build")
    assert edges(only("Plan → Neural Net → Test → repeat from the net"))[-1] == ("Test", "Neural Net")
    assert edges(only("Plan → Build → Test → step 2부터 반복"))[-1] == ("Test", "Build")
    assert edges(only("계획 → 만들기 → 시험 → 다시 만들기로"))[-1] == ("시험", "만들기")
    assert edges(only("Do → Look → Try → Repeat until done"))[-1] == ("Try", "Do")


@pytest.mark.parametrize(
    "text",
    [
        "Boil → Add → Simmer until thick",
        "Ask → Handle → Return to client",
        "Stack → Queue → Event loop",
        "A → B → 값을 계속 감시",
    ],
)
def test_words_that_only_sound_like_repeating_are_steps(text):
    """A last step that leads nowhere back stays a step."""
    assert len(edges(only(text))) == 2
    assert len(only(text).diagram.nodes) == 3


def test_cards_keep_their_arrangement():
    """Boxes with arrows stand where they stood, with the arrows between them."""
    cards = only(
        "┌─────┐   ┌─────┐\n│  A  │ → │  B  │\n└─────┘   └──┬──┘\n             ▼\n          ┌─────┐\n          │  C  │\n          └─────┘"
    )
    assert isinstance(cards, Cards)
    assert [(c.row, c.column) for c in cards.cards] == [(0, 0), (0, 1), (1, 1)]
    assert [(link.source, link.target, link.ends) for link in cards.links] == [(0, 1, "target"), (1, 2, "target")]


@pytest.mark.parametrize(
    ("arrow", "ends"),
    [("→", "target"), ("⟷", "both"), ("──▶", "target"), ("───", "line"), ("VS", "none"), ("+", "none")],
)
def test_what_stands_between_two_cards_joins_them(arrow, ends):
    """Arrows of any kind, lines and words."""
    cards = only(f"┌─────┐     ┌─────┐\n│  A  │ {arrow:^3} │  B  │\n└─────┘     └─────┘")
    assert isinstance(cards, Cards)
    (link,) = cards.links
    assert (link.source, link.target, link.ends) == (0, 1, ends)
    assert plain_text(link.label) == (arrow if ends == "none" else "")


def test_words_over_cards_are_their_titles():
    """As many words over the boxes as there are boxes."""
    cards = only("  MERGE      REBASE\n┌───────┐  ┌────────┐\n│ keeps │  │ moves  │\n└───────┘  └────────┘")
    assert [plain_text(c.title) for c in cards.cards] == ["MERGE", "REBASE"]


def test_branching_lines_are_a_graph():
    """Lines that branch between words or boxes are edges."""
    assert edges(only("      root\n   ┌───┴───┐\n left    right")) == [("root", "left"), ("root", "right")]
    graph = only("┌───────┐\n│ Start │\n└───┬───┘\n ┌──┴───┐\n ▼      ▼\n┌───┐ ┌────┐\n│ A │ │ B  │\n└───┘ └────┘")
    assert edges(graph) == [("Start", "A"), ("Start", "B")]


def test_trees_are_nested_lists():
    """`├──` and `└──` hang on what is above them."""
    root, tree = read("src\n├── one\n│   └── two\n└── three")[0]
    assert plain_text(root.content) == "src"
    assert [plain_text(i.blocks[0].content) for i in tree.items] == ["one", "three"]
    assert plain_text(tree.items[0].blocks[1].items[0].blocks[0].content) == "two"


@pytest.mark.parametrize("text", ["SQL    VS    NoSQL\nrows         documents", "SQL VS NoSQL"])
def test_versus_is_a_comparison(text):
    """Two columns with VS between them are two cards."""
    cards = only(text)
    assert isinstance(cards, Cards)
    assert len(cards.cards) == 2
    assert plain_text(cards.links[0].label) == "VS"


def test_small_tables_are_tables():
    """Cells apart by bars, with and without a line under the first row."""
    for text in ("a │ b\n──┼──\n1 │ 2", "a │ b\n1 │ 2", "| a | b |\n|---|---|\n| 1 | 2 |"):
        table = only(text)
        assert isinstance(table, Table)
        assert [plain_text(c.content) for c in (*table.header, *table.rows[0])] == ["a", "b", "1", "2"]


def test_statements_of_one_arrow_are_a_graph_where_they_share_steps():
    """Lines such as `A → B` and `B → C` are edges; those without a step in common stay lines."""
    assert edges(only("Client → Server\nServer → DB\nClient → Cache")) == [
        ("Client", "Server"),
        ("Server", "DB"),
        ("Client", "Cache"),
    ]
    assert len(only("x > 3 → stop\nelse → go on").items) == 2


def test_words_joined_across_and_down_are_a_graph():
    """Without any box: arrows to all sides, in box characters and in ASCII, lead where they point."""
    assert sorted(edges(only("A → B\n↑   ↓\nD ← C"))) == [("A", "B"), ("B", "C"), ("C", "D"), ("D", "A")]
    chart = only("[User] --> [API] --> [DB]\n              |\n              v\n           [Cache]")
    assert edges(chart) == [("[User]", "[API]"), ("[API]", "[DB]"), ("[API]", "[Cache]")]


def test_framed_tables_are_tables():
    """A table in a frame of its own is one, with the first row as its head."""
    table = only("┌──────┬──────┐\n│ k    │ v    │\n├──────┼──────┤\n│ a    │ 1    │\n└──────┴──────┘")
    assert isinstance(table, Table)
    assert [plain_text(c.content) for c in (*table.header, *table.rows[0])] == ["k", "v", "a", "1"]


def test_lines_in_two_columns_are_items_with_bold_keys():
    """Words at one column after a gap are keys and values; prose with a wide blank is not."""
    listed = only("A     address, IPv4\nCNAME another name\nMX    where mail goes")
    assert [plain_text(i.blocks[0].content) for i in listed.items] == [
        "A address, IPv4",
        "CNAME another name",
        "MX where mail goes",
    ]
    assert [plain_text(i.blocks[0].content[0].children) for i in listed.items] == ["A", "CNAME", "MX"]
    assert len(only("값   뜻이다\n키    여는 것\n표    적는 곳").items) == 3
    items = only("one  wide blank\nanother line here\nand a third").items
    assert not any(type(i.blocks[0].content[0]).__name__ == "Strong" for i in items)


def test_lines_of_every_kind():
    """Bullets, checks, numbers, nested lines, quotes, commands, keys, headings and plain lines."""
    items = only("• one\n  more of it\n• two\n   ◦ under two")
    assert [plain_text(i.blocks[0].content) for i in items.items] == ["one more of it", "two"]
    assert isinstance(items.items[1].blocks[1], List)
    assert [i.checked for i in only("✓ done\n□ open\n[x] done\n☐ open").items] == [True, False, True, False]
    assert (only("① a\n② b").ordered, only("3. a\n4. b").start) == (True, 3)
    assert isinstance(only('"Words said."'), Quote)
    assert isinstance(only("git add .\ngit commit"), CodeBlock)
    assert isinstance(only("one line"), Paragraph)
    assert isinstance(read("HEAD\n────\ntext")[0][0], SubHeading)
    assert len(only("first\nsecond").items) == 2
    assert len(only("✓ a   ✓ b   ✓ c").items) == 3


def test_what_is_not_understood_stays_text_with_a_warning():
    """More boxes side by side than a panel has room for are kept as they were typed."""
    text = "\n".join((" ".join(["┌───┐"] * 7), " ".join(["│ a │"] * 7), " ".join(["└───┘"] * 7)))
    blocks, warnings = read(text)
    assert any(isinstance(b, CodeBlock) for b in blocks)
    assert any("kept as text" in w.message for w in warnings)
    assert all(isinstance(w, Diagnostic) for w in warnings)


PIECES = [
    "┌",
    "┐",
    "└",
    "┘",
    "│",
    "─",
    "┬",
    "┴",
    "├",
    "┤",
    "▼",
    "→",
    " ",
    " ",
    " ",
    "a",
    "bc",
    "한글",
    "VS",
    "•",
    "\n",
    "\n",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_no_word_is_lost_whatever_is_drawn(text):
    """Random box characters, arrows and words: it ends, and every word is in the result."""
    read(text)
