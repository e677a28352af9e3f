"""Where the command line starts: finds the command, runs it, turns what went wrong into messages and exit codes."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Sequence

import click

from banana_layout.cli.message import report_errors
from banana_layout.cli.terminal import speak_any_script
from banana_layout.source import BananaError, Diagnostic, legible

COMMANDS = {
    "batch": "Draw many sheets, only those that changed.",
    "check": "Tell what does not hold of a page: overflow, contrast, containment.",
    "completion": "Print what makes a shell complete this command.",
    "diagram": "Draw one Mermaid diagram as SVG, PDF or PNG.",
    "fonts": "List the faces that come along and what they are used for.",
    "layout": "Tell where everything stands on the page.",
    "mcp": "Serve the engine to a language model (Model Context Protocol).",
    "new": "Write a sheet to start from, or the one a brief describes.",
    "preflight": "Tell whether a PDF file is ready for the press.",
    "render": "Draw sheets as PDF, SVG or PNG.",
    "schema": "Print the JSON Schema of sheets.",
    "themes": "List the themes.",
    "watch": "Show a sheet in the browser, following its file.",
}
"""Each command, the file of that name in this folder, and the line that explains it."""


EPILOG = """\b
Examples:
  banana new sheet.md                       a first sheet
  banana watch sheet.md --open              look while you write
  banana render sheet.md -o sheet.pdf --open
  banana COMMAND --help                     what a command can do

Exit codes: 0 done, 1 the input is wrong, 2 the command is."""


class LateGroup(click.Group):
    """A group that reads a command's file only when the command is run, so that starting stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"banana_layout.cli.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments start with; a usage error names the nearest one."""
        name = args[0]
        if name == "help":  # as in other programs
            if len(args) == 1:
                click.echo(ctx.get_help())
                ctx.exit()
            name, args = args[1], [args[1], "--help"]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1, 0.5)
            meant = f" Did you mean '{near[0]}'?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command '{name}'.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands into the help without reading their files."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LateGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
@click.version_option(package_name="banana-layout", prog_name="banana")
def banana() -> None:
    """Lay out one-page, hand-drawn-looking cheat sheets exactly."""


def _end_in_order() -> None:
    """Let a request to end take away what is half written; processes started from this one die of it as ever."""
    own = os.getpid()

    def ended(number: int, _frame: object) -> None:
        if os.getpid() != own:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, ended)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 the input is wrong, 2 the command is.

    Without `arguments` the process is the command's own and takes them from its command line.
    """
    if arguments is None:
        # A page makes many small values and hardly a cycle: looking for cycles now and then is enough.
        gc.set_threshold(100_000, 20, 20)
        speak_any_script()
        _end_in_order()
    try:
        code = banana.main(list(arguments) if arguments is not None else None, "banana", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        vars(error)["message"] = legible(error.message)
        error.show()
        return error.exit_code
    except BananaError as error:
        report_errors(error.diagnostics)
        return 1
    except (KeyboardInterrupt, click.Abort):
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; a second complaint at exit would only be noise.
        sys.stdout = None
        return 1
    except OSError as error:
        report_errors((Diagnostic("error", f"cannot read or write: {error.strerror or error}"),))
        return 1
    except RecursionError:
        report_errors((Diagnostic("error", "the input is nested too deeply"),))
        return 1
    finally:
        if arguments is None:
            gc.freeze()  # the process ends here: looking through all its values for cycles would cost an eighth of it
    return code if isinstance(code, int) else 0
