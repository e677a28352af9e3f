"""Lines with drawings in them: box art becomes cards and charts, trees become lists, the rest is read as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, CodeBlock, Diagram, Table
from banana_layout.model.inline import Inline, Text
from banana_layout.syntax.boxart import lines as plain
from banana_layout.syntax.boxart.cards import drawn, is_drawn
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.boxart.pieces import HEADS
from banana_layout.syntax.boxart.trees import tree_end, tree_of
from banana_layout.syntax.boxart.versus import versus
from banana_layout.syntax.wireframe import Strip, leads_on

DEEPEST = 6
"""Boxes in boxes are read this deep; deeper ones stay text."""
_CORNER = re.compile(r"[┌┏╔╭└┗╚╰┬┴]|\+-{2,}[+-]*\+")
_RULE = re.compile(r"\s*[─━═┄┈\-=]{3,}\s*")
_ONLY_ARROWS = re.compile(r"[\s│┃║|" + "".join(HEADS) + r"\ufe0f]+")
_MARKED = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s")
_ACROSS = re.compile(r"\S\s*(?:[→←↔⟶⟵⟷⇒▶►◀]|--?>|<--?|==?>)\s*\S|\S\s{3,}\S")
_DRAWN = str.maketrans("|vV^", "│▼▼▲")
GRAPH_ROWS = 120
"""Words joined by arrows, without boxes, are a drawing of at most so many lines."""
_WORD = re.compile(r"[^\W_]+")


def blocks_of(region: Sequence[Strip], hand: Hand, depth: int = 0) -> list[AnyBlock]:
    """Return what some lines say; every word of them is in it."""
    out: list[AnyBlock] = []
    row = begun = 0
    while row < len(region):
        if region[row].blank:
            row += 1
            continue
        for find, read in ((_tree_end, _tree), (_art_end, _art), (_graph_end, _graph), (_versus_end, _versus)):
            end = find(region, row, begun)
            if end > row:
                first = _above(region, row, begun) if read is _art else row
                made = read(region[first:end], hand, depth)
                if made is not None:
                    out += plain.blocks_of(region[begun:first], hand, card=depth > 0)
                    out += made
                    row = begun = end
                    break
        else:
            row += 1
    return [*out, *plain.blocks_of(region[begun:], hand, card=depth > 0)]


def _tree_end(region: Sequence[Strip], row: int, _begun: int) -> int:
    """Return the row after a tree."""
    return tree_end(region, row)


def _tree(region: Sequence[Strip], hand: Hand, _depth: int) -> list[AnyBlock] | None:
    """Read a tree."""
    return tree_of(region, hand)


def _art_end(region: Sequence[Strip], row: int, _begun: int) -> int:
    """Return the row after a drawing with corners; the row itself where none begins here."""
    if not _CORNER.search(region[row].text) or _RULE.fullmatch(region[row].text):
        return row
    last = end = row
    gap = 0
    while end < len(region) and gap < 2:
        text = region[end].text
        if is_drawn(text) or _ONLY_ARROWS.fullmatch(text) or re.search(r"\+-{2,}|^\s*\|.*\|\s*$", text):
            if text.strip():
                last, gap = end, 0
        elif not text.strip():
            gap += 1
        elif _leads_on(region, end):
            last, gap = end, 0
        else:
            break
        end += 1
    # words right under the last line of a branching drawing hang on it
    if last + 1 < len(region) and re.search("[┐┘┬▼↓│]", region[last].text) and not _closed(region[last].text):
        last += not region[last + 1].blank
    return last + 1


def _graph_end(region: Sequence[Strip], row: int, _begun: int) -> int:
    """Return the row after words that arrows join across and down; the row itself where none begin here.

    They begin with the paragraph or after up to two lines above them: trying every line would be quadratic.
    """
    end = row
    while end < len(region) and end - row <= GRAPH_ROWS and not region[end].blank:
        end += 1
    if end - row > GRAPH_ROWS or (not any(s.blank for s in region[max(0, row - 3) : row]) and row > 2):
        return row
    lines = [s.text for s in region[row:end]]
    down = [leads_on(text) for text in lines]
    if len(lines) < 3 or down[0] or down[-1] or not any(down) or any(_MARKED.match(text) for text in lines):
        return row
    across = any(_ACROSS.search(text) for text, only in zip(lines, down, strict=True) if not only)
    return end if across else row


def _graph(region: Sequence[Strip], hand: Hand, _depth: int) -> list[AnyBlock] | None:
    """Read words joined by arrows across and down; None where not every arrow and word can be placed."""
    drawing = [s._replace(text=s.text.translate(_DRAWN)) if leads_on(s.text) else s for s in region]
    made = drawn(drawing, hand, plain.blocks_of, ascii_art=False)
    charts = [b for b in made or () if isinstance(b, Diagram)]
    return made if made is not None and len(charts) == len(made) == 1 and not missing(region, made) else None


def _closed(text: str) -> bool:
    """Tell whether a line is the bottom of boxes."""
    return bool(re.search(r"[└┗╚╰][─━═┬]+[┘┛╝╯]", text)) and not re.search("[▼↓]", text)


def _leads_on(region: Sequence[Strip], row: int) -> bool:
    """Tell whether words stand between two lines of one drawing."""
    return row + 1 < len(region) and (
        is_drawn(region[row + 1].text) or bool(re.fullmatch(r"[\s▼↓⬇]+", region[row + 1].text or "x"))
    )


def _above(region: Sequence[Strip], row: int, begun: int) -> int:
    """Return the first row of a drawing: words right above boxes stand over them, as titles or as a tree's root."""
    first = row
    while first > begun and not region[first - 1].blank and (row - first) < 2:
        text = region[first - 1].text.strip()
        apart = len(re.split(r"\s{3,}", text)) > 1
        roots = re.search("[┴┼]", region[row].text) and not re.search("[┬]", region[row].text)
        if not (apart or roots or _ONLY_ARROWS.fullmatch(text)) or text[:1] in "-*•✓☐□":
            break
        first -= 1
    return first


