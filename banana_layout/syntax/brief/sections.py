"""Which headings of a brief hold content, and which panel each belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.brief.outline import BOLD, Outline
from banana_layout.syntax.brief.panels import Draft
from banana_layout.syntax.brief.titles import ALIKE, likeness, notes_of, place_words, plain

SURE = 0.8
"""Titles outside the parts for content must be this alike."""
_FLOW_WORDS = re.compile(
    r"flow|process|loop|pipeline|cycle|step|workflow|과정|흐름|단계|절차|순서|파이프라인|루프|프로세스|フロー|プロセス|手順|流れ|工程",
    re.IGNORECASE,
)
_MAP_WORDS = re.compile(r"mind\s?map|마인드\s?맵|マインドマップ|overview|개요|한눈|全体像", re.IGNORECASE)
_TABLE_WORDS = re.compile(r"\bvs\.?\b|compar|matrix|table|비교|차이|매트릭스|표\b|比較|一覧", re.IGNORECASE)
_FLOW = re.compile(
    r"^[ \t]*(?:flowchart|graph)\s+(?:TB|TD|BT|LR|RL)|(?:→[^\n]*){2}|flow\s?chart", re.MULTILINE | re.IGNORECASE
)
_MAP = re.compile(r"^[ \t]*mindmap\b|mind\s?map", re.MULTILINE | re.IGNORECASE)
_TABLE = re.compile(r"^[ \t]*\|[^\n]*\|[ \t]*\n[ \t]*\|[ \t:|-]+\|", re.MULTILINE)
_KINDS = ((_FLOW_WORDS, _FLOW, "flowchart"), (_MAP_WORDS, _MAP, "mind map"), (_TABLE_WORDS, _TABLE, "table"))


class Section(NamedTuple):
    """A heading with content under it."""

    title: str
    """The heading's words."""
    start: int
    """Offset of the words."""
    first: int
    """Number of the first line under it."""
    last: int
    """Number of the line after its last."""
    sure: bool
    """Whether it stands where content is to stand."""
    silent: bool
    """Whether it is an order to the writer unless a panel has its name."""
    ready: bool = False
    """Whether it stands among content that is ready rather than in a plan."""


class Match(NamedTuple):
    """A section and its panel."""

    section: Section
    """The section."""
    panel: int
    """Index of the panel."""
    why: str
    """What they have in common, in words."""


def sections_of(outline: Outline, skip: tuple[int, int]) -> list[Section]:
    """Return every heading that may hold a panel's content, source text and the wireframe's own heading aside."""
    parts = outline.parts
    found: list[Section] = []
    levels = _levels(outline)
    for index, part in enumerate(parts):
        if part.level == 0 or part.kind == "source" or part.level != levels.get(_root(outline, index), part.level):
            continue
        if part.own not in ("", "order") and part.kind == part.own and _root(outline, index) == index:
            continue
        last = next((p.row for p in parts[index + 1 :] if p.level <= part.level), len(outline.lines))
        if part.first <= skip[0] < last or not _has_text(outline, part.first, last):
            continue
        sure = part.kind in ("content", "plan", "style", "") and (part.kind != "" or part.level < BOLD)
        silent = part.own in ("order", "style", "layout", "role") or part.kind in ("role", "order", "layout")
        silent |= part.kind == "" and part.level == 1
        found.append(Section(part.title, part.title_start, part.first, last, sure, silent, part.kind == "content"))
    return found


def _root(outline: Outline, index: int) -> int:
    """Return the outermost heading above a part that says what it is for; the part's own index where there is none."""
    part = outline.parts[index]
    return next((i for i in part.parents if outline.parts[i].own), index)


def _levels(outline: Outline) -> dict[int, int]:
    """Return for each heading that says what it is for the level its sections have."""
    out: dict[int, int] = {}
    for index, part in enumerate(outline.parts):
        root = _root(outline, index)
        if root != index:
            out[root] = min(out.get(root, 9), part.level)
    return out


def _has_text(outline: Outline, first: int, last: int) -> bool:
    """Tell whether any line holds more than blanks and rules."""
    return any(line.strip("-*_ \t#") for line in outline.lines[first:last])


def matched(sections: Sequence[Section], panels: Sequence[Draft], rows: int, outline: Outline) -> list[Match]:
    """Return which section goes to which panel: by title, then by place, then by kind; each panel and section once."""
    pairs = sorted(
        ((-likeness(_title(s.title)[0], p.title), i, k) for i, s in enumerate(sections) for k, p in enumerate(panels)),
    )
    used: dict[int, Match] = {}
    taken: set[int] = set()
    for score, i, k in pairs:
        if i in used or k in taken or -score < (ALIKE if sections[i].sure else SURE):
            continue
        used[i] = Match(sections[i], k, "the same title" if score <= -1 else "a title like its own")
        taken.add(k)
    for i, section in enumerate(sections):
        if i in used or not section.sure:
            continue
        words = (*_title(section.title)[1], *notes_of(section.title).places)
        here = [k for k, p in enumerate(panels) if k not in taken and words and _stands(p, words, rows)]
        if len(here) == 1:
            used[i] = Match(section, here[0], f"its place ({' '.join(dict.fromkeys(words))})")
            taken.add(here[0])
    for panel_words, content, name in _KINDS:
        wanting = [k for k, p in enumerate(panels) if k not in taken and panel_words.search(p.title)]
        having = [
            i for i, s in enumerate(sections)
            if s.sure and not s.silent and content.search(outline.text(s.first, s.last))
            and (name == "mind map" or not _MAP.search(f"{s.title}\n{outline.text(s.first, s.last)}"))
        ]  # fmt: skip
        if len(wanting) == 1 and len(having) == 1 and having[0] not in used:
            used[having[0]] = Match(sections[having[0]], wanting[0], f"the only {name}")
            taken.add(wanting[0])
    return [used[i] for i in sorted(used)]


def _title(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a section's title without a place in front of it, and that place."""
    for mark in (":", "：", " - ", " – "):
        head, found, rest = text.partition(mark)
        head = re.sub(r"^[\d.\s)]+", "", head)
        if found and rest.strip() and place_words(head):
            return rest.strip(), place_words(head)
    return text, () if plain(text) or not place_words(text) else place_words(text)


def _stands(panel: Draft, words: Sequence[str], rows: int) -> bool:
    """Tell whether a panel stands where some words say."""
    tall = [w for w in words if w in ("top", "upper", "lower", "bottom")]
    for word in tall:
        wanted = {"top": (0,), "upper": (0, 1), "lower": (rows - 2, rows - 1), "bottom": (rows - 1,)}[word]
        if panel.row not in wanted:
            return False
    if "middle" in words:
        if tall:
            if panel.columns < 2 or panel.column in (0, panel.columns - 1):
                return panel.columns == 1
        elif rows > 2 and panel.row in (0, rows - 1):
            return False
    if "left" in words and panel.column != 0:
        return False
    return not ("right" in words and panel.column != panel.columns - 1)
