"""A brief's headings and what stands under each: the writer's role, source text, layout, content, orders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

Class = Literal["role", "source", "layout", "content", "plan", "style", "order", ""]
"""What a part of a brief is for; empty where its heading says nothing known."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*\Z")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`\n]*?)[ \t]*\Z")
_BOLD = re.compile(r" {0,3}(?:\*\*|__)(?=\S)((?:(?!\*\*|__).)+?)(?:\*\*|__)[ \t]*[:：]?[ \t]*\Z")
_UNDER = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*\Z")
LONGEST_HEADING = 80
"""A longer line is no underlined heading."""
_NO_HEADING = re.compile(r"\s*(?:[-*+>|#•]|\d+[.)]\s|```|~~~|$|[┌├│└╔╠║╚]|    )")
BOLD = 7
"""The level of a line in bold that stands alone: deeper than any heading."""
_BRACKETED = re.compile(r"[(\[（［【][^()\[\]（）［］【】\n]*[)\]）］】]")
_CLASSES: tuple[tuple[Class, re.Pattern[str]], ...] = (
    ("source", re.compile(r"source\s*(?:text|material|content|document)|원문|원본|소스\s*(?:텍스트|자료)|참고\s*자료|입력\s*(?:텍스트|자료)|transcript|트랜스크립트|原文|元の?テキスト|ソーステキスト|素材", re.IGNORECASE)),
    ("layout", re.compile(r"layout|레이아웃|배치|wireframe|와이어프레임|구조도|화면\s*구성|レイアウト|配置|ワイヤーフレーム|構成図", re.IGNORECASE)),
    ("content", re.compile(r"content\s*(?:detail|section|spec)|contents?\s*\Z|(?:상세|세부)\s*(?:내용|콘텐츠)|콘텐츠|각\s*섹션|섹션별|내용\s*(?:상세|정리)|コンテンツ|内容|セクション詳細|panel\s*content|section\s*(?:content|detail)", re.IGNORECASE)),
    ("plan", re.compile(r"output\s*structure|structure\s*plan|출력\s*구조|구성\s*계획|output\s*plan|出力構成", re.IGNORECASE)),
    ("style", re.compile(r"output\s*style|style\s*(?:guide|require)|스타일|formatting|visual\s*(?:style|require)|design\s*(?:guide|require)|디자인|スタイル", re.IGNORECASE)),
    ("role", re.compile(r"role|역할|persona|goal\b|objective|task\b|목표|役割|あなたの", re.IGNORECASE)),
    ("order", re.compile(r"instruction|지시|요청|생성|주의\s*사항|요구\s*사항|requirement|constraint|규칙|rules\b|checklist\s*for|final\s*check|제약|指示|依頼|要件|注意", re.IGNORECASE)),
)  # fmt: skip
"""Tried in this order."""


class Part(NamedTuple):
    """A heading and the lines under it, up to the next heading of any level."""

    level: int
    """1 to 6, BOLD for a line in bold; 0 for what stands before the first heading."""
    title: str
    """The heading's text."""
    title_start: int
    """Offset of the heading's text."""
    first: int
    """Number of the first line under it."""
    last: int
    """Number of the line after its last."""
    kind: Class
    """What it is for, its own words or its parents' deciding."""
    parents: tuple[int, ...] = ()
    """Indices of the headings above it."""
    own: Class = ""
    """What its own words say."""
    row: int = 0
    """Number of the heading's line."""


class Outline(NamedTuple):
    """A brief's lines and headings."""

    lines: tuple[str, ...]
    """All lines."""
    starts: tuple[int, ...]
    """Offset of each."""
    parts: tuple[Part, ...]
    """In order, the first one for what stands before any heading."""

    def text(self, first: int, last: int) -> str:
        """Return some lines."""
        return "\n".join(self.lines[first:last])


def classify(title: str) -> Class:
    """Return what a heading's words say the part under it is for; those in brackets count where no others say it."""
    for words in (_BRACKETED.sub(" ", title), title):
        found = next((kind for kind, pattern in _CLASSES if pattern.search(words)), None)
        if found is not None:
            return found
    return ""