def _art(region: Sequence[Strip], hand: Hand, depth: int) -> list[AnyBlock] | None:
    """Read box art; what cannot be understood is kept as text, with a warning."""
    if depth < DEEPEST:
        ascii_art = not any(is_drawn(s.text) for s in region)
        framed = plain.blocks_of(_unframed(region), hand) if _is_table(region) else None
        if framed is not None and any(isinstance(b, Table) for b in framed) and not missing(region, framed):
            return framed
        made = drawn(region, hand, lambda inside, h: blocks_of(inside, h, depth + 1), ascii_art=ascii_art)
        if made is not None and not missing(region, made):
            return made
    hand.warn("this drawing could not be understood; it is kept as text", hand.span(region))
    shift = min((len(s.text) - len(s.text.lstrip()) for s in region if not s.blank), default=0)
    return [CodeBlock(span=hand.span(region), text="\n".join(s.text[shift:].rstrip() for s in region))]


def _is_table(region: Sequence[Strip]) -> bool:
    """Tell whether a drawing is a framed table."""
    return bool(re.search("[┬]", region[0].text)) and any("┼" in s.text or "╪" in s.text for s in region)


def _unframed(region: Sequence[Strip]) -> list[Strip]:
    """Return a table's lines without the lines over and under it."""
    return [s for i, s in enumerate(region) if not (i in (0, len(region) - 1) and not _WORD.search(s.text))]


def _versus_end(region: Sequence[Strip], row: int, _begun: int) -> int:
    """Return the row after two columns of text with "VS" between them."""
    found = versus(region, row)
    return row if found is None else found.end


def _versus(region: Sequence[Strip], hand: Hand, depth: int) -> list[AnyBlock] | None:
    """Read a comparison."""
    found = versus(region, 0)
    if found is None or depth >= DEEPEST:
        return None
    made = found.cards(region, hand, lambda inside, h: blocks_of(inside, h, depth + 1))
    return [made] if not missing(region, [made]) else None


def missing(region: Sequence[Strip], made: Sequence[AnyBlock]) -> list[str]:
    """Return the words of some lines that blocks do not hold."""
    wanted = Counter(w for s in region for w in _WORD.findall(s.text))
    have = Counter(w for block in made for w in _WORD.findall(words_of(block)))
    # a step named twice is one node
    nodes = {w for block in made if isinstance(block, Diagram) for w in _WORD.findall(words_of(block))}
    # what a program draws itself is not text: numbers of a list, and `v` as an arrowhead
    return sorted(w for w in wanted - have if not w.isdigit() and w not in nodes and w not in ("v", *"①②③④⑤⑥⑦⑧⑨⑩"))


def words_of(value: object) -> str:
    """Return all text of a piece of a model, blank-separated where it stands apart."""
    if isinstance(value, Diagram):
        return re.sub(r"#(?:35|quot|lt|gt|96|92|amp);", " ", value.source.replace("<br/>", " "))
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        glue = "" if value and all(isinstance(v, Inline) for v in value) else " "
        return glue.join(words_of(v) if not isinstance(v, Text) else v.text for v in value)
    if isinstance(value, msgspec.Struct):
        names = [n for n in value.__struct_fields__ if n not in ("span", "id", "classes", "drawing", "align", "ends")]
        if isinstance(value, Inline) and not any(n in ("text", "children", "alt") for n in names):
            return " "
        return " ".join(words_of(getattr(value, n)) for n in names)
    return ""
