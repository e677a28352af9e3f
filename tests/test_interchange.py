"""Sheets as JSON: both forms, their schemas, and mistakes told at their place."""

from __future__ import annotations

import copy
import json
import pickle
import re

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import banana_layout as bl
from banana_layout.content import bullets, callout, code, diagram, numbers, quote, table, tasks
from banana_layout.model.misfits import misfits
from banana_layout.model.schema import schema
from banana_layout.model.written import EXAMPLE, WrittenSheet
from banana_layout.source import BananaError
from banana_layout.testing.documents import documents

SHEET = json.dumps(EXAMPLE, ensure_ascii=False, indent=2)


def edited(change):
    data = copy.deepcopy(EXAMPLE)
    change(data)
    return data


def message(text):
    with pytest.raises(bl.BananaError) as caught:
        bl.read(text)
    return str(caught.value)


def test_a_sheet_in_json_equals_the_one_in_markdown():
    """The short form says what front matter and headings say."""
    data = {
        "title": "🍌 T",
        "subtitle": "under",
        "zones": [
            {"size": 10, "cells": [{"type": "title"}]},
            {
                "size": "40mm",
                "cells": [
                    {"type": "panel", "title": "A", "content": "- **a**", "pen": "blue"},
                    {
                        "type": "rows",
                        "size": 2,
                        "zones": [{"size": 1, "cells": [{"type": "panel", "title": "B"}]}],
                    },
                ],
            },
        ],
        "connectors": [{"from": "a", "to": "b", "label": "so"}],
        "page": "A5",
    }
    markdown = """---
page: A5
layout:
  - 10: title
  - 40mm: [a, {rows: [{1: b}], weight: 2}]
connectors: [{from: a, to: b, label: so}]
---
# 🍌 T

under

## A {pen=blue}

- **a**

## B
"""
    assert bl.to_dict(bl.read(json.dumps(data))) == bl.to_dict(bl.read(markdown))


def test_json_files_are_read_by_their_name_and_images_start_from_their_folder(tmp_path):
    """`sheet.json` is JSON, and the folder it names for itself does not hold."""
    document = bl.from_dict(EXAMPLE)
    (tmp_path / "s.json").write_text(json.dumps(bl.to_dict(document) | {"base": "/"}), encoding="utf-8")
    read = bl.read(tmp_path / "s.json")
    assert read.base == str(tmp_path)
    assert read.sheets == document.sheets


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d["zones"][1].update(size=[]), "$.zones[1].size"),
        (lambda d: d["zones"][1]["cells"][0].update(titel="x"), "$.zones[1].cells[0].titel"),
        (lambda d: d["connectors"][0].update(to="nowhere"), "$.connectors[0].to"),
        (lambda d: d.update(version=9), "$.version"),
        (lambda d: d.update(panels=[{"type": "panel", "title": "P"}]), "$.panels"),
        (lambda d: d.pop("title"), "$"),
    ],
)
def test_mistakes_are_told_at_their_json_path(change, path):
    """A message holds the JSON path, and the place in the text where there is one."""
    text = json.dumps(edited(change), ensure_ascii=False, indent=1)
    said = message(text)
    assert f"(at {path})" in said
    assert said.startswith("<text>:")


