"""Thousands of sheets: drawn by any executor, only those that changed, one failing sheet never stopping the rest.

    from banana_layout.batch import Wishes, draw_all

    if __name__ == "__main__":  # processes are started, which read the script again
        report = draw_all(Path("chapters").glob("*.md"), "out", Wishes(formats=("pdf", "svg")))
        print(report.text())

Without an executor the sheets are drawn by as many processes as there are processors.
"""

from banana_layout.batch.report import Finding, Report, SheetReport
from banana_layout.batch.run import draw_all
from banana_layout.batch.task import Wishes

__all__ = ["Finding", "Report", "SheetReport", "Wishes", "draw_all"]
