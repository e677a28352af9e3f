"""Sheets as programs and language models write them: JSON objects whose texts are Markdown.

This is the short form of a document. `banana render sheet.json` takes it beside the full one of `to_dict`; `banana
schema` describes it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.model.document import Fit

WrittenSize = float | str
"""A share such as 25, or a text such as `40mm`, `auto` or `max(25, 40mm)`."""


class WrittenPanel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="panel"):
    """A titled box of content."""

    title: str
    """One line of Markdown; an emoji at its start becomes the panel's icon. Example: `🎲 What is inference?`"""
    content: str = ""
    """Markdown: paragraphs, lists, tables, quotes, callouts, code, and Mermaid flowcharts or mind maps in fences that
    start with ```mermaid. Headings are `###` and deeper."""
    id: str | None = None
    """What connectors and links call it; null for a slug of the title, such as `what-is-inference`."""
    size: WrittenSize = 1
    """Its share of its zone's width (1 beside 2 gets a third), or a width such as `60mm`."""
    classes: tuple[Literal["hero", "sticky", "plain"], ...] = ()
    """Looks: `sticky` for a sticky note, `hero` for the page's main message, `plain` for neither; mostly empty."""
    pen: str | None = None
    """The name of the pen it is drawn with, such as `blue`; null for the theme's choice."""

    @property
    def attributes(self) -> dict[str, str]:
        """What `{pen=blue}` says in Markdown."""
        return {} if self.pen is None else {"pen": self.pen}


class WrittenTitle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="title"):
    """The place of the sheet's own title and subtitle."""


class WrittenRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="rows"):
    """A cell that is divided into zones again, one above the other."""

    zones: tuple[WrittenZone, ...]
    """Top to bottom; at least one."""
    size: WrittenSize = 1
    """Its share of its zone's width."""


class WrittenZone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of cells across the page."""

    size: WrittenSize
    """Its share of the page's height (10, 25, 45 and 20 make a whole page), or a height such as `40mm` or `auto`."""
    cells: tuple[WrittenPanel | WrittenTitle | WrittenRows, ...]
    """Left to right; at least one. The title mostly has the first zone for itself."""


class WrittenConnector(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from", "target": "to"}
):
    """An arrow from one panel to another."""

    source: str
    """Id of the panel it leaves."""
    target: str
    """Id of the panel it enters."""
    label: str = ""
    """What stands beside it: a word or two, or empty."""


class WrittenConcept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that keeps one pen over the whole page."""

    word: str
    """As it stands in the text; it takes the pen wherever it is emphasised, marked or code."""
    pen: str
    """`coral`, `blue`, `green`, `violet` or `banana`."""


class WrittenSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One page: a title, and zones of panels; or panels alone, which are then placed automatically."""

    title: str
    """One line of Markdown, emoji welcome: `🍌 INFERENCE (추론)`."""
    subtitle: str = ""
    """Markdown that stands under the title: one short line."""
    zones: tuple[WrittenZone, ...] = ()
    """The page from top to bottom; empty where `panels` are given. Give the title a zone of its own, then rows of one to
    three panels each; 3 to 7 panels make a good page."""
    panels: tuple[WrittenPanel, ...] = ()
    """Panels for an automatic layout; empty where `zones` are given."""
    connectors: tuple[WrittenConnector, ...] = ()
    """Arrows between panels; mostly none."""
    page: str = "A4"
    """The paper: `A3` to `A6`, `B5`, `letter`, `legal`, `16:9`, or a size such as `120mm x 200mm`."""
    orientation: Literal["portrait", "landscape"] | None = None
    """How the paper lies; null for as it is."""
    theme: str = "nano-banana"
    """The look: `nano-banana`, `exam-notes`, `chalkboard`, `blueprint`, `kraft` or `plain`."""
    fit: Fit = "strict"
    """What may give when text is long: `strict` nothing, `rebalance` the zones' shares, `paginate` the number of pages,
    `keep` nothing, and diagrams keep their direction."""
    seed: int = 0
    """Chooses among equally good hands."""
    lang: str | None = None
    """BCP 47 tag of the text's language: `ko`, `en`, `ja` …; null for what the letters tell."""
    author: str = ""
    """For the metadata."""
    subject: str = ""
    """For the metadata."""
    keywords: tuple[str, ...] = ()
    """For the metadata."""
    pens: tuple[WrittenConcept, ...] = ()
    """Concepts that come up in several panels and keep one pen, so that they are found again; mostly none to three."""


EXAMPLE: dict[str, object] = {
    "title": "🍌 INFERENCE (추론)",
    "subtitle": "Training과 다른 단계: parameters는 고정!",
    "zones": [
        {"size": 15, "cells": [{"type": "title"}]},
        {
            "size": 35,
            "cells": [
                {
                    "type": "panel",
                    "title": "🎲 What is it?",
                    "content": "- **학습된 모델**로 텍스트를 생성하는 과정\n- 한 번에 *one token*",
                    "id": "what",
                    "size": 1,
                    "classes": [],
                    "pen": None,
                },
                {
                    "type": "panel",
                    "title": "📌 Key takeaway",
                    "content": "> Inference = **token by token**",
                    "id": "key",
                    "size": 1.5,
                    "classes": ["sticky"],
                    "pen": None,
                },
            ],
        },
        {
            "size": 50,
            "cells": [
                {
                    "type": "panel",
                    "title": "🔁 How it goes",
                    "content": "```mermaid\nflowchart LR\n  P([Prefix]) --> S{Sample}\n  S -->|token| A[Append]\n  A -.-> P\n```",
                    "id": "how",
                    "size": 1,
                    "classes": [],
                    "pen": None,
                }
            ],
        },
    ],
    "panels": [],
    "connectors": [{"from": "what", "to": "how", "label": "step by step"}],
    "page": "A4",
    "orientation": None,
    "theme": "nano-banana",
    "fit": "strict",
    "seed": 0,
    "lang": "ko",
    "author": "",
    "subject": "",
    "keywords": [],
    "pens": [{"word": "one token", "pen": "violet"}],
}
"""A sheet that says every key, as a language model's structured output does."""
