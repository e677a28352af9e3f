"""For Sphinx: `extensions = ["banana_layout.integrations.sphinx"]` draws diagrams and sheets, in HTML and in PDF by LaTeX.

It draws `.. mermaid::` and `.. banana::`, `.. code-block:: mermaid`, and with MyST the fences ```mermaid and ```banana.
Settings: `banana_theme`, `banana_plain`, `banana_paper`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

import banana_layout
from banana_layout.integrations import fence as fences
from banana_layout.source import BananaError, Source

LOG = logging.getLogger(__name__)


class drawing(nodes.General, nodes.Element):  # noqa: N801  # docutils' nodes are named so
    """A fence to be drawn: its `name`, its `text`, `alt`, and the `file` its text comes from where that is not the page."""


class Drawing(SphinxDirective):
    """The directives `mermaid` and `banana`."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"alt": directives.unchanged}  # noqa: RUF012  # the form docutils asks for

    def run(self) -> list[nodes.Node]:
        """Return the node; an argument names a file below the documentation's folder."""
        text, path = "\n".join(self.content), ""
        if self.arguments:
            relative, path = self.env.relfn2path(self.arguments[0])
            self.env.note_dependency(relative)
            try:
                text = Path(path).read_text(encoding="utf-8")
            except OSError as error:
                raise self.error(f"cannot read {self.arguments[0]}: {error.strerror}") from None
        node = drawing(name=self.name, text=text, alt=self.options.get("alt", ""), file=path)
        self.set_source_info(node)
        return [node]


class SheetDrawing(Drawing):
    """The directive `banana`, whose front matter is the sheet's and no list of options."""

    option_spec = {}  # noqa: RUF012  # as above

    def run(self) -> list[nodes.Node]:
        """Return the node; a first line `:alt: …` is what it looks like, wherever the parser has put it."""
        self.options, alt = {}, r":alt:[ \t]*(.*)"
        if self.arguments and (said := re.fullmatch(alt, self.arguments[0])):
            self.options, self.arguments = {"alt": said[1].strip()}, []
        elif self.content and (said := re.fullmatch(alt, self.content[0])):
            self.options, self.content = {"alt": said[1].strip()}, self.content[1:]
        return super().run()


class Fences(SphinxTransform):
    """Takes blocks of code in the languages `mermaid` and `banana` for drawings."""

    default_priority = 400

    def apply(self, **given: Any) -> None:
        """Replace the blocks that are drawn."""
        for block in list(self.document.findall(nodes.literal_block)):
            name = block.get("language", "")
            if name in fences.NAMES and fences.is_drawn(name, block.astext()):
                node = drawing(name=name, text=block.astext(), alt="", file="")
                node.source, node.line = block.source, block.line
                block.replace_self(node)


def _look(config: Any, folder: str) -> fences.Look:
    """Return how the configuration wants drawings."""
    return fences.Look(config.banana_theme, config.banana_plain, config.banana_paper, folder)


def _told(error: BananaError, node: drawing) -> BananaError:
    """Return an error with its place in the page's file, which Sphinx is told as well."""
    file = Path(node["file"] or node.source or "")
    try:
        page = Source(file.name, file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        page = Source("", "")
    told = fences.told(error, page, node["text"], 1 if node["file"] else node.line or 1)
    where = told.diagnostics[0].location()
    found = where is not None and where[0] == page.name
    place = f"{file}:{where[1].line}" if found and where is not None else node
    LOG.warning("%s", told, location=place, type="banana", subtype=node["name"])
    return told


def _visit_html(translator: Any, node: drawing) -> None:
    """Write the SVG."""
    builder = translator.builder
    try:
        made = fences.html(node["name"], node["text"], _look(builder.config, str(builder.srcdir)))
    except BananaError as error:
        made = fences.error_html(node["text"], _told(error, node))
    translator.body.append(made + "\n")
    raise nodes.SkipNode


def _visit_latex(translator: Any, node: drawing) -> None:
    """Write the drawing as a PDF beside the LaTeX file and include its pages."""
    builder = translator.builder
    look = _look(builder.config, str(builder.srcdir))
    try:
        data, pages = fences.pdf(node["name"], node["text"], look)
    except BananaError as error:
        _told(error, node)
        translator.body.append("\n\\begin{sphinxVerbatim}\n" + node["text"] + "\n\\end{sphinxVerbatim}\n")
        raise nodes.SkipNode from None
    name = f"banana-{fences.digest(node['name'], node['text'], look)}"
    (Path(builder.outdir) / f"{name}.pdf").write_bytes(data)
    for page in range(1, pages + 1):
        # \sphinxincludegraphics makes what is wider than the line fit it, and leaves the rest as it is.
        options = f"[page={page}]" if pages > 1 else ""
        translator.body.append(f"\n\\noindent\\sphinxincludegraphics{options}{{{{{name}}}.pdf}}\n")
    raise nodes.SkipNode


def _visit_text(translator: Any, node: drawing) -> None:
    """Write what a drawing shows."""
    translator.new_state(0)
    translator.add_text(node["alt"] or node["text"])
    translator.end_state(wrap=False)
    raise nodes.SkipNode


def _skip(_translator: Any, _node: drawing) -> None:
    """Leave a drawing out where nothing can be shown."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx what there is."""
    app.add_config_value("banana_theme", None, "env", (str, type(None)))
    app.add_config_value("banana_plain", False, "env", (bool,))
    app.add_config_value("banana_paper", True, "env", (bool,))
    app.add_node(
        drawing,
        html=(_visit_html, None),
        epub=(_visit_html, None),
        latex=(_visit_latex, None),
        text=(_visit_text, None),
        man=(_skip, None),
        texinfo=(_skip, None),
    )
    app.add_directive("mermaid", Drawing)
    app.add_directive("banana", SheetDrawing)
    app.add_transform(Fences)
    return {"version": banana_layout.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