def test_the_place_of_a_mistake_is_that_of_the_value():
    """Line and column are those of the value the path names."""
    text = '{"title": "T",\n "zones": [{"size": 1, "cells": []},\n  {"size": {}, "cells": []}]}'
    assert message(text).startswith("<text>:3:12: error: expected")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.update(them="kraft"), "there is no key “them” here (at $.them)"),
        (lambda d: d.update(them="kraft"), "did you mean “theme”?"),
        (
            lambda d: d.update(fit="shrink"),
            "expected “gentle”, “keep”, “paginate”, “rebalance” or “strict”, got “shrink”",
        ),
        (lambda d: d.update(orientation="Landscape"), "did you mean “landscape”?"),
        (lambda d: d.update(seed="3"), "expected a whole number, got “3” (at $.seed)"),
        (lambda d: d.update(seed="3"), "take the quotation marks away"),
        (lambda d: d.update(theme="dark"), "(at $.theme)"),
        (lambda d: d["zones"].pop(0), 'such as {"size": 12, "cells": [{"type": "title"}]}'),
        (lambda d: d["zones"][1]["cells"][0].pop("type"), 'write "type": "panel"'),
        (lambda d: d["zones"][1]["cells"][0].update(type="text"), "“text” is not “panel”, “title” or “rows”"),
        (lambda d: d["zones"][1]["cells"][0].update(content=["a"]), "write it as one text, lines ended by \\n"),
        (lambda d: d["zones"][1]["cells"][0].update(content=None), "leave the key out"),
        (lambda d: d["zones"][1]["cells"][0].update(classes="hero"), "put it into brackets"),
        (
            lambda d: d["zones"][1]["cells"][0].update(classes=["big"]),
            "expected “hero”, “plain” or “sticky”, got “big”",
        ),
        (lambda d: d["zones"][1].update(cells={}), "expected a list, got an object (at $.zones[1].cells)"),
        (lambda d: d["zones"][2]["cells"].append({"type": "rows", "zones": []}), "(at $.zones[2].cells[1].zones)"),
        (lambda d: d["zones"][1]["cells"][1].update(id="what"), "the id “what” is taken (at $.zones[1].cells[1].id)"),
        (lambda d: d["zones"][2]["cells"][0].update(content="```mermaid\nflowchart LR\n A -->\n```"), "<how>:3:"),
        (
            lambda d: d["zones"][2]["cells"][0].update(content="```mermaid\nflowchart LR\n A -->\n```"),
            "(at $.zones[2].cells[0].content)",
        ),
    ],
)
def test_a_model_s_mistakes_are_told_in_the_words_of_json(change, said):
    """What language models get wrong is told with its path, what was expected and what to write."""
    with pytest.raises(BananaError) as caught:
        bl.layout(bl.read(json.dumps(edited(change))))
    assert said in str(caught.value)


@pytest.mark.parametrize(("words", "lang"), [("추론은 token by token", "ko"), ("one token", "en"), ("トークン", "ja")])
def test_the_letters_tell_the_language_where_nobody_does(words, lang):
    """JSON and Python name callouts in the language of their words, as Markdown does."""
    data = {"title": words, "panels": [{"type": "panel", "title": "A", "content": "> [!NOTE]\n> x"}]}
    assert bl.from_dict(data).settings.lang == lang
    assert bl.Sheet(words, bl.Panel("A")).document().settings.lang == lang
    assert bl.from_dict(data | {"lang": "fr"}).settings.lang == "fr"
    assert bl.from_dict(data | {"lang": None}).settings.lang == lang


def test_all_mistakes_are_told_at_once():
    """A model need not be asked once a mistake."""
    wrong = edited(lambda d: d.update(seed="x", foo=1, lang=3, connectors=[{"source": "a"}]))
    with pytest.raises(BananaError) as caught:
        bl.from_dict(wrong)
    paths = [d.message.rsplit("(at ", 1)[1].rstrip(")") for d in caught.value.diagnostics]
    assert sorted(set(paths)) == ["$.connectors[0]", "$.connectors[0].source", "$.foo", "$.lang", "$.seed"]


@pytest.mark.parametrize("levels", [10, 90, 124, 1000])
def test_a_mistake_deep_inside_is_an_error_and_no_crash(levels):
    """Cells divided again and again, and a wrong key in the innermost."""
    cell = {"type": "panel", "title": "P", "icon": "x"}
    for _ in range(levels):
        cell = {"type": "rows", "zones": [{"size": 1, "cells": [cell]}]}
    with pytest.raises(BananaError, match=r"there is no key “icon”|unknown field|nested too deep"):
        bl.from_dict({"title": "", "zones": [{"size": 1, "cells": [cell]}]})


def test_all_mistakes_in_the_whole_model_are_told_at_once():
    """What `to_dict` wrote and somebody has edited is told as the short form is."""
    data = bl.to_dict(bl.read("# T\n\n## A\n\n- x"))
    data["settings"] |= {"seed": "x", "fonts": [["body"]]}
    data["sheets"][0]["panels"][0]["blocks"][0] |= {"type": "lst"}
    with pytest.raises(BananaError) as caught:
        bl.from_dict(data)
    said = str(caught.value)
    assert "expected a whole number, got “x” (at $.settings.seed)" in said
    assert "expected 2 values, got 1 (at $.settings.fonts[0])" in said
    assert '(at $.sheets[0].panels[0].blocks[0].type)\n  hint: write "type": "list"' in said


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: (
            st.lists(x)
            | st.dictionaries(st.sampled_from(["title", "zones", "cells", "type", "size", "panels", "x"]), x)
        ),
        max_leaves=12,
    )
)
@settings(max_examples=100, deadline=None)
def test_whatever_does_not_fit_is_told(data):
    """Data that is refused has a misfit, and data that is taken has none."""
    try:
        msgspec.convert(data, WrittenSheet)
        fits = True
    except msgspec.ValidationError:
        fits = False
    assert (misfits(data, WrittenSheet) == ()) == fits


