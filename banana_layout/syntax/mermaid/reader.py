"""What the parts of the flowchart grammar share: the text, the builder and the small steps over blanks."""

from __future__ import annotations

import re

from banana_layout.syntax.mermaid.builder import Builder
from banana_layout.syntax.mermaid.data import DataReader
from banana_layout.syntax.mermaid.findings import Findings

BLANKS = re.compile(r"[^\S\n]*")
"""Blanks within a line."""

SPACES = re.compile(r"\s*")
"""Blanks and line ends."""

ID = re.compile(
    r"(?:[A-Za-z0-9!#$%&'*+.`?\\_/,]|[^\x00-\x7f\s\u2013\u2014\u2192\u27f6\u279c\u2794\u21d2\u27f9]|:(?!::)|-(?=[^>\-.])|=(?![=>]))+"
)
"""A node's id: Mermaid's characters, and every one outside ASCII (Mermaid stops at emoji)."""


class Reader:
    """The text being read and what has been read."""

    __slots__ = ("builder", "data", "findings", "text")

    def __init__(self, text: str, findings: Findings) -> None:
        self.text = text
        self.findings = findings
        self.builder = Builder(findings)
        self.data = DataReader(findings)

    def blanks(self, at: int) -> int:
        """Return the offset after the blanks of this line."""
        match = BLANKS.match(self.text, at)
        return match.end() if match is not None else at

    def spaces(self, at: int) -> int:
        """Return the offset after blanks and line ends."""
        match = SPACES.match(self.text, at)
        return match.end() if match is not None else at

    def line_end(self, at: int) -> int:
        """Return the offset of the line's end."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def word(self, at: int) -> str:
        """Return what stands at an offset, for messages."""
        match = re.compile(r"[^\s;]{1,24}").match(self.text, at)
        return f"`{match[0]}`" if match is not None else "the end of the line" if at < len(self.text) else "the end"
