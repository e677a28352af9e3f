from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.diagrams.icons import emoji_for, unknown_icons, with_icons
from banana_layout.diagrams.labels import Hand, Part, Scribe, Word, break_words
from banana_layout.model.flowchart import LabelRun
from banana_layout.theme.load import load


@pytest.fixture
def scribe(panel) -> Scribe:
    return Scribe(panel.context())


@pytest.fixture
def hands(scribe) -> tuple[Hand, Hand]:
    ink = scribe.theme.ink
    return Hand("heading", ink, 0.04), Hand("body", ink, 0.0, scale=2 / 3, leading=1.24)


def test_a_leading_emoji_is_lifted_out(scribe, hands):
    """The emoji becomes the picture; first line and second line are head and sub-label."""
    label = scribe.label((LabelRun("🧠 Neural Net\n고정된 parameters"),), hands)
    assert label.picture == "🧠"
    assert [p.hand.role for p in label.parts] == ["heading", "body"]
    assert label.parts[0].words[0].runs[0].text == "Neural"


@pytest.mark.parametrize("text", ["1. first", "#tag", "plain", "© 2026"])
def test_letters_and_digits_are_no_pictures(scribe, hands, text):
    """Characters that only might be emoji stay in the text."""
    assert scribe.label((LabelRun(text),), hands).picture is None


def test_an_emoji_alone_is_a_picture_without_words(scribe, hands):
    """A label of one emoji has no lines but still asks for room."""
    label = scribe.label((LabelRun("🍌"),), hands)
    assert label.parts == ()
    assert label.cut(5.0).load.height == pytest.approx(1.5)


def test_hangul_words_stay_whole(scribe, hands):
    """Breaking happens at spaces only."""
    label = scribe.label((LabelRun("모든 토큰의 확률을 계산한다"),), hands)
    lines = ["".join(r.text for w in line for r in w.runs) for line in label.cut(4.0).lines[0]]
    assert len(lines) > 1
    assert {w for line in label.cut(4.0).lines[0] for w in ("".join(r.text for r in x.runs) for x in line)} == {
        "모든", "토큰의", "확률을", "계산한다",
    }  # fmt: skip


def test_a_long_address_is_broken_at_its_slashes(scribe, hands):
    """A word wider than a node breaks after slashes, dots and the like, and loses nothing."""
    address = "https://example.org/a/very/long/path/to/something/else"
    label = scribe.label((LabelRun(address),), hands)
    cut = label.cut(6.0)
    assert len(cut.lines[0]) > 2
    assert "".join(r.text for line in cut.lines[0] for w in line for r in w.runs) == address


@given(widths=st.lists(st.floats(0.2, 4.0), min_size=1, max_size=14), measure=st.floats(1.0, 20.0))
@settings(max_examples=150, deadline=None)
def test_breaking_takes_the_fewest_lines_and_keeps_every_word(widths, measure):
    """Words keep their order; no line but one of a single word exceeds the measure; no fewer lines would do."""
    hand = Hand("body", load("nano-banana").ink, 0.0)
    words = tuple(Word((LabelRun(f"w{i}"),), w) for i, w in enumerate(widths))
    part = Part(words, hand, 0.3)
    lines, widest = break_words(part, measure)
    assert tuple(w for line in lines for w in line) == words
    spans = [sum(w.width for w in line) + 0.3 * (len(line) - 1) for line in lines]
    assert widest == pytest.approx(max(spans))
    assert all(span <= measure + 1e-6 or len(line) == 1 for span, line in zip(spans, lines, strict=True))
    greedy, used = 1, widths[0]
    for w in widths[1:]:
        if used + 0.3 + w > measure + 1e-9:
            greedy, used = greedy + 1, w
        else:
            used += 0.3 + w
    assert len(lines) == greedy


def test_written_lines_stay_in_their_measured_width(scribe, hands):
    """What is set is as wide as what was measured: the fit relies on it."""
    label = scribe.label((LabelRun("Probability Distribution 확률 분포"),), hands)
    cut = label.cut(6.0)
    frame = scribe.write(label, cut, 20.0, "k")
    assert frame.size.width == pytest.approx(cut.text.width * 20.0, rel=0.02)
    assert frame.size.height == pytest.approx(cut.text.height * 20.0, rel=1e-6)


@pytest.mark.parametrize(
    ("icon", "emoji"), [("fa fa-book", "📖"), ("fa:user", "👤"), ("mdi mdi-home", "🏠"), ("fa:fa-car", "🚗")]
)
def test_icon_names_become_emoji(icon, emoji):
    """Authors' spellings of common icons are understood."""
    assert emoji_for(icon) == emoji


def test_unknown_icons_keep_their_name():
    """A name without a drawing stays in the text and is reported."""
    runs = (LabelRun("fa:fa-car Car fa:fa-zzz"),)
    assert with_icons(runs)[0].text == "🚗 Car fa:fa-zzz"
    assert unknown_icons(runs) == ("zzz",)


def test_dates_and_measures_stay_in_one_line_of_a_node(scribe, hands):
    """A node's label is broken behind a date and a measure, never inside."""
    label = scribe.label((LabelRun("처음\n1919. 3. 1. 태화관 두부 200 g"),), hands)
    words = ["".join(r.text for r in w.runs) for w in label.parts[1].words]
    assert words == ["1919. 3. 1.", "태화관", "두부", "200 g"]
