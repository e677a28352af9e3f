"""Marks of other tools in Markdown."""

from __future__ import annotations

import contextlib
import time

import pytest

from banana_layout import pipeline
from banana_layout.model.block import Callout, CodeBlock, Image, Paragraph
from banana_layout.model.inline import plain_text
from banana_layout.source import BananaError
from banana_layout.syntax.foreign import cleaned


def blocks_of(text: str):
    """Return the blocks of a text's only panel, and the warnings' messages."""
    document, warnings = pipeline.read_warned(f"## P\n\n{text}")
    return document.sheets[0].panels[0].blocks, [w.message for w in warnings]


def words_of(text: str) -> tuple[str, list[str]]:
    """Return the words of a text's only paragraph, and the warnings' messages."""
    (block,), warnings = blocks_of(text)
    assert isinstance(block, Paragraph)
    return " ".join(plain_text(block.content).split()), warnings


def test_lines_of_template_tags_are_left_out():
    """Liquid tags and kramdown attributes alone in a line go, with one warning; length and line ends stay."""
    text = "# T\n\n{% include toc.html %}\n\nwords\n{: .note}\n{{ site.name }}\n"
    kept = cleaned(text).text
    assert (len(kept), kept.count("\n")) == (len(text), text.count("\n"))
    assert [c for c in kept if c not in " \n"] == list("#Twords")
    _, warnings = pipeline.read_warned(text)
    assert [w.message for w in warnings] == [
        "a template tag says nothing on a page and is left out: {% include toc.html %} (and 2 more)"
    ]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("%%", "%%"), ("%% note", "to me %%"), ("{% comment %}", "{% endcomment %}")],
)
def test_comments_of_several_lines_end_where_they_say(opening, closing):
    """What stands between is gone, other marks in it too; what follows is on the page."""
    blocks, _ = blocks_of(f"before\n\n{opening}\ngone\n\n- gone\n\n{closing}\n\nafter\n")
    assert [plain_text(block.content) for block in blocks] == ["before", "after"]


def test_tags_in_code_stay():
    """In a fence and in a code span they are what the text is about."""
    text = "```liquid\n{% if x %}\n```\n"
    assert cleaned(text) == (text, (), ())
    assert words_of("Write `{{ page.title }}` for it.") == ("Write {{ page.title }} for it.", [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("See {{ site.url }} for more.", "See for more."),
        ("a {% if x %}b{% endif %} c", "a b c"),
        ('fig {{< figure src="/a.png" title="A" >}} end', "fig end"),
        ("info{: .lead}", "info"),
        ("{% raw %}Use {{ page.title }} here.{% endraw %}", "Use {{ page.title }} here."),
        ("{% comment %}gone{% endcomment %}", ""),
        ("the set {{1, 2}, {3}} stays", "the set {{1, 2}, {3}} stays"),
        ("[next]({% post_url 2023-01-01-next %}) page", "next page"),
    ],
)
def test_tags_inside_a_line_go_with_a_warning_that_names_them(written, kept):
    """A tag among words is left out; what only looks like one stays, and so does raw text."""
    blocks, warnings = blocks_of(written + "\n\nend")
    found = plain_text(blocks[0].content) if len(blocks) > 1 else ""
    assert " ".join(found.split()) == kept
    assert all("template tag" in w or "link" in w for w in warnings)
    assert bool(warnings) == (kept not in ("Use {{ page.title }} here.", "the set {{1, 2}, {3}} stays"))


def test_raw_lines_keep_their_tags_in_text_and_in_code():
    """Between `{% raw %}` and `{% endraw %}` tags are text."""
    blocks, warnings = blocks_of("{% raw %}\nUse {{ x }}.\n\n```\n{{ y }}\n```\n{% endraw %}\n")
    assert plain_text(blocks[0].content) == "Use {{ x }}."
    assert blocks[1].text == "{{ y }}"
    assert warnings == []


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{% highlight ruby linenos %}", "{% endhighlight %}"),
        ('{{< highlight ruby "linenos=table" >}}', "{{< /highlight >}}"),
    ],
)
def test_highlight_tags_are_code(opening, closing):
    """What stands between them is a code block in the language they name."""
    (code,), _ = blocks_of(f"{opening}\nputs '{{% x %}}'\n{closing}\n")
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text) == ("ruby", "puts '{% x %}'")


