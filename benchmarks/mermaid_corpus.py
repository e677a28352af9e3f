"""Measures the Mermaid reader against cases with Mermaid's own reading beside them.

    python benchmarks/mermaid_corpus.py CASES.jsonl PARSED.jsonl [--show N]

CASES has one `{id, type, source, expect}` a line, PARSED what Mermaid's parser understood of the valid ones. Texts are
compared as a reader sees them: entities resolved, tags and Markdown marks gone, blanks single.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banana_layout.source import BananaError, Source
from banana_layout.syntax.mermaid import diagram_kind, read
from banana_layout.syntax.mermaid.shapes import CANONICAL

_BRACKET_NAMES = {
    "square": "rect",
    "round": "rounded",
    "subroutine": "fr-rect",
    "cylinder": "cyl",
    "doublecircle": "dbl-circ",
    "diamond": "diam",
    "lean_right": "lean-r",
    "lean_left": "lean-l",
    "trapezoid": "trap-b",
    "inv_trapezoid": "trap-t",
}
_MIND_NAMES = {"default": "plain", "square": "rect"}
_HEADS = {"open": "none", "point": "arrow", "circle": "circle", "cross": "cross"}


def visible(text: str, markdown: bool = False) -> str:
    """Return a label as a reader sees it."""
    text = re.sub(r"</?br\s*/?>", "\n", text)
    text = re.sub(r"</?[A-Za-z][^<>]*>", "", text).replace("\\n", "\n")
    if markdown:
        text = re.sub(r"\*\*?|(?<!\w)__?|__?(?!\w)", "", text)
    return " ".join(html.unescape(text).split())


def differences(parsed: dict[str, Any], chart: dict[str, Any]) -> Iterator[str]:
    """Yield what differs between Mermaid's reading and ours."""
    if chart["kind"] == "mindmap":
        if (expected := _mind(parsed["tree"])) != (found := _ours(chart["tree"])):
            yield f"tree {expected} != {found}"
        return
    if parsed["direction"] != chart["direction"]:
        yield f"direction {parsed['direction']} != {chart['direction']}"
    clusters = {s["id"]: s for s in parsed["subgraphs"]}
    expected_nodes = {
        n["id"]: (
            visible(n.get("text", ""), n.get("labelType") == "markdown"),
            _BRACKET_NAMES.get(n.get("type", "rect"), CANONICAL.get(n.get("type", "rect"))),
            sorted(set(n.get("classes", [])) - {"clickable"}),
        )
        for n in parsed["nodes"]
        if n["id"] not in clusters
    }
    found_nodes = {
        n["id"]: (
            visible(n["label"], True) if _marked(parsed, n["id"]) else visible(n["label"]),
            n["shape"],
            sorted(n["classes"]),
        )
        for n in chart["nodes"]
    }
    yield from _unequal("node", expected_nodes, found_nodes)
    if list(expected_nodes) != list(found_nodes) and expected_nodes == found_nodes:
        yield f"order of nodes {list(expected_nodes)} != {list(found_nodes)}"
    expected_edges = [_expected_edge(e) for e in parsed["edges"]]
    found_edges = [
        (
            e["id"],
            e["source"],
            e["target"],
            visible(e["label"]),
            e["stroke"],
            e["source_head"],
            e["target_head"],
            e["length"],
        )
        for e in chart["edges"]
    ]
    if expected_edges != found_edges:
        first = next(
            (p for p in zip(expected_edges, found_edges, strict=False) if p[0] != p[1]),
            (len(expected_edges), len(found_edges)),
        )
        yield f"edges {first[0]} != {first[1]}"
    expected_clusters = {
        s["id"]: (visible(s["title"], s["labelType"] == "markdown"), s.get("dir"), sorted(s.get("nodes", [])))
        for s in parsed["subgraphs"]
    }
    found_clusters = {c["id"]: (visible(c["title"]), c["direction"], sorted(c["members"])) for c in chart["clusters"]}
    yield from _unequal("cluster", expected_clusters, found_clusters)


