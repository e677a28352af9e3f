"""Boxes that stand together become cards; those that lines branch between become flowcharts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from banana_layout.model.block import AnyBlock, Card, CardLink, Cards, Paragraph
from banana_layout.model.inline import Strong
from banana_layout.syntax.boxart.chain import escaped
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.boxart.pieces import Area, Join, area_of, inks_and_words, joins
from banana_layout.syntax.wireframe import Box, Strip, boxes
from banana_layout.syntax.wireframe.box import without
from banana_layout.syntax.wireframe.glyph import cells, is_line

_SYMBOL = re.compile(r"(?:vs\.?|대|対|[+=≠≈<>≤≥×÷/&]|or|and|또는|혹은)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[\w.,;:!?()'\"]+")
MOST_COLUMNS = 6
"""More boxes side by side stay text."""

Reader = Callable[[Sequence[Strip], Hand], list[AnyBlock]]
"""Reads the lines inside a box."""


class Plan(NamedTuple):
    """Boxes in rows and columns."""

    rows: list[list[Box]]
    """Top to bottom, each left to right."""
    column: dict[Box, tuple[int, int]]
    """Each box's first column and how many it takes."""


def drawn(region: Sequence[Strip], hand: Hand, read: Reader, *, ascii_art: bool) -> list[AnyBlock] | None:
    """Return what a drawing with boxes or branching lines says; None where it cannot be told without losing a word."""
    strips = tuple(region)
    found = boxes(strips, ascii_art=ascii_art)
    rest = without(strips, found)
    inks, words = inks_and_words(rest)
    areas = [*(area_of(b) for b in found), *(_area(w) for w in words)]
    lines = joins(inks, areas)
    boxed = set(range(len(found)))
    branching = [j for j in lines if len({*j.plain, *j.pointed}) > 1]
    simple = all(not j.bent and {*j.plain, *j.pointed} <= boxed for j in branching)
    if len(found) > 1 and simple:
        return _cards(strips, found, (words, branching), hand, read)
    if branching:
        chart = _chart(found, words, branching, areas, hand, strips)
        if chart is not None:
            return chart
    if len(found) >= 1:
        return _cards(strips, found, (words, []), hand, read)
    return None


def _area(words: Strip) -> Area:
    """Return where some words stand."""
    return Area(words.line, words.line, words.cells, words.cells + cells(words.text) - 1)


def plan_of(found: Sequence[Box]) -> Plan | None:
    """Return boxes in rows and columns as they stand; None where they stand too crooked for that."""
    rows: list[list[Box]] = []
    for box in sorted(found, key=lambda b: (b.top, b.left)):
        mates = [r for r in rows if any(box.top < b.bottom and b.top < box.bottom for b in r)]
        if len(mates) > 1:
            return None
        if mates:
            mates[0].append(box)
        else:
            rows.append([box])
    for row in rows:
        row.sort(key=lambda b: b.left)
    widest = max(rows, key=len)
    if len(widest) > MOST_COLUMNS:
        return None
    edges = [(a.right + b.left) / 2 for a, b in itertools.pairwise(widest)]
    column: dict[Box, tuple[int, int]] = {}
    for row in rows:
        taken = 0
        for index, box in enumerate(row):
            width = max(1, box.right - box.left)
            first = sum(box.left + 0.3 * width > e for e in edges)
            last = sum(box.right - 0.3 * width > e for e in edges)
            first = min(max(first, taken), len(edges) - (len(row) - 1 - index))
            last = min(max(first, last), len(edges) - (len(row) - 1 - index))
            column[box] = (first, last - first + 1)
            taken = last + 1
    return Plan(rows, column)


