"""Chains of arrows, `A → B → C`, maybe over several lines, maybe ending in a loop: flowcharts as Mermaid text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.wireframe import Strip

ARROW = re.compile(r"\s*(?:[─━═-]*→|⟶|⇒|⟹|➜|➡\ufe0f?|➔|⮕|▶(?=\s)|►|[─━=-]{1,}[>▶►]|──+▷)\s*")
"""An arrow to the right."""
DOWN = re.compile(r"\s*(?:[↓⬇▼⇓][\ufe0f]?|[│|]|\bv\b)(?:\s+(?:[↓⬇▼⇓][\ufe0f]?|[│|]|\bv\b))*\s*")
"""A line that only leads down."""
_LABEL = re.compile(
    r"\s*(?:flow\s?chart|flow\s*diagram|diagram|mermaid|플로우\s?차트|순서도|흐름도|다이어그램|도식|フロー(?:チャート)?|流れ図)\s*[:：]\s*",
    re.IGNORECASE,
)
_LOOP = re.compile(
    r"\brepeat|\biterat|\A\W*(?:and\s+|then\s+)?(?:loop|until)\b|\bloops?\s+(?:back|until|again|to)\b|"
    r"반복|되풀이|돌아가|\A\W*다시|다시\W*\Z|\A\W*계속\W*\Z|繰り?返|\A\W*ループ|[にへ]\s*戻",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:back|go|goes|goto|return|returns)(?:\s+back)?\b", re.IGNORECASE)
"""These lead back only where a step is named; a request may return to its client."""
_START = re.compile(r"\b(?:to|at|from)\s+(?:the\s+)?(?:start|beginning|first|top)\b", re.IGNORECASE)
_STEP_NUMBER = re.compile(r"(?:step|단계|ステップ|#)\s*(\d{1,2})|(\d{1,2})\s*(?:단계|번)")
_PLACE = re.compile(r"\b(?:to|from|at|with)\s+(?:the\s+)?([^,.;()]+)")
_BULLET = re.compile(r"\s*(?:[-*•·▪◦●○‣✓✔☑□☐>]|\d{1,2}[.)])\s")
LONGEST_STEP = 24
"""Lines of longer steps are sentences with arrows in them."""
MOST_STEPS = 40
"""A longer chain stays text."""


class Chain(NamedTuple):
    """A chain of steps."""

    steps: tuple[str, ...]
    """What each says, in order."""
    loop: str = ""
    """What is written at the arrow back, or empty where there is none."""
    back_to: int = 0
    """Index of the step the arrow leads back to."""
    down: bool = False
    """Whether it was drawn downwards."""


def at(lines: Sequence[Strip], row: int) -> tuple[Chain, int] | None:
    """Return the chain that begins at a line, and the row after it; None where none does."""
    first = lines[row].text
    if _BULLET.match(first) and not _LABEL.match(first):
        return _down(lines, row)
    labelled = _LABEL.match(first)
    text = first[labelled.end() :] if labelled else first
    end = row + 1
    if not labelled and _are_apart(lines, row):
        return None
    while end < len(lines) and not lines[end].blank:
        following = lines[end].text
        if (
            (ARROW.match(following) and following.strip())
            or re.search(ARROW.pattern + r"\Z", text.rstrip())
            or (labelled and not text.strip())
        ):
            text = text.rstrip() + " " + following.strip()
        elif (
            ARROW.search(text) and ARROW.search(following) and not (_BULLET.match(following) or _LABEL.match(following))
        ):
            # a step broken at the line's end
            text = text.rstrip() + " " + following.strip()
        else:
            break
        end += 1
    arrows = len(ARROW.findall(text.strip()))
    if arrows < (1 if labelled else 2) or (arrows < 2 and not labelled):
        return _down(lines, row)
    if ARROW.match(text.strip()) or ("  " in re.sub(ARROW, "→", text.strip()) and not labelled):
        return _down(lines, row)
    steps = [s.strip() for s in ARROW.split(text.strip())]
    if steps and not steps[-1]:
        steps.pop()
    return (_chain(steps, down=False), end) if 2 <= len(steps) <= MOST_STEPS and all(steps) else None


def _are_apart(lines: Sequence[Strip], row: int) -> bool:
    """Tell whether a line and its neighbours are of one arrow each: statements of their own, not a broken chain."""
    near = [s.text.strip() for s in lines[max(0, row - 1) : row + 2] if not s.blank]
    return len(near) > 1 and all(len(ARROW.findall(t)) == 1 and all(ARROW.split(t)) for t in near)


def _down(lines: Sequence[Strip], row: int) -> tuple[Chain, int] | None:
    """Return the chain whose steps stand under one another with arrows between them."""
    steps, end = list[str](), row
    first = lines[row].text
    labelled = _LABEL.fullmatch(first)
    if labelled and row + 1 < len(lines):
        end += 1
    while end < len(lines):
        if lines[end].blank or DOWN.fullmatch(lines[end].text):
            return None if not steps else _chain_down(steps, end)
        steps.append(lines[end].text.strip())
        end += 1
        arrow = end
        while arrow < len(lines) and (lines[arrow].blank or DOWN.fullmatch(lines[arrow].text)):
            arrow += 1
        if arrow == end or not any(re.search("[↓⬇▼⇓v]", s.text) for s in lines[end:arrow]) or arrow == len(lines):
            return _chain_down(steps, end)
        if re.search(r"\s{3,}\S", lines[arrow].text.strip()) or _BULLET.match(lines[arrow].text):
            return _chain_down(steps, end)
        end = arrow
    return _chain_down(steps, end)


def _chain_down(steps: list[str], end: int) -> tuple[Chain, int] | None:
    """Return steps drawn downwards, where there are two or more."""
    return (_chain(steps, down=True), end) if 2 <= len(steps) <= MOST_STEPS else None


def _chain(steps: list[str], *, down: bool) -> Chain:
    """Return steps as a chain; a last one that speaks of repeating is an arrow back."""
    if len(steps) >= 3:
        body = steps[:-1]
        target = _named(steps[-1], body)
        if _LOOP.search(steps[-1]) or (target is not None and _BACK.search(steps[-1])):
            return Chain(tuple(body), steps[-1], target or 0, down)
    if len(steps) >= 4 and steps[-1] == steps[0]:
        return Chain(tuple(steps[:-1]), " ", 0, down)
    return Chain(tuple(steps), "", 0, down)


def _named(loop: str, body: Sequence[str]) -> int | None:
    """Return the step that a loop's words name, by its number or its words; None where they name none."""
    loop = loop.casefold()
    if _START.search(loop):
        return 0
    number = _STEP_NUMBER.search(loop)
    if number and 0 < int(number[1] or number[2]) < len(body):
        return int(number[1] or number[2]) - 1
    words = [step.casefold() for step in body[:-1]]
    whole = [i for i, step in enumerate(words) if re.search(rf"(?<![a-z0-9]){re.escape(step)}(?![a-z0-9])", loop)]
    if whole:
        return max(whole, key=lambda i: (len(words[i]), -i))
    named = _PLACE.search(loop)
    if named:
        said = set(re.findall(r"\w{2,}", named[1]))
        shared = [i for i, step in enumerate(words) if said & set(re.findall(r"\w{2,}", step))]
        if len(shared) == 1:
            return shared[0]
    return None


