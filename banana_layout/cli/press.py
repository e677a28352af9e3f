"""Options that say how pages are printed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from banana_layout.cli.option import FILE
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from banana_layout.render.pdf.preset import Preset

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--bleed", type=click.FloatRange(0, 50), metavar="MM", help="How far paper runs over the cut.  [default: 3]"),
    click.option("--no-marks", is_flag=True, help="Leave out the crop marks."),
    click.option("--registration", is_flag=True, help="Add registration marks."),
    click.option("--bars", is_flag=True, help="Add patches of each ink."),
    click.option("--slug", metavar="TEXT", help="A line about the job, outside the page."),
    click.option("--profile", type=FILE, metavar="ICC", help="The output profile.  [default: FOGRA39, coated]"),
    click.option("--ink-limit", type=click.FloatRange(100, 400), metavar="%", help="Most ink in one place.  [default: 300]"),
    click.option("--grey", is_flag=True, help="Print in black ink alone."),
    click.option("--no-overprint", is_flag=True, help="Cut black text out of what lies under it."),
    click.option("--outline-text", is_flag=True, help="Draw text as shapes: no fonts, nothing can be copied; it is still read out."),
)  # fmt: skip


def press_options(function: F) -> F:
    """Add the print options, handed over with the preset as one `preset`."""

    @functools.wraps(function)
    def wrapped(preset: str, **given: Any) -> Any:
        names = ("bleed", "no_marks", "registration", "bars", "slug", "profile", "ink_limit", "grey", "no_overprint", "outline_text")  # fmt: skip
        asked = {name: given.pop(name) for name in names}
        return function(preset=_preset(preset, asked), **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def _preset(name: str, asked: dict[str, Any]) -> Preset | str:
    """Return the preset as the options have it; its name alone where none is given."""
    given = {key: value for key, value in asked.items() if value not in (None, False)}
    if not given:
        return name
    if name == "screen":
        option = "--" + next(iter(given)).replace("_", "-")
        raise click.UsageError(f"{option} is for printed pages: add --preset print")
    from banana_layout.geometry.point import MM
    from banana_layout.render.pdf.preset import Press, preset

    press = Press(
        bleed=given.get("bleed", 3.0) * MM,
        marks="no_marks" not in given,
        registration="registration" in given,
        bars="bars" in given,
        slug=given.get("slug", ""),
        profile=_profile(given["profile"]) if "profile" in given else b"",
        ink_limit=given.get("ink_limit", 300.0) / 100,
        grey="grey" in given,
        overprint="no_overprint" not in given,
        outline_text="outline_text" in given,
    )
    return preset(name, press)


def _profile(name: str) -> bytes:
    """Return an ICC profile's bytes; BananaError where it cannot be read or is none of a press."""
    from banana_layout.render.pdf.inks import condition

    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise BananaError.single(f"cannot read the output profile {name}: {error.strerror or error}") from None
    try:
        condition(data)
    except BananaError as error:
        (told,) = error.diagnostics
        message = told.message.replace("the output profile", f"the output profile {name}", 1)
        raise BananaError.single(message, hints=told.hints) from None
    return data
