"""Small sites built by the real tools, with diagrams and sheets drawn as vectors while they are built."""

from __future__ import annotations

import logging
import re

import markdown
import pytest
from markdown_it import MarkdownIt

from banana_layout.integrations import fence as fences
from banana_layout.integrations.markdown import BananaExtension, fence, validator
from banana_layout.integrations.markdown_it import banana_plugin
from banana_layout.source import BananaError, Source

FLOW = "flowchart LR\n  A[Prefix] --> B{한글?}\n"
SHEET = "---\npage: A6\n---\n# 🍌 T\n\n## One\n\n- **bold**\n"
PAGE = f"""# Title

Before.

```mermaid
{FLOW}```

- an item

    ```mermaid
    mindmap
      root((R))
        leaf
    ```

```banana
{SHEET}```

```python
print("```mermaid")
```

~~~~
```mermaid
flowchart LR
  not --> drawn
```
~~~~

```mermaid
sequenceDiagram
  A->>B: hi
```

After.
"""


def drawings(html):
    """Return the SVG elements in a page."""
    return re.findall(r'<figure class="banana banana-\w+"><svg .*?</svg></figure>', html, re.DOTALL)


def check(html):
    """A page holds the three drawings in place, and everything else as it was."""
    assert len(drawings(html)) == 3
    assert "Before." in html and "After." in html and "sequenceDiagram" in html
    assert "not --&gt; drawn" in html
    assert "<script" not in "".join(drawings(html))
    assert html.index("Before.") < html.index("banana-mermaid") < html.index("banana-banana") < html.index("After.")


def test_python_markdown():
    """The extension draws fences beside the standard ones, in lists as well."""
    html = markdown.markdown(PAGE, extensions=["fenced_code", "banana_layout.integrations.markdown"])
    check(html)
    assert re.search(r"<li>.*?banana-mermaid.*?</li>", html, re.DOTALL)


def test_python_markdown_tells_what_it_cannot_draw():
    """A broken diagram is shown as text with its message, and told."""
    told = []
    html = markdown.markdown(
        "```mermaid\nflowchart LR\n A --> <x\n```\n", extensions=[BananaExtension(warn=told.append)]
    )
    assert 'class="banana-error"' in html and "&lt;x" in html
    assert told[0].startswith("<markdown>:3:") and "error:" in told[0]


def test_places_are_those_on_the_page():
    """A mistake in a fence is told with its line on the page, the line itself and carets, also where the fence is indented."""
    told = []
    page = "# T\n\n- item\n\n    ```mermaid\n    flowchart LR\n     A --> <x\n    ```\n\n```banana\n---\ntheme: nope\n---\n# T\n```\n"
    markdown.markdown(page, extensions=[BananaExtension(warn=told.append, page=lambda: ("page.md", 3))])
    assert told[0].startswith("page.md:10:12: error:") and "\n       A --> <x\n             ^" in told[0]
    assert told[1].startswith("page.md:15:8: error:") and "\n  theme: nope\n         ^^^^\n" in told[1]


