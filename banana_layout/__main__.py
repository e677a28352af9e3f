"""Runs the command line: `python -m banana_layout`."""

from __future__ import annotations

import sys

from banana_layout.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
