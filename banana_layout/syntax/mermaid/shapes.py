"""Names of node shapes, and the brackets that stand for them."""

from __future__ import annotations

from typing import NamedTuple

_TABLE = """
rect proc process rectangle square
rounded event round
stadium terminal pill
fr-rect subprocess subproc framed-rectangle subroutine
cyl db database cylinder
datastore data-store
folder directory
bucket
console
browser
person
circle circ
bang
cloud
diam decision diamond question
hex hexagon prepare
lean-r lean-right in-out
lean-l lean-left out-in
trap-b priority trapezoid-bottom trapezoid
trap-t manual trapezoid-top inv-trapezoid
dbl-circ double-circle doublecircle
text
notch-rect card notched-rectangle
lin-rect lined-rectangle lined-process lin-proc shaded-process
sm-circ start small-circle
fr-circ stop framed-circle
fork join
hourglass collate
brace comment brace-l
brace-r
braces
bolt com-link lightning-bolt
doc document
delay half-rounded-rectangle
h-cyl das horizontal-cylinder
lin-cyl disk lined-cylinder
curv-trap curved-trapezoid display
div-rect div-proc divided-rectangle divided-process
tri extract triangle
win-pane internal-storage window-pane
f-circ junction filled-circle
notch-pent loop-limit notched-pentagon
flip-tri manual-file flipped-triangle
sl-rect manual-input sloped-rectangle
docs documents st-doc stacked-document
st-rect procs processes stacked-rectangle
bow-rect stored-data bow-tie-rectangle
cross-circ summary crossed-circle
tag-doc tagged-document
tag-rect tagged-rectangle tag-proc tagged-process
flag paper-tape
odd
lin-doc lined-document
ellipse
choice
note
state
anchor
icon
composite
bpmn-start
bpmn-intermediate
bpmn-boundary
bpmn-end
bpmn-gateway
bpmn-activity
bpmn-data
bpmn-data-store
bpmn-annotation
"""

CANONICAL: dict[str, str] = {name: row.split()[0] for row in _TABLE.strip().splitlines() for name in row.split()}
"""Every name `@{ shape: … }` takes, to the one this package uses."""

UNDRAWN_LABEL = frozenset(
    {"sm-circ", "fr-circ", "fork", "hourglass", "bolt", "f-circ", "cross-circ", "choice", "anchor"}
)
"""Shapes that Mermaid draws without their label."""


class Bracket(NamedTuple):
    """A pair of brackets around a label."""

    opening: str
    """What stands before the label."""
    closings: tuple[tuple[str, str], ...]
    """What may stand behind it, and the shape that makes."""


_BRACKETS = (
    Bracket("[[", (("]]", "fr-rect"),)),
    Bracket("[(", ((")]", "cyl"),)),
    Bracket("[/", (("/]", "lean-r"), ("\\]", "trap-b"))),
    Bracket("[\\", (("\\]", "lean-l"), ("/]", "trap-t"))),
    Bracket("[", (("]", "rect"),)),
    Bracket("(((", ((")))", "dbl-circ"),)),
    Bracket("((", (("))", "circle"),)),
    Bracket("([", (("])", "stadium"),)),
    Bracket("(-", (("-)", "ellipse"),)),
    Bracket("(", ((")", "rounded"),)),
    Bracket("{{", (("}}", "hex"),)),
    Bracket("{", (("}", "diam"),)),
    Bracket(">", (("]", "odd"),)),
)

BRACKETS: dict[str, tuple[Bracket, ...]] = {
    first: tuple(b for b in _BRACKETS if b.opening[0] == first) for first in "[({>"
}
"""The bracket pairs that begin with a character, the longest first."""


def canonical(name: str) -> tuple[str, str | None]:
    """Return the shape a name means and, where Mermaid would not know the name, how it should be written.

    An unknown name gives a rectangle and the nearest known name.
    """
    known = CANONICAL.get(name)
    if known is not None:
        return known, None
    tidy = name.strip().lower().replace("_", "-").replace(" ", "-")
    known = CANONICAL.get(tidy)
    if known is not None:
        return known, tidy
    import difflib

    near = difflib.get_close_matches(tidy[:40], CANONICAL, 1)
    return "rect", near[0] if near else "rect"
