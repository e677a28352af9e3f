"""Mind maps as Mermaid reads them, and what it refuses."""

from __future__ import annotations

import pytest

from banana_layout.model.mindmap import MindMap
from banana_layout.source import BananaError, Source
from banana_layout.syntax.mermaid import read


def mindmap(*lines: str) -> MindMap:
    found = read(Source("t", "\n".join(["mindmap", *lines])))
    assert found.warnings == ()
    assert isinstance(found.value, MindMap)
    return found.value


def tree(node) -> tuple:
    return (node["id"], *map(tree, node["children"]))


def test_indentation_makes_the_tree():
    """A node hangs on the nearest one above with a smaller indent, however uneven the steps; a tab counts as one blank."""
    found = mindmap("r", "    a", "  b", "   c", "\t\td", "", "%% comment", " e")
    assert tree(found.to_dict()["tree"]) == ("r", ("a",), ("b", ("c",)), ("d",), ("e",))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("plain text -> | / & #1 🙂", ("plain text -> | / & #1 🙂", "plain text -> | / & #1 🙂", "plain")), ("id[text]", ("id", "text", "rect")),
        ("[text]", ("text", "text", "rect")), ("id(text)", ("id", "text", "rounded")), ("id((text))", ("id", "text", "circle")),
        ("id)text(", ("id", "text", "cloud")), ("id))text((", ("id", "text", "bang")), ("id{{text}}", ("id", "text", "hexagon")),
        ('id["f(x) []"]', ("id", "f(x) []", "rect")), ('id["`**b** x`"]', ("id", "b x", "rect")), ("a<br/>b", ("a<br/>b", "a\nb", "plain")),
        ("id(\n  two\n  lines\n)", ("id", "two\nlines", "rounded")), ("a; b:::c", ("a; b:::c", "a; b:::c", "plain")),
    ],
)  # fmt: skip
def test_brackets_give_the_shape(written, found):
    """Every shape of the mind map's own syntax."""
    node = mindmap(written).to_dict()["nodes"][0]
    assert (node["id"], node["label"], node["shape"]) == found


def test_icons_and_classes_belong_to_the_node_above():
    """`::icon` and `:::` stand on lines of their own, whatever their indent."""
    found = mindmap("r[R]", "  a", "::icon(fa fa-book)", "      :::urgent large", "  b").to_dict()["nodes"]
    assert [(n["id"], n["icon"], n["classes"], n["parent"]) for n in found] == [
        ("r", None, [], None), ("a", "fa fa-book", ["urgent", "large"], "r"), ("b", None, [], "r"),
    ]  # fmt: skip


def test_bold_in_plain_text_is_markdown():
    """A mind map's labels are Markdown, as they are drawn."""
    assert [r.weight for r in mindmap("**bold** text").root.label] == ["bold", "plain"]


@pytest.mark.parametrize("written", ["foo (bar)", "a [b] c", "{x}", '"q (x)"', "x) y", "e[]"])
def test_brackets_in_plain_text_are_accepted_with_a_warning(written):
    """Mermaid refuses them; here the line is a node as written."""
    found = read(Source("t", f"mindmap\n root\n  {written}"))
    assert found.value.to_dict()["nodes"][1]["label"] == written
    assert [d.severity for d in found.warnings] == ["warning"]


def test_a_second_root_is_put_below_the_first():
    """Nothing the author wrote is lost, and the warning says how to indent."""
    found = read(Source("t", "mindmap\nroot\n  a\nother\n  b"))
    assert tree(found.value.to_dict()["tree"]) == ("root", ("a",), ("other", ("b",)))
    assert "one root" in found.warnings[0].message


@pytest.mark.parametrize("text", ["mindmap", "mindmap\n\n  %% only a comment\n", "mindmap\n ::icon(x)"])
def test_a_mind_map_needs_a_node(text):
    """An empty mind map is an error."""
    with pytest.raises(BananaError, match="needs a node"):
        read(Source("t", text))


def test_depth_is_bounded():
    """A hundred levels are enough, and the limit is said."""
    with pytest.raises(BananaError, match="at most 100 levels"):
        read(Source("t", "mindmap\n" + "".join(" " * i + "a\n" for i in range(200))))
