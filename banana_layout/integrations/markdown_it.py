"""For markdown-it-py: `MarkdownIt().use(banana_plugin)` draws ```mermaid and ```banana fences as inline SVG."""

from __future__ import annotations

from typing import Any

from banana_layout.integrations import fence as fences
from banana_layout.source import BananaError


def banana_plugin(md: Any, *, theme: str | None = None, plain: bool = False, paper: bool = True) -> None:
    """Draw fences where they are rendered; what cannot be drawn becomes a box that says why."""
    look = fences.Look(theme, plain, paper)
    standard = md.renderer.rules["fence"]

    def fence(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        name = (token.info.split() or [""])[0]
        if not fences.is_drawn(name, token.content):
            found: str = standard(tokens, index, options, env)
            return found
        try:
            return fences.html(name, token.content, look) + "\n"
        except BananaError as error:
            return fences.error_html(token.content, error) + "\n"

    md.add_render_rule("fence", fence)
