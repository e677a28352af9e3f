"""Formulas in TeX's notation become text with raised and lowered pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout import pipeline
from banana_layout.model.inline import HardBreak, Subscript, Superscript, Text, plain_text
from banana_layout.source import Span
from banana_layout.syntax.tex import inlines_of, symbols


def shown(item) -> str:
    """Return an inline as text, scripts in braces, blanks that hold a line together as `~`."""
    if isinstance(item, Text):
        return item.text.replace("\u00a0", "~")
    if isinstance(item, HardBreak):
        return "|"
    assert isinstance(item, (Superscript, Subscript))
    return ("^{" if isinstance(item, Superscript) else "_{") + "".join(map(shown, item.children)) + "}"


def line(formula: str) -> str:
    """Return a formula as text; nothing where it cannot be set."""
    return "".join(map(shown, inlines_of(formula, Span(3, 9), lambda *a, **k: None)))


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("F=ma", "F~= ma"),
        (r"E_k = \frac12 mv^2", "E_{k}~= ½mv^{2}"),
        (r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "x~= (−b~± √(b^{2}~− 4ac))/(2a)"),
        (r"\sum_{i=1}^{n} x_i", "∑_{i=1}^{n}~x_{i}"),
        (r"\frac{dL}{dw}=\frac{\partial L}{\partial y}\frac{\partial y}{\partial w}", "dL/dw~= (∂L/∂y)(∂y/∂w)"),
        (r"\frac{\sin x}{x}", "(sin~x)/x"),
        (r"P(A\mid B)=\frac{P(B\mid A)P(A)}{P(B)}", "P(A~∣ B)~= P(B~∣ A)P(A)/P(B)"),
        (r"90^\circ, f'(x)", "90°, f′(x)"),
        (r"\vec F = m\vec{a},\ \hat{y}", "F\u20d7~= ma\u20d7, ~ŷ"),
        (r"\lim_{x\to 0} x", "lim_{x→0}~x"),
        (r"x^{\frac{1}{2}}", "x^{1/2}"),
        (r"x\in\mathbb{R}^n, \mathcal{L}(\theta), \mathcal{A}", "x~∈ ℝ^{n}, ℒ(θ), 𝒜"),
        (r"\left(\frac{a+1}{b}\right)^2", "((a~+ 1)/b)^{2}"),
        (r"\text{if } x<0", "if x~< 0"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a~= b|c~= d"),
        (r"-x + -1 \times (-2)", "−x~+ −1~× (−2)"),
        (r"\sqrt[3]{8}=2, \sqrt[n]{x+1}", "∛8~= 2, ^{n}√(x~+ 1)"),
        (r"10,000 \%", "10,000%"),
        (r"\binom{n}{k}", "_{n}C_{k}"),
        (r"e^{-\frac{(x-\mu)^2}{2\sigma^2}}", "e^{−(x−μ)^{2}/(2σ^{2})}"),
        (r"-\frac{a}{b}, -\frac{a}{b}c", "−a/b, −(a/b)c"),
        (r"e^{x_i}", "e^{x_{i}}"),
        (r"2H_2 + O_2 \rightarrow 2H_2O", "2H_{2}~+ O_{2}~→ 2H_{2}O"),
        (r"m^12", "m^{1}2"),
    ],
)
def test_formulas_are_set_as_tex_sets_them(formula, text):
    """Signs, blanks, scripts, roots and fractions of one line say what the formula says."""
    assert line(formula) == text


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        (r"\begin{cases} a \\ b \end{cases}", r"\begin{cases}"),
        (r"\underbrace{a}_{b}", r"\underbrace"),
        (r"\foo", r"\foo"),
        ("{a", "}"),
        ("a}", "}"),
        ("x^2^3", "^"),
        ("x_", "}"),
        ("{" * 30, "{"),
        (r"\hat{xyzab}", r"\hat"),
        (r"\mathbb{1}", r"\mathbb"),
    ],
)
def test_what_a_line_cannot_hold_is_told(formula, wrong):
    """The command in the way is named, at the formula's place, and nothing is made of the rest."""
    told = []
    assert inlines_of(formula, Span(3, 9), lambda *a, **k: told.append((a, k))) == ()
    ((message, span, hint), once) = told[0]
    assert (message, span) == (f"“{wrong}” is not set in formulas, so this one is shown as written", Span(3, 9))
    assert hint
    assert once


@pytest.mark.parametrize(
    "text", [r"a \(x^2\) b", r"a \[ x^2 \] b", "a $$x^2$$ b", "a $x^2$ b", "a\n\n```math\nx^2\n```", "a\n\n$$\nx^2\n$$"]
)
def test_every_way_to_write_a_formula_is_read(text):
    """Dollars, brackets behind backslashes and fences named `math` all hold formulas."""
    (panel,) = pipeline.read(f"## P\n\n{text}\n").sheets[0].panels
    found = [i for block in panel.blocks for i in block.content]
    assert [plain_text(i.children) for i in found if isinstance(i, Superscript)] == ["2"]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (r"\(see below\)", "(see below)"),
        (r"\[ \] to do", "[ ] to do"),
        (r"\[x_1\]", "[x_1]"),
        ("from $5 to $10", "from $5 to $10"),
        ("$5 + $6", "$5 + $6"),
        (r"\$x^2\$", "$x^2$"),
    ],
)
def test_brackets_and_prices_stay_text(text, stays):
    """What only looks like a formula's bounds is text."""
    (panel,) = pipeline.read(f"## P\n\n{text}\n").sheets[0].panels
    assert plain_text(panel.blocks[0].content) == stays


COMMANDS = sorted({*symbols.ORDINARY, *symbols.BINARY, *symbols.RELATIONS, *symbols.LARGE, *symbols.NAMES})


@given(
    st.lists(
        st.sampled_from(
            [
                r"\frac",
                "{",
                "}",
                "^",
                "_",
                "a",
                "12",
                "+",
                "-",
                "=",
                "(",
                ")",
                r"\sqrt",
                "[",
                "]",
                r"\text",
                "&",
                r"\\",
                " ",
                r"\hat",
                ",",
                "가",
                *(rf"\{c} " for c in COMMANDS),
            ]
        ),
        max_size=30,
    )
)
def test_any_formula_is_set_or_told(pieces):
    """Whatever stands in a formula, it comes out as text at its place, or one command is named."""
    told = []
    found = inlines_of("".join(pieces), Span(3, 9), lambda *a, **k: told.append(a))
    assert bool(told) != bool(found) or not plain_text(found).strip()
    assert len(told) <= 1
    assert all(item.span == Span(3, 9) for item in found)


def test_every_sign_has_a_glyph():
    """Each character a command stands for is in a face of the theme."""
    tables = (symbols.ORDINARY, symbols.BINARY, symbols.RELATIONS, symbols.LARGE, symbols.OPENING, symbols.CLOSING)
    signs = sorted({value for table in tables for value in table.values()})
    text = " ".join(f"`{sign}`" if sign in "*_|&<>[]{}#\\$" else sign for sign in signs)
    document, warnings = pipeline.read_warned(f"## P\n\n{text}\n")
    assert [w.message for w in pipeline.layout(document, warnings=warnings).warnings] == []
