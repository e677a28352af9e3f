"""Several sheets bound into a book."""

from __future__ import annotations

import io

import pikepdf

from banana_layout.book import bound
from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.pipeline import scenes as drawn
from banana_layout.render.pdf.document import to_pdf as render_pdf
from tests.render.scenes import BOOK


def sheet(i: int):
    """Return a small sheet."""
    return layout(read(f"---\npage: A5\nlang: en\n---\n# Sheet *{i}*\n\n## Panel\n\nText {i}.\n"))


def test_a_book_has_cover_contents_and_links_that_lead_to_the_pages():
    """The contents name every sheet with its page, and both are links to that page."""
    sheets = bound([sheet(i) for i in range(1, 4)], "My Notes")
    assert [laid.pages[0].scene.title for laid in sheets] == ["My Notes", "Contents", "Sheet 1", "Sheet 2", "Sheet 3"]
    data = render_pdf([s for laid in sheets for s in drawn(laid, plain=True)], BOOK)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [
            (str(a["/Contents"]), pdf.pages.index(pikepdf.Page(a["/Dest"][0])) + 1) for a in pdf.pages[1].obj["/Annots"]
        ]
        assert str(pdf.docinfo["/Title"]) == "My Notes"
        names = [str(b.title) for b in pdf.open_outline().root]
    assert links == [("Sheet 1", 3), ("3", 3), ("Sheet 2", 4), ("4", 4), ("Sheet 3", 5), ("5", 5)]
    assert names == ["My Notes", "Contents", "Sheet 1", "Sheet 2", "Sheet 3"]


def test_contents_of_many_sheets_take_more_pages_and_still_count_right():
    """Where the contents need several pages, the numbers begin after them."""
    one = sheet(1)
    sheets = bound([one] * 90)
    ahead = sum(len(laid.pages) for laid in sheets[:2])
    assert ahead > 2
    said = [line["text"] for line in sheets[1].to_dict()["pages"][0]["lines"]]
    assert str(ahead + 1) in said


def test_the_contents_name_every_page_that_has_a_title():
    """A sheet's further pages are listed where they have titles of their own; one without a title is called as its first panel."""
    several = layout(read("---\npage: A5\nlang: en\n---\n# One\n\n## A\n\na\n\n# Two\n\n## B\n\nb\n\n#\n\n## C\n\nc\n"))
    bare = layout(read("---\npage: A5\nlang: en\n---\n## Alone\n\na\n"))
    contents = bound([several, bare], "Book")[1]
    said = [line["text"] for line in contents.to_dict()["pages"][0]["lines"]]
    assert said[3:] == ["One", "3", "Two", "4", "Alone", "6"]


def test_one_sheet_alone_needs_no_repeated_title():
    """A book of one sheet bears its title and says it once on the cover."""
    cover = bound([sheet(7)])[0]
    assert [line["text"] for line in cover.to_dict()["pages"][0]["lines"]] == ["Sheet 7"]
    assert to_pdf(cover).startswith(b"%PDF")
