"""Code, coloured in the theme's inks."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Room
from banana_layout.model.block import CodeBlock
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.text.paragraph import Prepared, Run, Setting, height, paragraph, prepare
from banana_layout.theme.text_style import TextStyle

PAD_X = 0.6
"""Beside the code, in em."""
PAD_Y = 0.4
"""Over and under the code, in em."""
SMALLER = 0.8
"""Code is set down to this share of its usual size where that keeps its lines whole: a broken line of code reads wrong."""
PENS = {"Keyword": "violet", "Name.Function": "blue", "Name.Class": "blue", "String": "green", "Number": "coral"}
"""Token types and the pair whose pen writes them; comments are soft, the rest is ink."""


def place(node: CodeBlock, room: Room, context: Context) -> Frame:
    """Return the code on a tinted card, a little smaller where its lines then fit; else they are broken at spaces, or anywhere."""
    em = room.size
    prepared = _prepared(node, context)
    measure = max(em, room.width - 2 * PAD_X * em)
    size = _size(prepared, measure, em, context)
    _, tall = height(prepared, size, measure, 1.3)
    box = Size(room.width, tall + 2 * PAD_Y * em)
    if room.draft:
        return Frame(box)
    text = paragraph(
        prepared, Setting(size=size, measure=measure, leading=1.3, style="code", key=f"{context.key}/text")
    )
    card = Path(
        f"{context.key}/card",
        Outline.rect(Rect(0.0, 0.0, *box), 0.3 * em),
        fill=Paint(context.tone.pair.tint),
        stroke=Stroke(at_body(0.3, em), Paint(context.tone.pair.pen)),
        reach=0.14 * em,
    )
    hooks = (Placed(room.width - 0.48 * em, PAD_Y * em, hook) for hook in _hooks(node, text, em, context))
    children = (Placed(0.0, 0.0, card), Placed(PAD_X * em, PAD_Y * em, text), *hooks)
    baseline = None if text.baseline is None else PAD_Y * em + text.baseline
    return Frame(box, children, baseline, Group(context.key, (), "code", Rect(0.0, 0.0, *box)))


def _size(prepared: Prepared, measure: Pt, em: Pt, context: Context) -> Pt:
    """Return the code's type size: the theme's, or smaller where every line then fits the measure whole."""
    scale = context.theme.type
    usual = em * scale.code
    fitting = measure / max(prepared.natural_width, 1e-6) * 0.999
    least = max(SMALLER * usual, min(usual, scale.body_min_pt * scale.code))
    return fitting if least <= fitting < usual else usual


def _hooks(node: CodeBlock, text: Frame, em: Pt, context: Context) -> Iterable[Path]:
    """Yield a small hook beside each line that goes on in the next although the code does not end there."""
    lines = [g for g in text.flattened() if isinstance(g, Group) and g.role == "line" and g.rect is not None]
    waiting = ["".join(line.split()) for line in node.text.split("\n")]
    if len(lines) <= len(waiting):
        return
    got = ""
    for number, line in enumerate(lines):
        got += "".join(line.text.split())
        if not waiting or got == waiting[0]:
            got, waiting = "", waiting[1:]
            continue
        assert line.rect is not None
        y = line.rect.center.y
        hook = PathBuilder().move(0.0, y - 0.22 * em).line(0.22 * em, y - 0.22 * em).line(0.22 * em, y + 0.12 * em)
        hook = hook.line(0.0, y + 0.12 * em).move(0.12 * em, y).line(0.0, y + 0.12 * em).line(0.12 * em, y + 0.24 * em)
        ink = Stroke(0.055 * em, Paint(context.tone.pair.pen))
        yield Path(f"{context.key}/hook{number}", hook.build(), stroke=ink, reach=0.04 * em)


def _prepared(node: CodeBlock, context: Context) -> Prepared:
    """Return the shaped code; shaped once a layout call."""
    key = ("code", id(node))  # its inks are the theme's, whatever the panel's
    if key not in context.memo:
        runs = tuple(_runs(node, context))
        context.memo[key] = (prepare(runs, context.book, context.theme, context.lang), node)
    made: Prepared = context.memo[key][0]
    return made


def _runs(node: CodeBlock, context: Context) -> Iterable[Run]:
    """Yield coloured runs; leading blanks are kept as no-break spaces, tabs as four."""
    base = TextStyle(role="code", color=context.theme.ink)
    for kind, text in _tokens(node):
        color = context.theme.soft if "Comment" in kind else None
        for prefix, pen in PENS.items():
            if prefix in kind:
                pair = context.theme.pair(pen)
                color = pair.pen if pair else None
        style = base if color is None else msgspec.structs.replace(base, color=color)
        yield Run(text.expandtabs(4).replace("  ", "\u00a0 ").replace("\n ", "\n\u00a0"), style, node.span)


def _tokens(node: CodeBlock) -> Iterable[tuple[str, str]]:
    """Return token types and texts; one plain token where the language is unknown, or its lexer changes the code."""
    plain = [("", node.text)]
    if not node.language:
        return plain
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(node.language, stripnl=False)
    except ClassNotFound:
        return plain
    # Lexers of sessions (console, pycon, …) leave out a line that has no end.
    found = [(str(kind), text) for kind, text in lexer.get_tokens(f"{node.text}\n") if text]
    if "".join(text for _, text in found) != f"{node.text}\n":
        return plain
    kind, last = found.pop()
    return [*found, (kind, last[:-1])] if len(last) > 1 else found
