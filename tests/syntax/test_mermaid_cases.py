"""Cases of the Mermaid project itself: read as its own parser reads them, or refused or warned about as it refuses them."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from banana_layout.source import BananaError, Source
from banana_layout.syntax.mermaid import read
from banana_layout.syntax.mermaid.shapes import CANONICAL

_CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "mermaid" / "cases.jsonl").read_text("utf-8").splitlines()
]
_BRACKET_NAMES = {
    "subroutine": "fr-rect", "lean_right": "lean-r", "lean_left": "lean-l", "inv_trapezoid": "trap-t",
}  # fmt: skip
_HEADS = {"open": "none", "point": "arrow", "circle": "circle", "cross": "cross"}
_MIND_SHAPES = {"default": "plain", "square": "rect"}


def seen(text: str, markdown: bool = False) -> str:
    """A label as a reader sees it, without Markdown marks and blanks."""
    text = re.sub(r"</?br\s*/?>|\\n", " ", text)
    text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text))
    return re.sub(r"[\s*_]" if markdown else r"\s", "", text)


def shape(name: str | None) -> str:
    return _BRACKET_NAMES.get(name or "rect") or CANONICAL[name or "rect"]


@pytest.mark.parametrize(
    "case", [c for c in _CASES if c["parsed"] and "tree" not in c["parsed"]], ids=lambda c: c["id"]
)
def test_flowcharts_are_read_as_mermaid_reads_them(case):
    """Direction, nodes, edges and subgraphs equal those of Mermaid's own parser."""
    parsed, chart = case["parsed"], read(Source(case["id"], case["source"])).value.to_dict()
    clusters = {s["id"] for s in parsed["subgraphs"]}
    marked = {n["id"]: n["labelType"] == "markdown" for n in parsed["nodes"]}
    expected_nodes = [
        (n["id"], seen(n.get("text", ""), marked[n["id"]]), shape(n.get("type")))
        for n in parsed["nodes"]
        if n["id"] not in clusters
    ]
    expected_edges = [
        (
            e["start"], e["end"], seen(e.get("text", ""), True), e["stroke"], e["length"],
            _HEADS[e["type"].split("_")[-1]] if "double" in e["type"] else "none", _HEADS[e["type"].split("_")[-1]],
        )
        for e in parsed["edges"]
    ]  # fmt: skip
    assert chart["direction"] == parsed["direction"]
    assert [(n["id"], seen(n["label"], marked[n["id"]]), n["shape"]) for n in chart["nodes"]] == expected_nodes
    assert [
        (e["source"], e["target"], seen(e["label"], True), e["stroke"], e["length"], e["source_head"], e["target_head"])
        for e in chart["edges"]
    ] == expected_edges
    assert {c["id"]: (seen(c["title"], True), c["direction"], sorted(c["members"])) for c in chart["clusters"]} == {
        s["id"]: (seen(s["title"], True), s.get("dir"), sorted(s.get("nodes", []))) for s in parsed["subgraphs"]
    }


def mind(node: dict) -> tuple:
    return (
        seen(node["nodeId"], True), seen(node["descr"], True), _MIND_SHAPES.get(node["shape"], node["shape"]), node.get("icon"), node.get("class", ""),
        [mind(child) for child in node["children"]],
    )  # fmt: skip


def ours(node: dict) -> tuple:
    return (
        seen(node["id"], True), seen(node["label"], True), node["shape"], node["icon"], " ".join(node["classes"]), [ours(child) for child in node["children"]],
    )  # fmt: skip


@pytest.mark.parametrize("case", [c for c in _CASES if c["parsed"] and "tree" in c["parsed"]], ids=lambda c: c["id"])
def test_mind_maps_are_read_as_mermaid_reads_them(case):
    """Ids, texts, shapes, icons, classes and the tree equal those of Mermaid's own parser."""
    assert ours(read(Source(case["id"], case["source"])).value.to_dict()["tree"]) == mind(case["parsed"]["tree"])


@pytest.mark.parametrize("case", [c for c in _CASES if not c["parsed"]], ids=lambda c: c["id"])
def test_what_mermaid_refuses_is_refused_or_warned_about(case):
    """No invalid text passes in silence."""
    found = answer(case)
    if isinstance(found, BananaError):
        assert found.diagnostics[0].hints != ()
    else:
        assert "warning" in [d.severity for d in found.warnings]


def answer(case):
    try:
        return read(Source(case["id"], case["source"]))
    except BananaError as problem:
        return problem
