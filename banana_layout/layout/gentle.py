"""`fit: gentle`: a page that always holds its panels, each giving way only as far as it must.

The steps, in order: columns in wide panels and slimmer padding, text below the floor, the panel's digest, and at the
very end text smaller than anyone should read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Room
from banana_layout.layout.fit import Candidate, Fitted, content_room, fits, largest, set_content
from banana_layout.layout.flow import measure
from banana_layout.model.block import Diagram
from banana_layout.model.document import Sheet
from banana_layout.model.inline import plain_text
from banana_layout.source import BananaError, Diagnostic
from banana_layout.theme.scale import TypeScale

SMALL = 6.5
"""Text in a full panel shrinks to this, in points, before its digest is shown."""
TINY = 2.0
"""The smallest text ever, in points, where nothing else is left."""
HINT = "give its zone a larger ratio, or shorten its section"
"""What helps a panel that is too full."""
ALL = "--all puts the whole section on a further page"
"""What helps its section."""
AMPLE = 150.0
"""Square points for each character of a diagram's source that always hold it in readable text."""
SLIM = 0.55
"""Slim padding, as a share of a panel's own."""


class Settled(msgspec.Struct, frozen=True):
    """Panels that all fit."""

    candidates: tuple[Candidate, ...]
    """The panels, some with slim padding or with their digest."""
    fitted: dict[str, Fitted]
    """The largest size of each."""
    digested: tuple[str, ...]
    """Those that show their digest."""


def settle(
    candidates: Sequence[Candidate],
    scale: TypeScale,
    explain: Callable[[Candidate], Diagnostic],
    warn: Callable[[Diagnostic], None],
    *,
    all_pages: bool = False,
) -> Settled:
    """Return every panel in a form that fits.

    Args:
        candidates: the panels with their boxes.
        scale: sizes of type.
        explain: says why a panel cannot be made to fit.
        warn: takes warnings.
        all_pages: whether what a panel shows only a digest of goes whole to a further page.

    Raises:
        BananaError: with what `explain` says of a panel that nothing makes fit, not even the smallest text.
    """
    taken: list[Candidate] = []
    found: dict[str, Fitted] = {}
    digested: list[str] = []
    for candidate in candidates:
        step = _whole(candidate, scale)
        if step is None and candidate.panel.digest:
            step = _digest(candidate, scale)
            if step is not None:
                digested.append(candidate.panel.id)
                further = "; its section is whole on a further page" if all_pages else ""
                said = f"is too full for its section; it shows the lines drawn in it instead{further}"
                warn(_note(candidate, said, HINT if all_pages else f"{HINT}; {ALL}"))
        if step is None:
            step = _tiny(candidate)
            if step is None:
                raise BananaError(explain(candidate))
            warn(_note(candidate, f"is far too full: its text is only {step[1].size:.1f} pt", HINT))
        taken.append(step[0])
        found[candidate.panel.id] = step[1]
    return Settled(tuple(taken), found, tuple(digested))


def whole_panels(sheet: Sheet, digested: Collection[str]) -> Sheet | None:
    """Return a further sheet with the panels of a page that shows only their digests; None where it shows all whole."""
    whole = [msgspec.structs.replace(p, id=f"{p.id}--whole", digest=()) for p in sheet.panels if p.id in digested]
    return Sheet(tuple(whole)) if whole else None


Step = tuple[Candidate, Fitted] | None
"""A panel in a form that fits, or None."""


def _whole(candidate: Candidate, scale: TypeScale) -> Step:
    """Return a panel with all it holds."""
    slim = _slim(candidate)
    for one, floor, most in (
        (candidate, scale.body_min_pt, scale.body_max_pt),
        (slim, scale.body_min_pt, scale.body_max_pt),
        (slim, min(SMALL, scale.body_min_pt), scale.body_min_pt),
    ):
        best = largest(one, floor, most)
        if best is not None and _can_be_drawn(one, best):
            return one, best
    return None


def _digest(candidate: Candidate, scale: TypeScale) -> Step:
    """Return a panel with its digest in place of its blocks."""
    panel = candidate.panel
    short = msgspec.structs.replace(panel, blocks=panel.digest, digest=())
    return _whole(msgspec.structs.replace(candidate, panel=short), scale)


def _tiny(candidate: Candidate) -> Step:
    """Return the shorter of a panel and its digest in whatever size fits."""
    panel = candidate.panel
    forms = [panel] if not panel.digest else [panel, msgspec.structs.replace(panel, blocks=panel.digest, digest=())]
    for form in reversed(forms):
        slim = _slim(msgspec.structs.replace(candidate, panel=form))
        best = largest(slim, TINY, SMALL)
        if best is not None and _can_be_drawn(slim, best):
            return slim, best
        size = SMALL
        while size > TINY:
            if fits(slim, size, may_break=True) and _can_be_drawn(slim, Fitted(size)):
                return slim, Fitted(size)
            size *= 0.8
    return None


def _slim(candidate: Candidate) -> Candidate:
    """Return a panel with slimmer padding beside and under its content."""
    context = candidate.context
    anatomy: Anatomy = context.memo["anatomy"]
    wide = anatomy.content
    slim = Insets(wide.left * SLIM, wide.top, wide.right * SLIM, wide.bottom * SLIM)
    # what is remembered by node depends on the room, never on the anatomy, so it may be shared up to here
    memo = {**context.memo, "anatomy": msgspec.structs.replace(anatomy, content=slim)}
    return msgspec.structs.replace(candidate, context=msgspec.structs.replace(context, memo=memo))


def _can_be_drawn(candidate: Candidate, fitted: Fitted) -> bool:
    """Tell whether a panel's diagrams find room: only placing them tells."""
    charts = [b for b in candidate.panel.blocks if isinstance(b, Diagram)]
    if not charts:
        return True
    room, context = content_room(candidate, fitted.size)
    taken = measure(candidate.panel.blocks, Room(room.w, None, fitted.size, draft=True), context).height
    if room.w * (room.h - taken) > AMPLE * sum(len(c.source) for c in charts) and min(room.w, room.h - taken) > 100:
        return True  # drawing twice only to see that it can be done would double the page's time
    try:
        set_content(candidate, fitted, room, msgspec.structs.replace(context, warn=_unheard))
    except BananaError:
        return False
    return True


def _unheard(_warning: Diagnostic) -> None:
    """Drop a warning of a trial."""


def _note(candidate: Candidate, message: str, hint: str) -> Diagnostic:
    """Return a warning about a panel."""
    panel = candidate.panel
    name = plain_text(panel.title) or panel.id
    return Diagnostic("warning", f"panel “{name}” {message}", panel.span, (hint,), candidate.context.source)
