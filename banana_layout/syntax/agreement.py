"""Whether the front matter's layout and connectors agree with the panels a sheet has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banana_layout.syntax.layout_rows import named_cells
from banana_layout.syntax.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banana_layout.model.document import Connector, Sheet
    from banana_layout.model.zone import Zone
    from banana_layout.source import Span
    from banana_layout.syntax.front_matter import Findings


def agrees(zones: Sequence[Zone], sheet: Sheet) -> bool:
    """Tell whether a layout names a sheet's panels, each once and no others."""
    named = [cell.panel for cell in named_cells(zones)]
    expected = {panel.id for panel in sheet.panels} | ({"title"} if sheet.title else set())
    return len(named) == len(expected) and set(named) == expected


def check_layout(zones: Sequence[Zone], sheet: Sheet, found: Findings, span: Span | None) -> None:
    """Tell each panel that no heading has, that is named twice, or that has no place."""
    ids = [panel.id for panel in sheet.panels]
    known = (["title"] if sheet.title else []) + ids
    seen: set[str] = set()
    for cell in named_cells(zones):
        name = cell.panel
        if name in seen:
            found.error(f"panel “{name}” is named twice", cell.span, "each panel has one place")
        elif name == "title" and not sheet.title:
            found.error(
                "the layout names “title”, but the sheet has no title", cell.span, "write “# Title” above the panels"
            )
        elif name not in known:
            found.error(f"no heading makes a panel “{name[:80]}”", cell.span, *_suggestions(name, known))
        seen.add(name)
    for panel in sheet.panels:
        if panel.id not in seen:
            found.error(
                f"panel “{panel.id}” has no place in the layout",
                panel.span or span,
                f"add “- 25: {panel.id}” to the layout",
            )
    if sheet.title and "title" not in seen:
        found.error("the title has no place in the layout", span, "add “- 10: title” to the layout")


def _suggestions(name: str, known: Sequence[str]) -> list[str]:
    """Return what would help where a panel is not found."""
    hints = [did_you_mean(name, known)]
    if "," in name:
        hints = ["write several panels as a list: [one, another]"]
    if not known:
        return [*hints, "each “## Heading” makes a panel"]
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return [*hints, f"there are {shown}"]


def connectors_of(
    connectors: Sequence[Connector], sheets: Sequence[Sheet], found: Findings
) -> list[tuple[Connector, ...]]:
    """Return each sheet's connectors; tell those whose panels are missing or on two sheets."""
    homes = [{panel.id for panel in sheet.panels} | ({"title"} if sheet.title else set()) for sheet in sheets]
    known = [name for sheet in sheets for name in (["title"] if sheet.title else []) + [p.id for p in sheet.panels]]
    out: list[list[Connector]] = [[] for _ in sheets]
    for connector in connectors:
        missing = [name for name in (connector.source, connector.target) if name not in known]
        for name in missing:
            found.error(
                f"the connector names a panel “{name[:80]}” that is not there",
                connector.span,
                *_suggestions(name, known),
            )
        if missing:
            continue
        if connector.source == connector.target:
            found.error(f"the connector leads from “{connector.source}” to itself", connector.span)
            continue
        both = [i for i, home in enumerate(homes) if connector.source in home and connector.target in home]
        if not both:
            found.error("the connector's panels are on two sheets", connector.span, "a connector stays on one sheet")
        for index in both[:1]:
            out[index].append(connector)
    return [tuple(row) for row in out]
