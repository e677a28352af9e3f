"""For markdown-it-py: `MarkdownIt().use(banana_plugin)` draws ```mermaid and ```banana fences as inline SVG."""

from __future__ import annotations

import logging
from typing import Any

from banana_layout.integrations import fence as fences
from banana_layout.source import BananaError, Source

LOG = logging.getLogger("banana_layout.integrations")


def banana_plugin(md: Any, *, theme: str | None = None, plain: bool = False, paper: bool = True) -> None:
    """Draw fences where they are rendered; what cannot be drawn is logged, and becomes a box that says why.

    Its line is counted in the whole text; `env["path"]`, where given to `render`, is the name that goes with it.
    """
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
            told = _told(error, token, env)
            LOG.warning("%s", told)
            return fences.error_html(token.content, told) + "\n"

    md.add_render_rule("fence", fence)


def _told(error: BananaError, token: Any, env: Any) -> BananaError:
    """Return an error with its place in the text that was rendered, as far as the token knows it."""
    if not token.map:
        return fences.in_fence(error)
    before = token.map[0] + 1
    name = str(env.get("path") or "<markdown>") if isinstance(env, dict) else "<markdown>"
    return fences.placed(error, Source(name, "\n" * before + token.content), before + 1, 0)
