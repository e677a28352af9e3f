"""Mermaid text: flowcharts and mind maps are read whole, other diagrams are recognised."""

from __future__ import annotations

import difflib

from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap
from banana_layout.source import Source, Warned
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.kinds import diagram_kind
from banana_layout.syntax.mermaid.prepare import prepare
from banana_layout.syntax.spans import respanned

__all__ = ["LARGEST", "diagram_kind", "read"]

LARGEST = 2_000_000
"""Most characters of one diagram."""

_BEGINNINGS = ("flowchart", "graph", "mindmap")
"""Words a diagram that is drawn begins with."""


def read(source: Source) -> Warned[Flowchart | MindMap]:
    """Read a flowchart or a mind map as Mermaid reads it, and what Mermaid refuses but people write, with a warning.

    The spans in it count in the file the text finally stands in. Raises BananaError, with place and hint, for other diagrams
    and for text that means nothing.
    """
    findings = Findings(source)
    if len(source.text) > LARGEST:
        raise findings.error(f"the diagram is longer than {LARGEST} characters", 0, 1)
    prepared = prepare(source.text, findings)
    kind = diagram_kind(prepared.text)
    chart: Flowchart | MindMap
    if kind == "flowchart":
        from banana_layout.syntax.mermaid.flow import read_flowchart

        chart = read_flowchart(prepared, findings)
    elif kind == "mindmap":
        from banana_layout.syntax.mermaid.mindmap import read_mindmap

        chart = read_mindmap(prepared, findings)
    else:
        start = len(prepared.text) - len(prepared.text.lstrip())
        what = f"{kind} diagrams are not drawn yet" if kind else "this is no Mermaid diagram"
        word = prepared.text[start:].split(maxsplit=1)[:1]
        close = difflib.get_close_matches(word[0][:40].lower(), _BEGINNINGS, 1, 0.6) if word and not kind else []
        meant = [f"did you mean “{close[0]}”?"] if close else []
        end = start + (len(word[0]) if close else 1)
        raise findings.error(what, start, end, *meant, "begin with `flowchart LR` or `mindmap`")
    if source.parent is not None:
        chart = respanned(chart, lambda span: source.outermost(span)[1])
    return Warned(chart, findings.all())
