"""Places a mind map: fills the room it is given with the largest readable text."""

from __future__ import annotations

import msgspec

from banana_layout.diagrams.geometry import DiagramFacts, EdgeFacts, NodeFacts
from banana_layout.diagrams.icons import emoji_for
from banana_layout.diagrams.ink import Inks, inks
from banana_layout.diagrams.labels import Hand, Scribe
from banana_layout.diagrams.mindmap.draw import Sketcher, draw
from banana_layout.diagrams.mindmap.fit import Growth, Wish, search
from banana_layout.diagrams.mindmap.grow import CHILD_PT, SCALE, Kind, Sized
from banana_layout.diagrams.mindmap.spread import Stand, spread
from banana_layout.diagrams.offer import judge, offered
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.model.block import Diagram
from banana_layout.model.flowchart import LabelRun, label_text
from banana_layout.model.mindmap import MindMap, MindNode
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group
from banana_layout.source import Diagnostic

MARGIN = Insets(0.8 * MM, 0.8 * MM, 1.6 * MM, 1.6 * MM)
"""Kept free around the map: wobble on all sides, marker shadows to the right and below."""

TALLEST = 0.8
"""Height over width at most, where the map may choose its height."""

BRANCH_PAIRS = ("blue", "violet", "green", "coral")
"""Inks of the branches, in turn."""


_KINDS: tuple[Kind, ...] = ("root", "branch", "twig", "leaf")


def place(node: Diagram, room: Room, context: Context) -> Frame:
    """Return a mind map that fills the room, or stands in it at its natural size where no height is given.

    Raises:
        BananaError: the text would be smaller than the theme allows.
    """
    model = node.diagram
    assert isinstance(model, MindMap)  # the table of kinds says so
    if room.draft and room.height is not None:
        return Frame(Size(room.width, room.height))
    palette = inks(context)
    scribe = Scribe(context)
    root = _measured(model, scribe, palette, context)
    offer = offered(room, MARGIN, TALLEST, (context.theme.type.node_max_pt * CHILD_PT / 26.0, 1.0))
    wish = wished(model, context)
    memo = ("mindmap fit", id(root), offer.inner, offer.largest)
    growth: Growth | None = context.memo.get(memo)
    if growth is None:
        growth = context.memo[memo] = search(root, offer.inner, offer.largest, wish)
    size = min(offer.largest, growth.size)
    judge(size, "mind map", model.span, ("shorten labels or split the map in two",), context)
    stretch = not offer.natural
    left, up, right, down = growth.plan.extents()
    offer = offer.around(Size((left + right) * size, (up + down) * size), MARGIN)
    if room.draft:
        return Frame(offer.outer)
    stands = spread(growth.plan, Rect(MARGIN.left, MARGIN.top, *offer.inner), size, stretch)
    sketcher = Sketcher(context, palette, scribe, size, growth.plan.choice.style)
    return _frame(model, growth, stands, size, offer.outer, sketcher)


def wished(model: MindMap, context: Context) -> Wish:
    """Return what the author's settings ask for; warn of what they cannot mean."""
    sides, style = "both", None
    for key, value in model.settings:
        word = value.strip().lower()
        if key == "mindmap.sides":
            if word in ("both", "right", "left"):
                sides = word
                continue
            hint = "write both, right or left"
        elif key == "mindmap.layout":
            if word in ("sides", "stacked", "radial"):
                style = word
                continue
            hint = "write sides, stacked or radial"
        else:
            continue
        message = f"{key}: {value!r} means nothing here"
        context.warn(Diagnostic("warning", message, model.span, (hint,), context.source))
    return msgspec.convert({"sides": sides, "style": style}, Wish)