def test_a_path_quoted_in_a_tag_is_the_pictures_path():
    """`![a]({{ "/assets/a.jpg" | relative_url }})` names a file."""
    (image,), _ = blocks_of('![a photo]({{ "/assets/a.jpg" | relative_url }})')
    assert isinstance(image, Image)
    assert (image.path, image.alt) == ("/assets/a.jpg", "a photo")


def test_links_between_notes_leave_their_words():
    """`[[Note|words]]` is words, an embedded picture a picture, a footnote and a defined link what they were."""
    words, warnings = words_of("see [[Wave]] and [[Notes#Part|the part]], ![[Other#A]] [[Deep#B]]")
    assert words == "see Wave and the part, Other: A Deep: B"
    assert len(warnings) == 2
    (image,), _ = blocks_of("![[photo.jpg|300]]")
    assert (image.path, image.alt) == ("photo.jpg", "")
    assert words_of("[[a]]\n\n[a]: http://x.y\n")[0] == "[a]"


def test_callouts_of_other_tools_keep_their_name():
    """A kind GitHub has not is drawn as the nearest one, its name as the title."""
    (callout,), warnings = blocks_of("> [!bug]- \n> It crashes.")
    assert isinstance(callout, Callout)
    assert (callout.kind, plain_text(callout.title), warnings) == ("caution", "Bug", [])


def test_admonitions_and_tabs_are_callouts():
    """`!!! note "Title"`, `??? tip` and `=== "Tab"` hold what is indented under them."""
    text = '!!! warning "Mind the gap"\n    Port 80.\n\n    - a\n\n??? tip\n    Cache.\n\n=== "macOS"\n\n    ```\n    apt\n    ```\n'
    found, warnings = blocks_of(text)
    shown = [(c.kind, plain_text(c.title), len(c.blocks)) for c in found]
    assert shown == [("warning", "Mind the gap", 2), ("tip", "", 1), ("note", "macOS", 1)]
    assert warnings == []


def test_formulas_are_set_in_a_line_and_prices_are_none():
    """A formula's letters are set, dollars before figures are dollars; what a line cannot hold stays as written."""
    found, warnings = blocks_of("Euler $e^{i\\pi}=-1$, price $5 and $10.\n\n$$\n\\frac{a}{b} \\\\ c\n$$\n")
    assert plain_text(found[0].content).replace("\u00a0", " ") == "Euler eiπ = −1, price $5 and $10."
    assert plain_text(found[1].content) == "a/b c"
    assert warnings == []
    (matrix,), warnings = blocks_of("$$\n\\begin{pmatrix} a & b \\end{pmatrix}\n$$\n")
    assert matrix.text == "\\begin{pmatrix} a & b \\end{pmatrix}"
    assert warnings == ["“\\begin{pmatrix}” is not set in formulas, so this one is shown as written"]


def test_comments_and_anchors_of_notes_are_left_out():
    """`%% comment %%`, a block's anchor and `[TOC]` say nothing on a page."""
    words, warnings = words_of("%% not\nfor you %%\n\n[TOC]\n\nText ends. ^quote-of-day")
    assert words == "Text ends."
    assert len(warnings) == 1


@pytest.mark.parametrize(
    "piece", ["{{ ", "{% ", "{{a", "[[", "[[a|", "$a", "{% raw %}", "](={{", "%%", "$$\n", "!!! a\n ", "{: "]
)
def test_hostile_marks_end_soon(piece):
    """Fifty thousand characters of marks that never close are read in little time."""
    start = time.process_time()
    with contextlib.suppress(BananaError):
        pipeline.read("## P\n\n" + piece * (50_000 // len(piece)))
    assert time.process_time() - start < 3
