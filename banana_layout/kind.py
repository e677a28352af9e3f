"""What a block or a diagram registers."""

from __future__ import annotations

from typing import Any

import msgspec

from banana_layout.layout.contract import Placer


class Kind(msgspec.Struct, frozen=True):
    """One row of a table of kinds: the node it serves and how it is placed."""

    node: type[Any]
    """The model's node."""
    place: Placer
    """Places it."""
