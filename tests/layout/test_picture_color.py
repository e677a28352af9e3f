"""Pictures come onto the page in sRGB, whatever their own profile is."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from banana_layout.layout.picture import open_picture
from banana_layout.resources import asset

RED, GREEN = (200, 40, 40), (40, 160, 60)
FOGRA = asset("icc/FOGRA39L_coated.icc").read_bytes()
SRGB = asset("icc/sRGB2014.icc").read_bytes()


def swapped() -> bytes:
    """Return a profile in which red is green: the tables' tags named the other way round."""
    count = struct.unpack_from(">I", SRGB, 128)[0]
    out = bytearray(SRGB)
    for i in range(count):
        at = 132 + 12 * i
        other = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}.get(SRGB[at : at + 4])
        if other:
            out[at : at + 4] = other
    return bytes(out)


def flag() -> Pillow.Image:
    """Return a picture half red, half green."""
    picture = Pillow.new("RGB", (60, 20), RED)
    picture.paste(GREEN, (30, 0, 60, 20))
    return picture


def inked() -> Pillow.Image:
    """Return the same in the four inks."""
    ways = [ImageCms.ImageCmsProfile(io.BytesIO(p)) for p in (SRGB, FOGRA)]
    made = ImageCms.applyTransform(flag(), ImageCms.buildTransform(*ways, "RGB", "CMYK"))
    assert made is not None
    return made


def shown(folder, picture: Pillow.Image, name: str, **how) -> tuple[Pillow.Image, bytes, bytes]:
    """Return a saved picture as it comes onto the page, its bytes there and the file's."""
    picture.save(folder / name, **how)
    opened = open_picture(name, folder, None, None).value
    assert opened is not None
    assert opened.data is not None
    return Pillow.open(io.BytesIO(opened.data)), opened.data, (folder / name).read_bytes()


def near(picture: Pillow.Image, left: tuple[int, ...], right: tuple[int, ...], by: int = 14) -> bool:
    """Whether both halves are nearly of these colours."""
    rgb = picture.convert("RGB")
    found = (rgb.getpixel((8, 10)), rgb.getpixel((52, 10)))
    return all(
        abs(a - b) <= by
        for one, other in zip(found, (left, right), strict=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
@pytest.mark.parametrize("profile", [FOGRA, b"", b"no profile"])
def test_four_inks_look_as_they_print(tmp_path, name, profile):
    """A picture in a press's inks has the colours it was made from, also where its profile is missing or damaged."""
    how = {"quality": 95, "subsampling": 0} if name == "a.jpg" else {}
    picture, data, _ = shown(tmp_path, inked(), name, icc_profile=profile, **how)
    assert near(picture, RED, GREEN)
    assert b"acsp" not in data


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_a_profile_is_obeyed_and_left_out(tmp_path, name):
    """What a picture's profile calls red is red on the page; the page's own copy has none."""
    picture, data, _ = shown(tmp_path, flag(), name, icc_profile=swapped())
    assert not near(picture, RED, GREEN, 60)
    assert picture.convert("RGB").getpixel((8, 10))[1] > 150
    assert b"acsp" not in data


def test_a_file_in_srgb_stays_as_it_is(tmp_path):
    """Files in sRGB, with or without saying so, are not encoded again; a damaged profile changes nothing."""
    for i, profile in enumerate((SRGB, None, b"nonsense")):
        for kind in ("jpg", "png"):
            _, data, file = shown(tmp_path, flag(), f"{i}.{kind}", **({"icc_profile": profile} if profile else {}))
            assert data == file


def test_clear_parts_and_turning_survive(tmp_path):
    """A picture with a profile keeps its clear parts, and stands as its camera was held."""
    clear = flag().convert("RGBA")
    clear.putalpha(90)
    picture, _, _ = shown(tmp_path, clear, "a.png", icc_profile=swapped())
    assert picture.mode == "RGBA"
    assert picture.getchannel("A").getextrema() == (90, 90)
    exif = Pillow.Exif()
    exif[0x0112] = 6
    picture, data, _ = shown(tmp_path, flag(), "b.jpg", icc_profile=swapped(), exif=exif)
    assert picture.size == (20, 60)
    assert b"Exif" not in data
