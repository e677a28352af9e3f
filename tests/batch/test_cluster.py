"""A real Dask scheduler with two worker processes on the loopback, one of which is killed on the way."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from banana_layout.batch import draw_all

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
SHEET = "---\npage: A6\n---\n# 시트 {n}\n\n## One\n\n- **굵게** {n}\n"


def started(*arguments, awaited):
    """Start a Dask program and return it with what its log says once it is ready."""
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    for line in process.stderr:
        if found := re.search(awaited, line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, found
    raise AssertionError(f"{arguments[0]} ended with {process.wait()}")


@pytest.fixture
def cluster(tmp_path):
    """A scheduler's address and its two workers' processes."""
    running = []
    try:
        scheduler, found = started(
            "dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            awaited=r"Scheduler at:\s+(tcp://\S+)",
        )
        running.append(scheduler)
        for _ in range(2):
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
            worker, _ = started("dask_worker", found[1], *options, awaited=r"Registered to")
            running.append(worker)
        yield found[1], running[1:]
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def test_a_killed_worker_loses_no_sheet(cluster, tmp_path):
    """Thirty sheets on two workers, one killed when the first sheets are there: all thirty are drawn, as one process would."""
    from distributed import Client

    address, workers = cluster
    names = []
    for n in range(30):
        names.append(tmp_path / f"s{n:02}.md")
        names[-1].write_text(SHEET.format(n=n), encoding="utf-8")

    def progress(_sheet, done, _count):
        if done == 4:
            workers[0].send_signal(signal.SIGKILL)

    with Client(address, timeout=20) as client:
        report = draw_all(
            names, tmp_path / "out", executor=client.get_executor(pure=False, retries=3), progress=progress
        )
    assert workers[0].wait(10) == -signal.SIGKILL
    assert [s.status for s in report.sheets] == ["drawn"] * 30
    draw_all(names[:2], tmp_path / "one", executor=1)
    for name in ("s00.pdf", "s01.pdf"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    command = [sys.executable, "-m", "banana_layout", "batch", str(names[0]), "-o", str(tmp_path / "cli"), "--json"]
    done = subprocess.run([*command, "--scheduler", address], capture_output=True, env=ENVIRONMENT, check=True)
    assert json.loads(done.stdout)["drawn"] == 1
