"""For pre-commit, which hands over all changed files at once: `banana check` for each, told together."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every sheet; options come first, files after them. Return 1 where one does not hold."""
    from banana_layout.cli.main import main as banana

    given = list(sys.argv[1:] if arguments is None else arguments)
    files = [one for one in given if not one.startswith("-")]
    options = [one for one in given if one.startswith("-")]
    return max((banana(["check", *options, name]) for name in files), default=0)
