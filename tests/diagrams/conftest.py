from __future__ import annotations

from typing import Any

import msgspec
import pytest

from banana_layout.diagrams.flowchart.place import place as place_flowchart
from banana_layout.diagrams.geometry import DiagramFacts
from banana_layout.diagrams.mindmap.place import place as place_mindmap
from banana_layout.font.book import FontBook
from banana_layout.geometry.point import MM
from banana_layout.layout.contract import Context, Room, Tone
from banana_layout.model.block import Diagram
from banana_layout.model.mindmap import MindMap
from banana_layout.scene.frame import Frame
from banana_layout.source import Diagnostic, Source
from banana_layout.syntax import mermaid
from banana_layout.theme.load import load


class Panel:
    """A panel to place diagrams in."""

    def __init__(self, theme: str = "nano-banana") -> None:
        self.theme = load(theme)
        self.book = FontBook.standard()
        self.warnings: list[Diagnostic] = []

    def context(self, keep: bool = False) -> Context:
        theme = self.theme
        tone = Tone(theme.hero, theme.ink, theme.paper.color, theme.hero.marker)

        def no_child(node: Any, room: Room, context: Context) -> Frame:
            raise AssertionError("diagrams place no blocks")

        return Context(theme, self.book, tone, "panel", no_child, self.warnings.append, keep=keep)

    def let_text_shrink(self) -> None:
        """Refuse no text for being small: what is measured is where things stand."""
        kind = msgspec.structs.replace(self.theme.type, node_min_pt=0.1)
        self.theme = msgspec.structs.replace(self.theme, type=kind)

    def frame(self, diagram: Any, width_mm: float = 180, height_mm: float | None = 100, keep: bool = False) -> Frame:
        """Place Mermaid text or a model."""
        model = mermaid.read(Source("chart", diagram)).value if isinstance(diagram, str) else diagram
        place = place_mindmap if isinstance(model, MindMap) else place_flowchart
        room = Room(width_mm * MM, height_mm * MM if height_mm is not None else None)
        return place(Diagram(diagram=model), room, self.context(keep))

    def facts(
        self, diagram: Any, width_mm: float = 180, height_mm: float | None = 100, keep: bool = False
    ) -> DiagramFacts:
        """Place Mermaid text or a model, and return what is told about it."""
        group = self.frame(diagram, width_mm, height_mm, keep).group
        assert group is not None
        assert isinstance(group.facts, DiagramFacts)
        return group.facts


@pytest.fixture
def panel() -> Panel:
    return Panel()


@pytest.fixture(scope="session")
def panel_in() -> type[Panel]:
    return Panel
