"""Mermaid text: flowcharts and mind maps are read whole, other diagrams are recognised."""

from __future__ import annotations

from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap
from banana_layout.source import Source, Warned
from banana_layout.syntax.mermaid.findings import Findings
from banana_layout.syntax.mermaid.kinds import diagram_kind
from banana_layout.syntax.mermaid.prepare import prepare

__all__ = ["LARGEST", "diagram_kind", "read"]

LARGEST = 2_000_000
"""Most characters of one diagram."""


def read(source: Source) -> Warned[Flowchart | MindMap]:
    """Read a flowchart or a mind map as Mermaid reads it, and what Mermaid refuses but people write, with a warning.

    Raises BananaError, with place and hint, for other diagrams and for text that means nothing.
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
        raise findings.error(what, start, start + 1, "begin with `flowchart LR` or `mindmap`")
    return Warned(chart, findings.all())