@pytest.mark.parametrize("fence", ["```json\n%s\n```", "```\n%s\n```\n", "\n%s\n"])
def test_json_in_a_markdown_fence_is_read_as_json(fence):
    """Language models fence their answers; mistakes keep their places."""
    text = json.dumps(EXAMPLE)
    assert bl.to_dict(bl.read(fence % text)) == bl.to_dict(bl.read(text))
    assert message(fence % '{"title": 3}').startswith("<text>:2:11: error: expected a text")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"title": "T",}', "take the comma before it away"),
        ("{'title': 'T'}", "straight double quotes"),
        ('{"title": "T" // no\n}', "JSON has no comments"),
        ('{"title": None}', "write true, false or null"),
    ],
)
def test_what_is_almost_json_is_told_how_to_mend(text, hint):
    """Commas, quotes, comments and words of other languages are named."""
    assert hint in message(text)


def test_the_flat_schema_takes_the_example_and_leads_nowhere_back():
    """Without recursion a definition never reaches itself, and what it lets through the engine reads."""
    flat = schema(flat=True)
    jsonschema.Draft202012Validator.check_schema(flat)
    jsonschema.validate(EXAMPLE, flat)
    jsonschema.validate(EXAMPLE, schema())

    def reached(node):
        found = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(node)))
        return found | {deeper for name in found for deeper in reached(flat["$defs"][name])}

    assert {name for name in flat["$defs"] if name in reached(flat["$defs"][name])} == set()
    assert not set(flat) & {"$schema", "title", "examples"}
    assert "Row" in reached(flat["properties"])


@pytest.mark.parametrize("text", ['{"title": "T" "a"}', '{"title": NaN}', '{"title": "a", "title": "b"}', "{}"])
def test_what_is_no_json_is_refused(text):
    """Broken JSON, numbers JSON has not and keys given twice are errors, not crashes."""
    assert "error:" in message(text)


def test_deep_nesting_is_refused():
    """A million brackets end in a message."""
    assert "nested too deep" in message('{"a":' * 5000 + "1" + "}" * 5000)


def test_the_schema_takes_its_example_and_the_example_can_be_drawn():
    """What a language model is told to write is what the engine reads."""
    jsonschema.Draft202012Validator.check_schema(schema())
    for example in schema()["examples"]:
        jsonschema.validate(example, schema())
        assert bl.to_svg(bl.from_dict(example)).startswith("<svg")


def test_concepts_in_json_keep_the_pens_of_the_front_matter():
    """`pens` in the short form draws the same page as `pens:` in Markdown."""
    panels = [{"type": "panel", "title": t, "content": "a **token** more"} for t in ("One", "Two")]
    sheet = {"title": "T", "panels": panels, "lang": "en", "pens": [{"word": "token", "pen": "green"}]}
    text = "---\npens: {token: green}\n---\n# T\n\n## One\n\na **token** more\n\n## Two\n\na **token** more\n"
    assert bl.to_svg(bl.from_dict(sheet)) == bl.to_svg(bl.read(text))
    assert bl.to_svg(bl.from_dict(sheet)) != bl.to_svg(bl.from_dict(sheet | {"pens": []}))


@pytest.mark.parametrize("form", ["sheet", "document"])
def test_schemas_fit_structured_output(form):
    """Every object is closed and names all its keys; alternatives are anyOf; every field is described."""
    words, undescribed = set(), []

    def walk(node, name):
        if isinstance(node, dict):
            words.update(node)
            if node.get("type") == "object":
                assert node["additionalProperties"] is False, name
                assert sorted(node["required"]) == sorted(node["properties"]), name
                undescribed.extend(
                    f"{name}.{k}" for k, v in node["properties"].items() if "description" not in v and "enum" not in v
                )
                node = node["properties"] | {"$defs": node.get("$defs", {})}
            if "$ref" in node:
                assert set(node) == {"$ref"}, name
            for key, value in node.items():
                walk(value, key)
        elif isinstance(node, list):
            for value in node:
                walk(value, name)

    found = {k: v for k, v in schema(form).items() if k != "examples"}
    walk(found, form)
    assert not words & {"oneOf", "allOf", "prefixItems", "default", "discriminator", "patternProperties"}
    assert undescribed == []