def test_superfences():
    """The formatter works in pymdownx.superfences, inside an admonition too, with a header's options."""
    custom = [{"name": n, "class": n, "format": fence, "validator": validator} for n in fences.NAMES]
    text = '!!! note\n\n    ```{ .mermaid plain="true" }\n    flowchart LR\n      A --> B\n    ```\n\n' + PAGE
    html = markdown.markdown(
        text,
        extensions=["admonition", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": custom}},
    )
    assert len(drawings(html)) == 4
    note = html[html.index("admonition") : html.index("Before.")]
    assert drawings(note) == drawings(fences.html("mermaid", "flowchart LR\n  A --> B", fences.Look(plain=True)))


def test_superfences_name_the_line_of_the_page(caplog):
    """The formatter is told the fence alone; where it stands is found in the page's text."""
    custom = [{"name": n, "class": n, "format": fence, "validator": validator} for n in fences.NAMES]
    text = "# T\n\n!!! note\n\n    - x\n\n        ```mermaid\n        flowchart LR\n          A --> <x\n        ```\n"
    html = markdown.markdown(
        text,
        extensions=["admonition", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": custom}},
    )
    (record,) = caplog.records
    assert record.getMessage().startswith("<markdown>:9:17: error:")
    assert "&lt;markdown&gt;:9:17" in html


def test_markdown_it_names_the_line_of_the_page(caplog):
    """The token knows its line, inside a quotation and a list too; the file's name comes with the environment."""
    text = "# T\n\n> - a\n>\n>   ```mermaid\n>   flowchart LR\n>     A --> <x\n>   ```\n"
    html = MarkdownIt().use(banana_plugin).render(text, {"path": "docs/x.md"})
    (record,) = caplog.records
    assert record.getMessage().startswith("docs/x.md:7:9: error:")
    assert "docs/x.md:7:9" in html


@pytest.mark.parametrize(
    ("page", "text", "place"),
    [
        ("a\n\n  x\n   y\n", "x\n y\n", (3, 2)),
        ("x\n\nx\ny", "x\ny", (3, 0)),
        ("> x\n>\n> y", "x\n\ny", (1, 2)),
        ("  x\n y", "x\ny", None),
        ("x", "x\ny", None),
        ("", "\n", None),
    ],
)
def test_a_fence_s_text_is_found_on_its_page(page, text, place):
    """All lines must stand there, one after another and as far in as each other."""
    found = fences.place_on(page, text)
    assert (None if found is None else tuple(found)) == place


def test_what_is_not_on_the_page_counts_lines_in_the_fence():
    """An error without a page says which line it means."""
    with pytest.raises(BananaError) as caught:
        fences.html("mermaid", "flowchart LR\n A --> <x", fences.Look())
    told = fences.told(caught.value, Source("p.md", "other"), "flowchart LR\n A --> <x")
    assert "(line 2 of the fence)" in str(told)


def test_markdown_it():
    """The plugin replaces the fences of markdown-it-py."""
    check(MarkdownIt().use(banana_plugin).render(PAGE))
    html = MarkdownIt().use(banana_plugin).render("```mermaid\nflowchart LR\n A -->\n```")
    assert "banana-error" in html


def test_mkdocs(tmp_path, caplog):
    """A site built by MkDocs holds the drawings; a broken one is a warning that names its page."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "docs/bad.md").write_text(
        "---\ntitle: B\n---\n\n# Bad\n\n```mermaid\nflowchart LR\n A --> <x\n```\n", encoding="utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: S\nuse_directory_urls: false\nplugins:\n  - banana:\n      plain: true\n", encoding="utf-8"
    )
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build(load_config(str(tmp_path / "mkdocs.yml")))
    check((tmp_path / "site/index.html").read_text(encoding="utf-8"))
    assert any(re.match(r"bad\.md:9:\d+: error:", r.getMessage()) for r in caplog.records)


@pytest.fixture
def sphinx_site(tmp_path):
    """Builds a small site with MyST and reStructuredText pages; returns the folder of results and the warnings."""

    def build(builder):
        import io

        from sphinx.application import Sphinx

        source = tmp_path / "source"
        if not source.exists():
            source.mkdir()
            (source / "index.md").write_text(PAGE + "\n```{toctree}\nother\nbad\n```\n", encoding="utf-8")
            (source / "bad.md").write_text("# Bad\n\n```mermaid\nflowchart LR\n A -->\n```\n", encoding="utf-8")
            (source / "flow.mmd").write_text(FLOW, encoding="utf-8")
            (source / "other.rst").write_text(
                "Other\n=====\n\n.. mermaid::\n   :alt: two steps\n\n   flowchart LR\n     A --> B\n\n"
                ".. banana::\n   :alt: a sheet\n\n   # T\n\n   ## P\n\n   x\n\n.. mermaid:: flow.mmd\n\n"
                ".. code-block:: mermaid\n\n   flowchart LR\n     A --> B\n",
                encoding="utf-8",
            )
            (source / "conf.py").write_text(
                'extensions = ["myst_parser", "banana_layout.integrations.sphinx"]\nbanana_plain = True\n',
                encoding="utf-8",
            )
        said = io.StringIO()
        out = tmp_path / builder
        app = Sphinx(str(source), str(source), str(out), str(tmp_path / "trees"), builder, status=None, warning=said)
        app.build()
        return out, said.getvalue()

    return build


def test_sphinx_html(sphinx_site):
    """Fences of MyST, directives, files and code blocks are inline SVG; a broken one is a warning with its place."""
    out, said = sphinx_site("html")
    check((out / "index.html").read_text(encoding="utf-8").replace('<span class="o">--&gt;</span>', "--&gt;"))
    assert len(drawings((out / "other.html").read_text(encoding="utf-8"))) == 4
    assert re.search(r"bad\.md:5: WARNING: bad\.md:5:\d+: error:", said)
    assert "banana-error" in (out / "bad.html").read_text(encoding="utf-8")


def test_sphinx_tells_the_line_of_what_is_wrong(sphinx_site, tmp_path):
    """Directives, files and code blocks are told with their own lines; a sheet's front matter is no list of options."""
    sphinx_site("html")
    source = tmp_path / "source"
    (source / "bad.md").write_text(
        "# Bad\n\n- x\n\n  ```{mermaid}\n  flowchart LR\n    A --> <x\n  ```\n\n```{mermaid} no.mmd\n```\n\n"
        "````{banana}\n---\npage: A6\ntheme: nope\n---\n# T\n````\n",
        encoding="utf-8",
    )
    (source / "no.mmd").write_text("flowchart LR\n  X --> Y\n  A --> <x\n", encoding="utf-8")
    said = sphinx_site("html")[1]
    assert re.search(r"bad\.md:7: WARNING: bad\.md:7:11: error:", said)
    assert re.search(r"no\.mmd:3: WARNING: no\.mmd:3:9: error:", said)
    assert re.search(r"bad\.md:16: WARNING: bad\.md:16:8: error: unknown theme", said)
    assert "Unknown option" not in said


def test_sphinx_latex_and_text(sphinx_site):
    """The LaTeX builder includes PDFs that lie beside its file; plain text says what is shown."""
    import pikepdf

    out, _ = sphinx_site("latex")
    (tex,) = out.glob("*.tex")
    included = re.findall(r"\\sphinxincludegraphics\{\{(banana-\w+)\}\.pdf\}", tex.read_text(encoding="utf-8"))
    assert len(included) == 7
    for name in included:
        with pikepdf.open(out / f"{name}.pdf") as drawn:
            assert len(drawn.pages) == 1
    text, _ = sphinx_site("text")
    assert "two steps" in (text / "other.txt").read_text(encoding="utf-8")


def test_weasyprint_keeps_vectors():
    """A PDF that WeasyPrint makes of such a page holds the diagram as paths, not as a picture."""
    import io

    import pikepdf
    from weasyprint import HTML

    html = MarkdownIt().use(banana_plugin, paper=False).render(f"# T\n\n```mermaid\n{FLOW}```\n")
    with pikepdf.open(io.BytesIO(HTML(string=html).write_pdf())) as made:
        streams = [made.pages[0].Contents.read_bytes()]
        kinds, waiting = [], [made.pages[0].Resources]
        while waiting:
            for form in waiting.pop().get("/XObject", {}).values():
                kinds.append(str(form.get("/Subtype")))
                if kinds[-1] == "/Form":
                    streams.append(form.read_bytes())
                    if "/Resources" in form:
                        waiting.append(form.Resources)
    assert "/Image" not in kinds
    assert sum(len(re.findall(rb"(?m) c$", stream)) for stream in streams) > 100