def _cards(
    region: Sequence[Strip], found: Sequence[Box], around: tuple[list[Strip], list[Join]], hand: Hand, read: Reader
) -> list[AnyBlock] | None:
    """Return boxes as cards that keep their arrangement, words before and after them as text."""
    words, lines = around
    plan = plan_of(found)
    if plan is None:
        return None
    order = [box for row in plan.rows for box in row]
    number = {box: i for i, box in enumerate(order)}
    before = [w for w in words if w.line < min(b.top for b in found)]
    after = [w for w in words if w.line > max(b.bottom for b in found)]
    among = [w for w in words if w not in before and w not in after]
    titles: dict[int, list[Strip]] = {}
    first = plan.rows[0]
    if before and len(first) > 1:
        last = max(w.line for w in before)
        over = [w for w in before if w.line == last]
        owners = [min(first, key=lambda b, w=w: abs((b.left + b.right) / 2 - _middle(w))) for w in over]  # type: ignore[misc]
        if len(over) == len(first) and len(set(owners)) == len(first) and last >= min(b.top for b in first) - 2:
            titles = {number[b]: [w] for b, w in zip(owners, over, strict=True)}
            before = [w for w in before if w.line != last]
    links = _links(lines, [number[b] for b in found])
    left = _labelled(among, order, links, titles)
    if left is None:
        return None
    made = [
        Card(
            _card_blocks(read([s.rebased() for s in box.inside], hand)),
            hand.inlines(titles.get(i, [])),
            next(r for r, row in enumerate(plan.rows) if box in row),
            *plan.column[box],
            hand.span([s for s in box.inside if not s.blank] or box.inside),
        )
        for i, box in enumerate(order)
    ]
    apart = [*before, *after, *left]
    text = _drawing(region, [w for w in words if w not in apart], found)
    block = Cards(
        span=hand.span(region),
        cards=tuple(made),
        links=tuple(CardLink(a, b, hand.inlines(link.words), link.ends) for (a, b), link in links.items()),  # type: ignore[arg-type]
        drawing=text,
    )
    out: list[AnyBlock] = [*_text(before, hand, read), block, *_text([*left, *after], hand, read)]
    return out


def _card_blocks(blocks: list[AnyBlock]) -> tuple[AnyBlock, ...]:
    """Return a card's blocks; a lone line over further boxes is its heading."""
    first = blocks[0] if len(blocks) > 1 and any(isinstance(b, Cards) for b in blocks) else None
    if isinstance(first, Paragraph) and not any(isinstance(i, Strong) for i in first.content):
        heading = Strong(span=first.span, children=first.content)
        return (Paragraph(span=first.span, content=(heading,)), *blocks[1:])
    return tuple(blocks)


def _drawing(region: Sequence[Strip], words: list[Strip], found: Sequence[Box]) -> str:
    """Return the lines of a drawing from its titles to its last box, without the words that are told apart from it."""
    first = min(s.line for s in (*words, *(s for b in found for s in b.inside[:1])))
    first = min([first, *(b.top for b in found)])
    last = max(b.bottom for b in found)
    rows = []
    inside = {(row, i) for b in found for row, begin, end in b.covered for i in range(begin, end)}
    for row, strip in enumerate(region):
        if not first <= strip.line <= last:
            continue
        kept = [w for w in words if w.line == strip.line]
        spots = {i for w in kept for i in range(w.start - strip.start, w.start - strip.start + len(w.text))}
        free = {i for w in _PLAIN.finditer(strip.text) for i in range(w.start(), w.end())}
        lost = free - spots - {i for r, i in inside if r == row}
        rows.append("".join(" " if i in lost else c for i, c in enumerate(strip.text)).rstrip())
    return "\n".join(rows)


def _text(words: list[Strip], hand: Hand, read: Reader) -> list[AnyBlock]:
    """Return words around the boxes as text."""
    return read(words, hand) if words else []


def _middle(words: Strip) -> float:
    """Return the middle of some words."""
    return words.cells + cells(words.text) / 2


class _Link:
    """Two cards joined."""

    def __init__(self, ends: str) -> None:
        self.ends = ends
        self.words: list[Strip] = []


def _links(lines: list[Join], numbers: list[int]) -> dict[tuple[int, int], _Link]:
    """Return which cards lines join, and where arrowheads are."""
    out: dict[tuple[int, int], _Link] = {}
    for line in lines:
        plain = [numbers[i] for i in line.plain]
        pointed = [numbers[i] for i in line.pointed]
        if len(plain) + len(pointed) != 2:
            continue
        if len(pointed) == 2:
            pair, ends = (min(pointed), max(pointed)), "both"
        elif len(pointed) == 1:
            pair, ends = (plain[0], pointed[0]), "target"
        else:
            pair, ends = (min(plain), max(plain)), "line"
        back = out.get((pair[1], pair[0]))
        if back is not None:
            back.ends = "both"
        elif pair not in out:
            out[pair] = _Link(ends)
    return out


