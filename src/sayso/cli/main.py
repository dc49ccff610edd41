"""The command line: `sayso COMMAND ...`.

Exit codes: 0 done (also where no incident was found), 1 something failed, 2 the command was called wrongly,
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from sayso import __version__
from sayso.cli.commands import COMMANDS
from sayso.cli.common import warn
from sayso.errors import ConfigurationError, SaysoError

INTERRUPTED = 130
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def load_command(name: str) -> TyperCommand:
    """Return the command of that name, made from its function's signature and docstring."""
    module, _, function = COMMANDS[name].path.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f"this command cannot be loaded ({error})", value=name, next_step="reinstall sayso"
        ) from error
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name=name, context_settings=CONTEXT)(found)
    command = get_command(app)
    assert isinstance(command, TyperCommand)
    return command


class LazyGroup(TyperGroup):
    """The group of all commands, each loaded when it is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: dict[str, Any] = dict.fromkeys(COMMANDS)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of that name; None where there is none."""
        if cmd_name in COMMANDS and self.commands[cmd_name] is None:
            self.commands[cmd_name] = load_command(cmd_name)
        return self.commands.get(cmd_name)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; that whoever reads our output has stopped (`sayso read ... | head`) is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _reader_gone()
            return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands with their lines from the table, so that help loads none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


app = typer.Typer(
    cls=LazyGroup,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=CONTEXT,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def sayso(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Read the news and keep the record: what happened, where, when, to whom, and on whose say-so.

    \b
    Example:
      sayso read report.html --published 2019-05-03
    """


def run(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code; errors that a user can act on are one line on stderr."""
    try:
        app(arguments, prog_name="sayso")
    except SystemExit as exit:
        if exit.code == INTERRUPTED:
            warn("interrupted")
        return exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    except SaysoError as error:
        warn(str(error))
        return 1
    except OSError as error:
        warn(f"{error.filename or 'input or output'}: {error.strerror or error}")
        return 1
    return 0


def _reader_gone() -> None:
    """Send what is still to be written nowhere, so that the interpreter's last flush does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run as the program `sayso`."""
    code = run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _reader_gone()
    sys.exit(code)


if __name__ == "__main__":
    main()