def _measured(model: MindMap, scribe: Scribe, palette: Inks, context: Context) -> Sized:
    """Return the tree with its labels measured, measured once a call of layout."""
    memo = ("mindmap", id(model), palette.ground)
    known = context.memo.get(memo)
    if known is not None:
        found: Sized = known[0]
        return found
    order: list[tuple[MindNode, int, int]] = []
    stack: list[tuple[MindNode, int, int]] = [(model.root, 0, -1)]
    while stack:
        node, depth, branch = stack.pop()
        order.append((node, depth, branch))
        children = list(enumerate(node.children))
        stack += [(c, depth + 1, i if depth == 0 else branch) for i, c in reversed(children)]
    # Read backwards, a node's children are the topmost of what has been made, the first one on top.
    made: list[Sized] = []
    missing: list[str] = []
    for index in range(len(order) - 1, -1, -1):
        node, depth, branch = order[index]
        label = scribe.label(_runs(node, context), (_hand(depth, branch, palette),), lift=False)
        missing += label.missing
        below = tuple(made.pop() for _ in node.children)
        made.append(Sized(node, label, _KINDS[min(depth, 3)], index, below, depth))
    for cluster in dict.fromkeys(missing):
        points = " ".join(f"U+{ord(c):04X}" for c in cluster)
        message = f"no font has {points}: a box with its number is drawn instead"
        context.warn(Diagnostic("warning", message, model.span, (), context.source))
    root = made[0]
    context.memo[memo] = (root, model)
    return root


def _hand(depth: int, branch: int, palette: Inks) -> Hand:
    """Return what a node of a depth is written with."""
    ink = palette.theme.ink
    if depth == 0:
        return Hand("heading", ink, 0.043, SCALE["root"])
    if depth == 1:
        return Hand("heading", ink, 0.034, SCALE["branch"])
    if depth == 2:
        return Hand("heading", ink, 0.024, SCALE["twig"])
    return Hand("body", palette.pair(BRANCH_PAIRS[branch % len(BRANCH_PAIRS)]).pen, 0.0, SCALE["leaf"], 1.2)


def _runs(node: MindNode, context: Context) -> tuple[LabelRun, ...]:
    """Return a node's label, its icon in front where it has a drawing."""
    if not node.icon:
        return node.label
    found = emoji_for(node.icon)
    if found is None:
        message = f"the icon {node.icon!r} has no drawing: the node shows its text alone"
        context.warn(Diagnostic("warning", message, node.span, (), context.source))
        return node.label
    return (LabelRun(f"{found} "), *node.label)


def _frame(
    model: MindMap, growth: Growth, stands: tuple[Stand, ...], size: Pt, outer: Size, sketcher: Sketcher
) -> Frame:
    """Return all items and facts."""
    drawing = draw(stands, sketcher)
    by_index = sorted(stands, key=lambda s: s.item.index)
    ids = {s.item.index: _name(s) for s in by_index}
    facts = DiagramFacts(
        panel=sketcher.context.key.split("/", 1)[0],
        kind="mindmap",
        rect=Rect(0.0, 0.0, outer.width, outer.height),
        direction=_direction(growth),
        rows=1,
        font_size=size,
        nodes=tuple(
            NodeFacts(
                ids[s.item.index],
                label_text(s.item.node.label),
                s.item.node.shape,
                s.rect,
                drawing.texts[s.item.index],
            )
            for s in by_index
        ),
        edges=tuple(
            EdgeFacts(ids[s.parent], ids[s.item.index], "", drawing.lines[s.item.index])
            for s in by_index
            if s.parent >= 0
        ),
    )
    group = Group(
        f"{sketcher.context.key}/mindmap",
        (),
        role="figure",
        rect=Rect(0.0, 0.0, outer.width, outer.height),
        alt=_words(model),
        facts=facts,
    )
    return Frame(outer, tuple(Placed(0.0, 0.0, item) for item in drawing.items), group=group)


def _direction(growth: Growth) -> str:
    """Return where the map grows, for machines."""
    found = growth.plan
    if found.choice.style != "sides":
        return "down" if found.choice.style == "stacked" else "radial"
    return "both" if found.left and found.right else "left" if found.left else "right"


def _name(stand: Stand) -> str:
    """Return a node's id."""
    return stand.item.node.id


def _words(model: MindMap) -> str:
    """Return the map in words, for those who do not see it."""
    if model.description:
        return model.description
    told = []
    for node in model.root.walk():
        if node.children:
            names = ", ".join(" ".join(label_text(c.label).split()) for c in node.children)
            told.append(f"{' '.join(label_text(node.label).split())}: {names}")
    return "; ".join(told) if told else " ".join(label_text(model.root.label).split())