def _labelled(
    among: list[Strip], order: list[Box], links: dict[tuple[int, int], _Link], titles: dict[int, list[Strip]]
) -> list[Strip] | None:
    """Give the words between boxes to links and titles; return those nobody takes, None where the place matters."""
    left: list[Strip] = []
    for words in among:
        row, at = words.line, _middle(words)
        beside = [i for i, b in enumerate(order) if b.top <= row <= b.bottom]
        before = [i for i in beside if order[i].right <= at]
        behind = [i for i in beside if order[i].left >= at]
        if before and behind:
            pair = (before[-1], behind[0])
        elif not beside:
            below = [i for i, b in enumerate(order) if b.top > row and b.left - 2 <= at <= b.right + 2]
            above = [i for i, b in enumerate(order) if b.bottom < row and b.left - 2 <= at <= b.right + 2]
            top = min((order[i].top for i in below), default=0)
            bottom = max((order[i].bottom for i in above), default=0)
            near = [
                (a, b) for a, b in links if order[a].bottom < row < order[b].top or order[b].bottom < row < order[a].top
            ]
            up = next((i for i in above if order[i].bottom == bottom), None)
            down = next((i for i in below if order[i].top == top), None)
            if (
                up is not None
                and down is not None
                and ((up, down) in links or (down, up) in links or _SYMBOL.fullmatch(words.text))
            ):
                pair = (up, down)
            elif near:
                pair = min(near, key=lambda p: abs((order[p[0]].left + order[p[0]].right) / 2 - at))
            elif down is not None and down not in titles:
                titles[down] = [words]
                continue
            else:
                left.append(words)
                continue
        else:
            left.append(words)
            continue
        link = links.get(pair) or links.get((pair[1], pair[0]))
        if link is None:
            link = links[pair] = _Link("none")
        link.words.append(words)
    return left


def _chart(
    found: Sequence[Box], words: list[Strip], lines: list[Join], areas: list[Area], hand: Hand, region: Sequence[Strip]
) -> list[AnyBlock] | None:
    """Return a drawing whose lines branch as a flowchart; words no line touches are labels, or text around it."""
    if any(boxes(b.inside) for b in found):
        return None
    touched = sorted({i for j in lines for i in (*j.plain, *j.pointed)} | set(range(len(found))))
    name = {i: f"n{k + 1}" for k, i in enumerate(touched)}
    loose = [i for i in range(len(found), len(areas)) if i not in name]
    labels: dict[int, list[str]] = {}
    stray: list[Strip] = []
    for i in loose:
        strip = words[i - len(found)]
        near = _nearest(areas[i], lines)
        if near is None:
            stray.append(strip)
        else:
            labels.setdefault(near, []).append(strip.text)
    edges: list[str] = []
    down = 0
    for k, line in enumerate(lines):
        sources, targets, arrow = _ends(line, areas)
        label = " ".join(labels.get(k, []))
        for a in sources:
            for b in targets:
                if a != b:
                    down += 1 if areas[b].top > areas[a].bottom else -1
                    mark = f'|"{escaped(label)}"|' if label else ""
                    edges.append(f"    {name[a]} {arrow}{mark} {name[b]}")
    if not edges:
        return None
    text = [f"flowchart {'TB' if down >= 0 else 'LR'}"]
    text += [f'    {name[i]}["{escaped(_label(i, found, words))}"]' for i in touched]
    text += list(dict.fromkeys(edges))
    diagram = hand.diagram("\n".join(text), region)
    if diagram is None:
        return None
    top = min((areas[i].top for i in touched), default=0)
    before = [w for w in stray if w.line < top]
    after = [w for w in stray if w not in before]
    from banana_layout.syntax.boxart.lines import blocks_of

    return [*blocks_of(before, hand), diagram, *blocks_of(after, hand)]


def _label(index: int, found: Sequence[Box], words: list[Strip]) -> str:
    """Return a node's words, a line for each of the drawing's."""
    if index >= len(found):
        return words[index - len(found)].text.strip()
    return "\n".join(s.text.strip() for s in found[index].inside if s.text.strip("─━═- "))


def _ends(line: Join, areas: list[Area]) -> tuple[list[int], list[int], str]:
    """Return which areas a line leaves and which it enters; without arrowheads it leads away from the uppermost."""
    if line.plain and line.pointed:
        return list(line.plain), list(line.pointed), "-->"
    both = sorted((*line.plain, *line.pointed), key=lambda i: (areas[i].top, areas[i].left))
    if line.pointed:
        return both[:1], both[1:], "<-->"
    return both[:1], both[1:], "---"


def _nearest(area: Area, lines: list[Join]) -> int | None:
    """Return the line some words stand beside, or None."""
    best: tuple[int, int] | None = None
    for k, line in enumerate(lines):
        for row, column in line.cells:
            off = max(0, area.left - column, column - area.right)
            away = abs(area.top - row)
            if away <= 1 and off <= 2:
                key = (off + 3 * away, k)
                if best is None or key < best:
                    best = key
    return None if best is None else best[1]


def is_drawn(text: str) -> bool:
    """Tell whether a line holds box-drawing characters."""
    return any(is_line(c) for c in text)
