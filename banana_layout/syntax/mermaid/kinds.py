"""Tells which kind of diagram a text is."""

from __future__ import annotations

import re

_WORD = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*(?:-(?:elk|v2|beta))?)(?![\w])")
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n")
_CLOSING = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\s*%%(?!\{)[^\n]*")
_DIRECTIVE = re.compile(r"\s*%%\{")

_KINDS = {
    "graph": "flowchart",
    "flowchart": "flowchart",
    "swimlane": "flowchart",
    "mindmap": "mindmap",
    "sequencediagram": "sequence",
    "classdiagram": "class",
    "statediagram": "state",
    "erdiagram": "er",
    "gitgraph": "gitgraph",
    "xychart": "xychart",
    "block": "block",
    "gantt": "gantt",
    "radar": "radar",
    "wardley": "wardley",
    "requirementdiagram": "requirement",
    "requirement": "requirement",
    "architecture": "architecture",
    "pie": "pie",
    "timeline": "timeline",
    "treemap": "treemap",
    "venn": "venn",
    "kanban": "kanban",
    "quadrantchart": "quadrant",
    "eventmodeling": "eventmodeling",
    "packet": "packet",
    "ishikawa": "ishikawa",
    "journey": "journey",
    "sankey": "sankey",
    "zenuml": "zenuml",
    "treeview": "treeview",
    "info": "info",
    "c4context": "c4",
    "c4container": "c4",
    "c4component": "c4",
    "c4dynamic": "c4",
    "c4deployment": "c4",
}


def diagram_kind(text: str) -> str:
    """Return `flowchart`, `mindmap`, `sequence`, … by a text's first word behind front matter, directives and comments.

    Empty for a text that is no Mermaid diagram.
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    at = 0
    opening = _FRONT_MATTER.match(text)
    if opening is not None:
        closing = _CLOSING.search(text, opening.end())
        at = closing.end() if closing is not None else len(text)
    while True:
        if (comment := _COMMENT.match(text, at)) is not None:
            at = comment.end()
        elif (directive := _DIRECTIVE.match(text, at)) is not None:
            close = text.find("}%%", directive.end())
            at = close + 3 if close >= 0 else len(text)
        else:
            break
    word = _WORD.match(text, at)
    if word is None:
        return ""
    return _KINDS.get(re.sub(r"-(?:elk|v2|beta)$", "", word[1].lower()), "")
