"""The tests in a browser are there where a browser is; `.ci/run` installs one."""

from __future__ import annotations

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
collect_ignore = [] if any(map(shutil.which, BROWSERS)) else ["test_preview_browser.py"]


def pytest_report_header():
    """Say aloud when the browser's tests are left out."""
    return "no Chromium here: tests/preview/test_preview_browser.py is left out" if collect_ignore else None
