"""For MkDocs: `plugins: [banana]` draws ```mermaid and ```banana fences while the site is built.

A fence that cannot be drawn is a warning, which `mkdocs build --strict` counts as an error.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from banana_layout.integrations.markdown import BananaExtension

LOG = logging.getLogger("mkdocs.plugins.banana")


class BananaConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs says nothing of its hook
    """The plugin's settings."""

    theme = config_options.Optional(config_options.Type(str))
    plain = config_options.Type(bool, default=False)
    paper = config_options.Type(bool, default=True)


class BananaPlugin(BasePlugin[BananaConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adds the Markdown extension, and tells it where each page stands."""

    _page = ("", 0)

    def on_config(self, config: Any) -> Any:
        """Add the extension before any page is read."""
        c = self.config
        extension = BananaExtension(
            theme=c.theme or "",
            plain=c.plain,
            paper=c.paper,
            base=str(Path(config["docs_dir"]).resolve()),
            warn=LOG.warning,
            page=lambda: self._page,
        )
        config["markdown_extensions"].append(extension)
        return config

    def on_page_markdown(self, markdown: str, /, *, page: Any, **given: Any) -> None:
        """Remember the page and the lines of its front matter, for messages."""
        whole = page.file.content_string.replace("\r\n", "\n")
        before = whole.removesuffix(markdown).count("\n") if whole.endswith(markdown) else 0
        self._page = page.file.src_uri, before
