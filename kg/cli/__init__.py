"""The command `kg`: a lazy group, one file a command. Only here are errors printed."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from kg import registry
from kg.errors import KGError


class Commands(click.Group):
    """Finds the commands in this folder and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, sorted."""
        return registry.names(__name__)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a line; an unknown one ends with the nearest names."""
        from kg.errors import suggest

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.list_commands(ctx):
            hint = suggest(name, self.list_commands(ctx)) or "see kg --help"
            ctx.fail(f"no command '{name}'\n  fix: {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg")
def main() -> None:
    """Who works with whom in space, since when, in what role, and which words say so.

    \b
    Example:
      kg build
      kg query q01 -p a=CSA -p b=JAXA
    """


def run() -> None:
    """Run the command line; errors that a user can mend become one message and an exit code."""
    _ready()
    try:
        code = main.main(standalone_mode=False) or 0
        sys.stdout.flush()
        sys.exit(code)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KGError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # as click and rich do where they meet it first
        _let_go()
        sys.exit(1)
    except OSError as error:
        where = f"'{error.filename}'" if error.filename else "the output"
        click.echo(f"error: {where}: {error.strerror or error}", err=True)
        _let_go()
        sys.exit(1)


def _ready() -> None:
    """Have streams that take any sign and all of them, whatever they are.

    One may be closed, or cannot hold all of Unicode. One that Python does not buffer (-u) would
    forget what a pipe or a disk did not take at once, and not say so.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115,PTH123
        elif isinstance(stream, io.TextIOWrapper):
            if isinstance(stream.buffer, io.RawIOBase):
                whole = io.BufferedWriter(stream.buffer)
                stream = io.TextIOWrapper(whole, stream.encoding, line_buffering=True)
                setattr(sys, name, stream)
            stream.reconfigure(errors="backslashreplace")


def _let_go() -> None:
    """Forget what stdout did not take, so that it does not fail once more when Python ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