@given(documents())
@settings(max_examples=15, deadline=None)
def test_every_document_fits_its_schema_and_comes_back(document):
    """`to_dict` writes what the schema of documents says, and `from_dict` loses nothing."""
    data = json.loads(json.dumps(bl.to_dict(document)))
    jsonschema.validate(data, schema("document"))
    assert bl.to_dict(bl.from_dict(data)) == bl.to_dict(document)


def test_the_lenient_schema_lets_defaults_be_missing():
    """What `banana render` takes, an editor takes too."""
    short = {"title": "T", "panels": [{"type": "panel", "title": "P"}]}
    jsonschema.validate(short, schema(lenient=True))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(short, schema())


@pytest.fixture
def sheet():
    return bl.Sheet(
        "T",
        bl.Zone(20, "title"),
        bl.Zone(
            80,
            bl.Panel("A", [bullets("**a**", ["b", numbers("c")]), tasks(**{"do *it*": True}), quote("q")]),
            bl.Panel("B", [table(["x", "y"], [[1, None]]), code("print(1)", "Python"), callout("tip", "c", "T")]),
            bl.Panel("C", diagram("flowchart LR\n A --> B")),
        ),
        page="A5",
    )


def test_sheets_in_python_are_shown_and_saved(sheet, tmp_path):
    """A notebook gets SVG, and PNG where it asks; save writes each form, JSON among them, which reads back the same."""
    bundle = sheet._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg") and "image/png" not in bundle
    assert sheet._repr_mimebundle_(include={"image/png"})["image/png"].startswith(b"\x89PNG")
    assert "image/svg+xml" not in sheet._repr_mimebundle_(exclude=("image/svg+xml",))
    written = sheet.save(*(tmp_path / f"s.{s}" for s in ("pdf", "svg", "json")))
    assert [p.suffix for p in written] == [".pdf", ".svg", ".json"]
    assert bl.to_dict(bl.read(tmp_path / "s.json")) == bl.to_dict(sheet.document()) | {"base": str(tmp_path)}


def test_ipython_keeps_one_form_of_a_sheet(sheet, capsys):
    """In a notebook a sheet is SVG and a line of text, PNG only where it is named; what is wrong with it is told once."""
    from IPython.core.formatters import DisplayFormatter

    formatter = DisplayFormatter()
    assert sorted(formatter.format(sheet)[0]) == ["image/svg+xml", "text/plain"]
    assert list(formatter.format(sheet, include={"image/png"})[0]) == ["image/png"]
    assert sheet._repr_png_().startswith(b"\x89PNG") and sheet._repr_svg_().startswith("<svg")
    shown, _ = formatter.format(bl.Sheet("T", bl.Zone("40 bananas", bl.Panel("A"))))
    assert sorted(shown) == ["text/html", "text/plain"]
    assert all("is no unit" in text for text in shown.values())
    assert capsys.readouterr() == ("", "")


def test_sheets_documents_and_layouts_are_pickled(sheet):
    """What travels between processes arrives whole."""
    document = sheet.document()
    assert pickle.loads(pickle.dumps(document)) == document
    assert pickle.loads(pickle.dumps(sheet)).document() == document
    laid = bl.layout(document)
    assert bl.to_svg(pickle.loads(pickle.dumps(laid))) == bl.to_svg(laid)


def test_uneven_tables_are_refused():
    """A row with a cell too many is a mistake, told with its number."""
    with pytest.raises(bl.BananaError, match="row 2"):
        table(["a"], [["1"], ["2", "3"]])


def test_ipython_shows_the_page(sheet):
    """IPython's own formatter finds the SVG, as every notebook does."""
    from IPython.core.formatters import DisplayFormatter

    shown, _ = DisplayFormatter().format(sheet)
    assert shown["image/svg+xml"].startswith("<svg")
    assert set(shown) == {"image/svg+xml", "text/plain"}
