"""The documentation site: `python -m sphinx -b html docs build/docs` builds it, its pictures drawn by the engine itself."""

from __future__ import annotations

import json
from typing import Any

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import banana_layout
from banana_layout.cli.main import COMMANDS, banana
from banana_layout.model.schema import schema

project = "banana_layout"
copyright = "the banana_layout authors"
release = banana_layout.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "banana_layout.integrations.sphinx"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["README.md"]
html_theme = "furo"
html_title = "banana_layout"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["banana.css"]
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#7a4b00",
        "color-brand-content": "#1f5bb5",
        "banana-marker": "#ffe27a",
    },
    "dark_css_variables": {
        "color-brand-primary": "#ffd84d",
        "color-brand-content": "#9cc4ff",
        "banana-marker": "#6b5200",
    },
}
maximum_signature_line_length = 84
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autoclass_content = "both"
autodoc_type_aliases = {"Content": "Content", "Size": "Size"}
default_role = "code"
suppress_warnings = ["misc.highlighting_failure"]


WIDE = 84
"""Characters in a line of code on the site."""


class Help(SphinxDirective):
    """`{banana-help}`: what every command says of itself."""

    def run(self) -> list[nodes.Node]:
        """Return a section a command."""
        out: list[nodes.Node] = []
        group = click.Context(banana, info_name="banana")
        for name in COMMANDS:
            command = banana.get_command(group, name)
            with click.Context(
                command, parent=group, info_name=name, terminal_width=WIDE, max_content_width=WIDE
            ) as context:
                text = command.get_help(context)
            section = nodes.section(ids=[f"banana-{name}"])
            section += nodes.title(text=f"banana {name}")
            section += nodes.literal_block(text, text, language="text")
            out.append(section)
        return out


class Standard(SphinxDirective):
    """`{banana-constraints}`: what is held of every page unless something else is asked for."""

    def run(self) -> list[nodes.Node]:
        """Return a definition a constraint."""
        from banana_layout import constraints

        out = nodes.definition_list()
        for name in constraints.__all__:
            one = getattr(constraints, name)
            if isinstance(one, constraints.Constraint):
                term = nodes.term("", "", nodes.literal(text=f"constraints.{name}"))
                out += nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=one.about)))
        return [out]


class Schema(SphinxDirective):
    """`{banana-schema}`: the schema as it is printed."""

    def run(self) -> list[nodes.Node]:
        """Return a block of JSON."""
        text = json.dumps(schema(), ensure_ascii=False, indent=2)
        return [nodes.literal_block(text, text, language="json")]


def with_code_blocks(_app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Mark what is indented in a docstring's body as code, as people read it."""
    marked: list[str] = []
    for line in lines:
        before = marked[-2:] if len(marked) > 1 else ["", ""]
        if line.startswith("    ") and not before[1] and before[0] and not before[0].startswith((" ", ":", "..")):
            marked += [".. code-block:: python", ""]
        marked.append(line)
    lines[:] = marked


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives of this site."""
    app.add_directive("banana-help", Help)
    app.add_directive("banana-constraints", Standard)
    app.add_directive("banana-schema", Schema)
    app.connect("autodoc-process-docstring", with_code_blocks)
    return {"parallel_read_safe": True}
