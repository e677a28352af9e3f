"""Random themes and page sizes."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from banana_layout.theme.load import load, names
from banana_layout.theme.theme import Theme

PAGES = ("A4", "A3", "letter", "B5", "A5", "16:9", "210mm x 210mm")
"""Page sizes as written, the usual one first."""


def page_sizes() -> st.SearchStrategy[str]:
    """Return a strategy of page sizes as the front matter writes them."""
    return st.sampled_from(PAGES)


@st.composite
def themes(draw: st.DrawFn) -> Theme:
    """Return one of the themes that come along, drawn by a calmer or a wilder hand, with larger or smaller type."""
    theme = load(draw(st.sampled_from(("nano-banana", *(n for n in names() if n != "nano-banana")))))
    factor = st.sampled_from((1.0, 0.0, 0.5, 1.5))
    hand = msgspec.structs.replace(theme.hand, wobble=draw(factor), jitter=draw(factor), overshoot=draw(factor))
    most = draw(st.sampled_from((theme.type.body_max_pt, 12.0, 18.0)))
    return msgspec.structs.replace(theme, hand=hand, type=msgspec.structs.replace(theme.type, body_max_pt=most))
