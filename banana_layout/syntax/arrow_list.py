"""The front matter's `connectors`: arrows between panels."""

from __future__ import annotations

import re

from banana_layout.model.document import Connector
from banana_layout.syntax.layout_rows import Complaints
from banana_layout.syntax.spelling import did_you_mean
from banana_layout.syntax.yaml_tree import Node, Pairs, Scalar

_ARROW = re.compile(r"\s*(\S+)\s*(?:->|→)\s*(\S+)\s*")


def arrow_of(item: Node, found: Complaints) -> Connector | None:
    """Return one arrow of the list; None, with an error, for what is none."""
    if isinstance(item, Scalar):
        arrow = _ARROW.fullmatch(item.value)
        if arrow:
            return Connector(arrow[1], arrow[2], "", item.span)
    if not isinstance(item, Pairs):
        found.error("a connector must say from and to", item.span, "write {from: one-panel, to: another, label: why}")
        return None
    values: dict[str, str] = {}
    for name, value in item.pairs:
        if name.value not in ("from", "to", "label"):
            hint = did_you_mean(name.value, ("from", "to", "label")) or "it has from, to and label"
            found.error(f"a connector has no key “{name.value}”", name.span, hint)
            return None
        if not isinstance(value, Scalar):
            found.error(f"“{name.value}” must be a text", value.span)
            return None
        values[name.value] = value.value.strip()
    missing = [name for name in ("from", "to") if not values.get(name)]
    if missing:
        found.error(f"a connector needs “{missing[0]}”", item.span)
        return None
    return Connector(values["from"], values["to"], values.get("label", ""), item.span)
