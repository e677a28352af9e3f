"""Pens that carry meaning: the same concept, the same pen, and never colour alone."""

from __future__ import annotations

import pytest

import banana_layout
from banana_layout import pipeline
from banana_layout.layout.concepts import FAMILIES, concepts, known
from banana_layout.model.inline import Code, Emphasis, Link, Mark, Penned, Strong, plain_text
from banana_layout.scene.item import Group, Path
from banana_layout.source import BananaError
from banana_layout.syntax.writer import write
from banana_layout.theme import load
from banana_layout.theme.text_style import FORMS

SHEET = """---
layout: [{50: [a, b]}, 50: [c, d]]
pens: {parameter: green}
---
## A
- A **token**{pen=blue} and *Token*
- [sampled  words]{pen=violet}
- **학습**{pen=coral}; *other*

## B
| what | why |
|---|---|
| `token` | *학습은* |

## C
```mermaid
flowchart LR
  P[parameter] --> Q[plain]
```

## D
**Sampled words** and token
"""


def signs(document) -> dict[str, list[str]]:
    """Return, for each panel, the colours of the signs on its lines in reading order."""
    page = pipeline.layout(document).pages[0]
    out: dict[str, list[str]] = {}

    def walk(item, panel: str) -> None:
        if isinstance(item, Group):
            panel = item.key if item.role == "panel" else panel
            for child in item.children:
                walk(child, panel)
        elif isinstance(item, Path) and "/sign" in item.key and item.key.endswith(".0"):
            out.setdefault(panel, []).append(item.stroke.paint.color.hex)

    for item in page.scene.items:
        walk(item, "")
    return out


def test_a_concept_keeps_its_pen_in_every_panel():
    """Once marked, emphasised words have their pen in text, cells and nodes, whatever their case and Korean particle."""
    pen = {pair.name: pair.pen.hex for pair in load.load("nano-banana").pairs}
    found = signs(pipeline.read(SHEET))
    assert found == {
        "a": [pen["blue"], pen["blue"], pen["violet"], pen["coral"]],
        "b": [pen["blue"], pen["coral"]],
        "c": [pen["green"]],
        "d": [pen["violet"]],
    }


def test_a_page_without_pens_has_no_signs_and_no_table_of_them():
    """Nothing is looked up where the author gives no pen."""
    document = pipeline.read("## A\n\n**token** and *token*\n")
    assert signs(document) == {}
    assert concepts(document, load.load("plain"), lambda d: None) is None


@pytest.mark.parametrize("theme", load.names())
def test_every_family_of_pens_has_a_form_of_its_own_in_every_theme(theme):
    """Words in different pens differ in form, not in colour alone, even where a theme has fewer pens."""
    names = [family[0] for family in FAMILIES]
    words = " ".join(f"[w{i}]{{pen={name}}}" for i, name in enumerate(names))
    found = concepts(pipeline.read(f"## A\n\n{words}\n"), load.load(theme), lambda d: None)
    forms = [found.pens[name].sign.form for name in names]
    assert sorted(forms) == sorted(FORMS)


@pytest.mark.parametrize("theme", load.names())
def test_words_in_pens_read_well_in_every_theme(theme):
    """The standard constraints, contrast among them, hold of a page with every pen on every kind of markup."""
    lines = []
    for family in FAMILIES:
        name = family[0]
        lines.append(f"- **a{name}**{{pen={name}}} *a{name}* `a{name}` ==a{name}== [plain {name}]{{pen={name}}}")
    document = pipeline.read(f"---\ntheme: {theme}\n---\n## A\n\n" + "\n".join(lines) + "\n")
    assert banana_layout.constraints.check(pipeline.layout(document)) == ()


def test_a_pen_nobody_has_is_an_error_with_a_hint():
    """The message stands at the words and says what was probably meant, and what there is."""
    with pytest.raises(BananaError) as error:
        pipeline.layout(pipeline.read("## A\n\n**token**{pen=bleu}\n"))
    (found,) = error.value.diagnostics
    assert found.message == "there is no pen “bleu”"
    assert found.hints == ("did you mean “blue”?", "the theme nano-banana has coral, blue, violet, green, banana")
    assert found.location()[1].line == 3


def test_a_pen_of_another_theme_stands_in_with_a_warning():
    """Who changes the theme keeps the page; a pen that looks the same needs no word."""
    document = pipeline.read("---\ntheme: exam-notes\n---\n## A\n\n**a**{pen=violet} **b**{pen=coral}\n")
    messages = [w.message for w in pipeline.layout(document).warnings]
    assert messages == ["the theme exam-notes has no pen violet: red stands in for it"]


def test_two_pens_for_one_concept_are_told():
    """Each place keeps what it says, the first holds elsewhere."""
    document = pipeline.read("## A\n\n**a**{pen=blue} *a*{pen=coral} **a**\n")
    (warning,) = pipeline.layout(document).warnings
    assert warning.message == "“a” is written with blue and with coral; elsewhere blue holds"
    blue, coral = (load.load("nano-banana").pair(n).pen.hex for n in ("blue", "coral"))
    assert list(signs(document).values()) == [[blue, coral, blue]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("**a**", Strong), ("*a*", Emphasis), ("==a==", Mark), ("`a`", Code), ("[a](http://x.y)", Link)],
)
def test_any_markup_takes_a_pen(text, kind):
    """The attribute stands right behind; its place covers both."""
    source = f"## A\n\nx {text}{{pen=blue}}은\n"
    (paragraph,) = pipeline.read(source).sheets[0].panels[0].blocks
    penned = paragraph.content[1]
    assert isinstance(penned, Penned)
    assert (penned.pen, type(penned.children[0])) == ("blue", kind)
    assert source[penned.span.start : penned.span.end] == f"{text}{{pen=blue}}"
    assert plain_text(paragraph.content) == "x a은"


@pytest.mark.parametrize("text", ["word{pen=blue}", "**a** {pen=blue}", "**a**{ink=blue}", "[a] {pen=blue}"])
def test_braces_behind_anything_else_are_text(text):
    """No word is taken for an attribute."""
    (paragraph,) = pipeline.read(f"## A\n\n{text}\n").sheets[0].panels[0].blocks
    assert plain_text(paragraph.content) == text.replace("**", "")


def test_pens_survive_json_and_markdown():
    """The model as JSON and as Markdown reads back equal."""
    document = pipeline.read(SHEET)
    data = banana_layout.to_dict(document)
    assert banana_layout.to_dict(banana_layout.from_dict(data)) == data
    assert signs(banana_layout.from_dict(data)) == signs(document)
    again = pipeline.read(write(document))
    assert again.settings.pens == (("parameter", "green"),)
    assert write(again) == write(document)
    assert signs(again) == signs(document)


def test_pens_of_a_sheet_written_in_python():
    """Settings take a mapping."""
    sheet = banana_layout.Sheet("T", banana_layout.Panel("A", "**token** x"), pens={"token": "blue"})
    assert list(signs(sheet.document()).values()) == [[load.load("nano-banana").pair("blue").pen.hex]]


def test_words_are_compared_without_case_and_blanks():
    """`Sampled  Words` is `sampled words`."""
    assert known(" Sampled\n Words ") == known("sampled words")