def outline(text: str, skip: tuple[int, int]) -> Outline:
    """Return a text's parts; the lines from `skip[0]` to before `skip[1]` are the wireframe and hold no headings.

    A fence that is not closed before another one opens, or before the text ends, ends at the next heading.
    """
    lines = tuple(text.split("\n"))
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    heads: list[tuple[int, int, str]] = []
    row = 0
    while row < len(lines):
        if skip[0] <= row < skip[1]:
            row = skip[1]
            continue
        fence = _FENCE.fullmatch(lines[row])
        if fence:
            row = fence_end(lines, row, fence[1], skip)
            continue
        found = _HEADING.match(lines[row])
        bold = _BOLD.match(lines[row]) if row == 0 or not lines[row - 1].strip() else None
        level = _underlined(lines, row)
        if found:
            heads.append((row, len(found[1]), found[2]))
        elif level:
            heads.append((row, level, lines[row].strip()))
            row += 1
        elif bold:
            heads.append((row, BOLD, bold[1].strip()))
        row += 1
    return Outline(lines, tuple(starts), tuple(_parts(heads, lines, starts)))


def _underlined(lines: Sequence[str], row: int) -> int:
    """Return the level of a heading underlined by `===` or `---`, 0 where a line is none."""
    if row + 1 == len(lines) or not _UNDER.match(lines[row + 1]) or _NO_HEADING.match(lines[row]):
        return 0
    if (row > 0 and lines[row - 1].strip()) or len(lines[row]) > LONGEST_HEADING:
        return 0
    return 1 if lines[row + 1].strip()[0] == "=" else 2


def fence_end(lines: tuple[str, ...] | list[str], row: int, marker: str, skip: tuple[int, int] = (-1, -1)) -> int:
    """Return the line after a fence that opens at a line: after its closing line, or at the next heading."""
    heading = -1
    for at in range(row + 1, len(lines)):
        if skip[0] <= at < skip[1]:
            if row < skip[0]:
                after = _FENCE.fullmatch(lines[skip[1]]) if skip[1] < len(lines) else None
                return skip[1] + (after is not None and not after[2])
            break
        fence = _FENCE.fullmatch(lines[at])
        if fence and fence[1][0] == marker[0] and len(fence[1]) >= len(marker):
            if not fence[2] and not (heading >= 0 and _opens(lines, at)):
                return at + 1
            if heading >= 0:
                return heading
            continue
        if heading < 0 and _is_heading(lines, at):
            heading = at
    return heading if heading >= 0 else len(lines)


def _is_heading(lines: tuple[str, ...] | list[str], row: int) -> bool:
    """Tell whether a line inside a fence looks like the document's next heading rather than a comment in code."""
    found = _HEADING.match(lines[row])
    if found is None or (row > 0 and lines[row - 1].strip()):
        return False
    return len(found[1]) >= 2 or bool(classify(found[2])) or not found[2][0].isascii()


def _opens(lines: tuple[str, ...] | list[str], row: int) -> bool:
    """Tell whether a bare fence line opens rather than closes: another bare one follows before the next heading."""
    for at in range(row + 1, len(lines)):
        fence = _FENCE.fullmatch(lines[at])
        if fence:
            return not fence[2]
        if _HEADING.match(lines[at]):
            return False
    return False


def _parts(heads: list[tuple[int, int, str]], lines: tuple[str, ...], starts: list[int]) -> list[Part]:
    """Return the parts with their classes: a heading's own words first, else what its parent is."""
    ends = [*(head[0] for head in heads[1:]), len(lines)][: len(heads)]
    parts = [Part(0, "", 0, 0, heads[0][0] if heads else len(lines), "")]
    open_heads: list[int] = []
    for (row, level, title), end in zip(heads, ends, strict=True):
        while open_heads and parts[open_heads[-1]].level >= level:
            open_heads.pop()
        above = parts[open_heads[-1]].kind if open_heads else ""
        own = classify(title)
        kind: Class = own or above
        if above == "source" or (not own and level == 1 and parts[-1].kind == "source"):
            # headings inside the material belong to it, whatever they say, until a known heading of the first level
            kind = "source" if above == "source" or not own else own
        elif above == "content":
            kind = "content"
        elif above == "plan" and own not in ("order", "style"):
            kind = "plan"
        marked = lines[row].index("#") + level if _HEADING.match(lines[row]) else 0
        at = starts[row] + lines[row].index(title, marked)
        first = row + 1 + bool(_underlined(lines, row) and not marked)
        parts.append(Part(level, title, at, first, end, kind, tuple(open_heads), own, row))
        open_heads.append(len(parts) - 1)
    return parts