def _marked(parsed: dict[str, Any], id: str) -> bool:
    """Tell whether Mermaid reads a node's label as Markdown."""
    return any(n["id"] == id and n.get("labelType") == "markdown" for n in parsed["nodes"])


def _expected_edge(e: dict[str, Any]) -> tuple[Any, ...]:
    """Return an edge of Mermaid's reading in our words."""
    both = e["type"].startswith("double_")
    head = _HEADS[e["type"].removeprefix("double_").removeprefix("arrow_")]
    return (
        e["id"] if e.get("isUserDefinedId") else "",
        e["start"],
        e["end"],
        visible(e.get("text", ""), e["labelType"] == "markdown"),
        e["stroke"],
        head if both else "none",
        head,
        min(10, e["length"]),
    )


def _mind(node: dict[str, Any]) -> tuple[Any, ...]:
    """Return a mind map of Mermaid's reading in our words."""
    return (
        visible(node["nodeId"]),
        visible(node["descr"], True),
        _MIND_NAMES.get(node["shape"], node["shape"]),
        node.get("icon"),
        node.get("class", "").split(),
        [_mind(child) for child in node["children"]],
    )


def _ours(node: dict[str, Any]) -> tuple[Any, ...]:
    """Return our mind map in the same form."""
    return (
        visible(node["id"]),
        visible(node["label"]),
        node["shape"],
        node["icon"],
        node["classes"],
        [_ours(child) for child in node["children"]],
    )


def _unequal(what: str, expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Yield where two tables differ."""
    for key in expected.keys() | found.keys():
        if expected.get(key) != found.get(key):
            yield f"{what} {key}: {expected.get(key)} != {found.get(key)}"


def main() -> int:
    """Run the cases and print the figures; 1 where a goal is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("cases", type=Path)
    arguments.add_argument("parsed", type=Path)
    arguments.add_argument("--show", type=int, default=20, help="how many differences to print")
    options = arguments.parse_args()
    parsed = {p["id"]: p for p in map(json.loads, options.parsed.read_text(encoding="utf-8").splitlines())}
    count: Counter[str] = Counter()
    times: list[float] = []
    shown: list[str] = []
    for case in map(json.loads, options.cases.read_text(encoding="utf-8").splitlines()):
        count["kinds"] += diagram_kind(case["source"]) == case["type"]
        count["all"] += 1
        if case["type"] not in ("flowchart", "mindmap"):
            continue
        start = time.perf_counter()
        try:
            result = read(Source(case["id"], case["source"]))
        except BananaError as problem:
            count[f"{case['expect']} refused"] += 1
            if case["expect"] == "valid":
                shown.append(f"{case['id']} refused: {problem.diagnostics[0].render()}")
            continue
        times.append((time.perf_counter() - start) * 1000)
        warned = any(d.severity == "warning" for d in result.warnings)
        if case["expect"] == "invalid":
            count["invalid warned" if warned else "invalid silent"] += 1
            if not warned:
                shown.append(f"{case['id']} is accepted without a warning")
            continue
        count["valid accepted"] += 1
        count["valid warned"] += warned
        found = list(differences(parsed[case["id"]], result.value.to_dict())) if case["id"] in parsed else []
        count["equal"] += not found
        shown += [f"{case['id']}: {text}" for text in found]
    print("\n".join(shown[: options.show]))
    valid = count["valid accepted"] + count["valid refused"]
    print(f"kinds told        {count['kinds']} of {count['all']}")
    print(f"valid accepted    {count['valid accepted']} of {valid}, {count['valid warned']} with warnings")
    print(f"equal to Mermaid  {count['equal']} of {valid} ({count['equal'] / max(1, valid):.2%})")
    print(
        f"invalid           {count['invalid refused']} refused, {count['invalid warned']} warned, {count['invalid silent']} silent"
    )
    print(f"time              median {statistics.median(times):.2f} ms, longest {max(times):.1f} ms")
    good = count["valid accepted"] == valid and count["equal"] >= 0.995 * valid and not count["invalid silent"]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