def mermaid_of(chain: Chain) -> str:
    """Return a chain as a Mermaid flowchart."""
    lines = [f"flowchart {'TB' if chain.down else 'LR'}"]
    lines += [f'    s{i + 1}["{escaped(step)}"]' for i, step in enumerate(chain.steps)]
    lines += [f"    s{i} --> s{i + 1}" for i in range(1, len(chain.steps))]
    if chain.loop:
        words = f'|"{escaped(chain.loop.strip())}"|' if chain.loop.strip() else ""
        lines.append(f"    s{len(chain.steps)} -.->{words} s{chain.back_to + 1}")
    return "\n".join(lines)


def statements(lines: Sequence[Strip], row: int) -> tuple[str, int] | None:
    """Return lines such as `A → B` and `B → C` as one Mermaid flowchart, and the row after them.

    None where there are fewer than two, or where they have no step in common: then they are lines about other things.
    """
    pairs: list[tuple[str, str]] = []
    end = row
    while end < len(lines) and not lines[end].blank and not _BULLET.match(lines[end].text):
        steps = [s.strip() for s in ARROW.split(lines[end].text.strip())]
        if len(steps) != 2 or not all(0 < len(s) <= LONGEST_STEP for s in steps):
            break
        pairs.append((steps[0], steps[1]))
        end += 1
    names = list(dict.fromkeys(step for pair in pairs for step in pair))
    if len(pairs) < 2 or len(names) == 2 * len(pairs) or any(a == b for a, b in pairs) or len(names) > MOST_STEPS:
        return None
    out = ["flowchart LR", *(f'    s{i + 1}["{escaped(name)}"]' for i, name in enumerate(names))]
    out += [f"    s{names.index(a) + 1} --> s{names.index(b) + 1}" for a, b in dict.fromkeys(pairs)]
    return "\n".join(out), end


def escaped(text: str) -> str:
    """Return a text as it stands in quotes in Mermaid; a line end becomes a break."""
    text = (
        text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "#96;")
    )
    return text.replace("\\", "#92;").replace("\n", "<br/>").replace("&", "#amp;") if text.strip() else " "
