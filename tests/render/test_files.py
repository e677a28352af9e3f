"""Files are written whole, all or none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from banana_layout.render.files import write_all
from banana_layout.source import BananaError


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def test_files_appear_with_their_content(tmp_path):
    """What was given is what stands there, and nothing beside it."""
    a, b = tmp_path / "a.pdf", tmp_path / "추론.svg"
    assert write_all([(a, b"one"), (b, b"two")]) == (a, b)
    assert (a.read_bytes(), b.read_bytes(), names(tmp_path)) == (b"one", b"two", ["a.pdf", "추론.svg"])


def test_nothing_is_written_where_one_of_several_cannot_be(tmp_path):
    """A missing folder for the last file leaves the first one's old content as it was."""
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(b"old")
    with pytest.raises(BananaError, match="does not exist"):
        write_all([(kept, b"new"), (tmp_path / "new.svg", b"x"), (tmp_path / "missing" / "c.png", b"y")])
    assert kept.read_bytes() == b"old"
    assert names(tmp_path) == ["kept.pdf"]


def test_a_folder_is_not_overwritten(tmp_path):
    """A target that is a folder is refused by name."""
    (tmp_path / "out.svg").mkdir()
    with pytest.raises(BananaError, match="it is a folder"):
        write_all([(tmp_path / "out.svg", b"x")])
    assert names(tmp_path) == ["out.svg"]


def test_a_refusing_system_is_told_in_one_message(tmp_path, monkeypatch):
    """A full or read-only disk gives one message naming the file, and no temporary file stays."""
    target = tmp_path / "out.svg"

    def refuse(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(BananaError, match=r"cannot write .*out\.svg: No space left on device"):
        write_all([(target, b"x")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_replaced_file_keeps_its_permissions(tmp_path, mode):
    """Replacing does not widen or narrow who may read."""
    target = tmp_path / "out.svg"
    target.write_bytes(b"old")
    target.chmod(mode)
    write_all([(target, b"new")])
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    """A new file is as readable as any other the user makes."""
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    write_all([(tmp_path / "out.svg", b"x")])
    assert (tmp_path / "out.svg").stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    """What a link points to is replaced, not the link."""
    real, link = tmp_path / "real.svg", tmp_path / "link.svg"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_all([(link, b"new")])
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_device_is_written_to_and_stays_a_device():
    """/dev/null swallows and survives."""
    write_all([(Path(os.devnull), b"x")])
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_reader_of_the_old_file_keeps_it(tmp_path):
    """Who has the file open sees the old content to its end: replacing is atomic."""
    target = tmp_path / "out.svg"
    target.write_bytes(b"old content")
    with target.open("rb") as reader:
        write_all([(target, b"new")])
        assert reader.read() == b"old content"
    assert target.read_bytes() == b"new"
