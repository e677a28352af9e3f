"""The table of renderers."""

import subprocess
import sys

import pytest

from banana_layout.render.table import RENDERERS
from tests.render.scenes import BOOK, busy

MAGIC = {".pdf": b"%PDF-1.7\n", ".svg": b"<svg ", ".png": b"\x89PNG\r\n"}


@pytest.mark.parametrize("suffix", RENDERERS)
def test_each_suffix_gives_its_kind_of_file(suffix):
    """A file's first bytes are those of its kind."""
    assert RENDERERS[suffix].draw((busy(),), BOOK, 72.0).startswith(MAGIC[suffix])


@pytest.mark.parametrize("suffix", [s for s, r in RENDERERS.items() if not r.whole])
def test_one_page_a_file_where_the_format_holds_one(suffix):
    """SVG and PNG refuse two pages; PDF takes them."""
    with pytest.raises(ValueError, match="unpack"):
        RENDERERS[suffix].draw((busy(), busy()), BOOK, 72.0)


def test_the_table_loads_no_renderer():
    """Naming the formats costs nothing: the libraries come with the first page drawn."""
    code = (
        "import sys, banana_layout.render.table\n"
        "print([m for m in ('reportlab', 'svgwrite', 'pypdfium2', 'cairosvg', 'PIL', 'urllib.request') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=".")
    assert done.stdout.strip() == "[]"
