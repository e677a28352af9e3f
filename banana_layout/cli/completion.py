"""`banana completion`: what makes a shell complete the command."""

from __future__ import annotations

import click

FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/completions/banana.fish"}
"""Where each shell looks."""


BEFORE = {"zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }\n"}
"""What a shell needs first: a zsh without configuration has not loaded its completion."""


@click.command(
    "completion",
    epilog='\b\nExamples:\n  eval "$(banana completion bash)"     in ~/.bashrc; zsh likewise\n'
    "  banana completion fish > ~/.config/fish/completions/banana.fish",
)
@click.argument("shell", type=click.Choice(tuple(FILES)))
def command(shell: str) -> None:
    """Print the script with which SHELL completes commands, options and file names."""
    from click.shell_completion import get_completion_class

    from banana_layout.cli.main import banana

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(BEFORE.get(shell, "") + kind(banana, {}, "banana", "_BANANA_COMPLETE").source())
