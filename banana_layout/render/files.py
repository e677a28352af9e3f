"""Writes finished files: all of them or none."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from banana_layout.source import BananaError


def targets(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """Return the files a program asks for. Raises BananaError where it names none, or one by what is no path."""
    if not paths:
        raise BananaError.single("no file is named to write to", hints=('name one, such as "sheet.pdf"',))
    for path in paths:
        if not isinstance(path, (str, os.PathLike)) or not str(path):
            hint = {list: "give several one by one: *paths", str: "name one, such as “sheet.pdf”"}.get(type(path), "")
            told = f"a file is named by a text or a Path, not {type(path).__name__ if path or path is None else '“”'}"
            raise BananaError.single(told, hints=(hint,) if hint else ())
    return tuple(map(Path, paths))


def check_place(path: Path) -> None:
    """Raise a BananaError where a file of that name cannot be made: before there is anything to write."""
    if path.is_dir():
        raise BananaError.single(f"cannot write {path}: it is a folder", hints=("name a file in it",))
    if not path.parent.is_dir():
        what = "is no folder" if path.parent.exists() else "does not exist"
        raise BananaError.single(f"cannot write {path}: the folder {path.parent} {what}", hints=("make it first",))


def write_all(files: Sequence[tuple[Path, bytes]]) -> tuple[Path, ...]:
    """Write every file, or none; return their paths.

    Each is first written whole beside its target and takes the target's name only when all are there, so that nobody
    ever sees half a file; a link's target is what gets replaced. A BananaError where that is not possible; no temporary
    file is left then.
    """
    waiting: list[tuple[Path, Path]] = []
    devices: list[tuple[Path, bytes]] = []
    try:
        for path, data in files:
            with _told(path):
                check_place(path)
                if path.exists() and not path.is_file():
                    # Something like /dev/null, which must not be replaced by a file.
                    devices.append((path, data))
                else:
                    target = Path(os.path.realpath(path))
                    waiting.append((_beside(target, data), target))
        for path, data in devices:
            with _told(path):
                path.write_bytes(data)
        while waiting:
            temporary, target = waiting[0]
            with _told(target):
                temporary.replace(target)
            waiting.pop(0)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(path for path, _ in files)


def _beside(target: Path, data: bytes) -> Path:
    """Write data into a new file in the target's folder, with the permissions the target has or would get."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    """Return the process's mask for new files; the system tells it only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the system's refusal into a message that names the file the author asked for."""
    try:
        yield
    except ValueError:  # a NUL, or half a surrogate pair: no system has such names
        raise BananaError.single(f"cannot write {path}: that is no file name") from None
    except OSError as error:
        hints = ("another program may hold it open",) if isinstance(error, PermissionError) else ()
        raise BananaError.single(f"cannot write {path}: {error.strerror or error}", hints=hints) from None
