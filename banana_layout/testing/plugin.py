"""Fixtures for pytest: put `pytest_plugins = ["banana_layout.testing.plugin"]` into the topmost conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.pipeline import layout, read
from banana_layout.testing.assertion import assert_layout
from banana_layout.testing.golden import GoldenPages


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept-pages."""
    parser.addoption("--accept-pages", action="store_true", help="keep golden pages as they come out now")


@pytest.fixture
def lay_out() -> Callable[[str | Path], Layout]:
    """A function from Markdown, or a file of it, to its layout."""

    def made(source: str | Path) -> Layout:
        return layout(read(source), demanding=False)

    return made


@pytest.fixture
def check_layout(tmp_path: Path) -> Callable[..., None]:
    """`assert_layout` that draws what is broken into the test's temporary folder."""

    def checked(subject: Layout | Document, *wanted: object) -> None:
        __tracebackhide__ = True
        assert_layout(subject, *wanted, picture=tmp_path / "violations.svg")  # type: ignore[arg-type]

    return checked


@pytest.fixture
def golden_page(request: pytest.FixtureRequest) -> Callable[[Layout | Document], None]:
    """A function that compares a layout with the page accepted for this test, in `golden/` beside its file."""
    pages = GoldenPages(request.path.parent / "golden", accept=request.config.getoption("--accept-pages"))
    name = request.node.name.replace("/", "-")

    def compared(subject: Layout | Document) -> None:
        __tracebackhide__ = True
        pages.check(subject, name)

    return compared
