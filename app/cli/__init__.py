"""The commands of `matterbase`: serving, migrating, the demo firm, and what an operator does by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from app.cli import apps, demo, people, revoking, serving, upkeep
from app.cli.opening import in_one_sentence

COMMANDS = (
    *serving.COMMANDS,
    *demo.COMMANDS,
    *people.COMMANDS,
    *apps.COMMANDS,
    *revoking.COMMANDS,
    *upkeep.COMMANDS,
)


class Program(click.Group):
    """The `matterbase` command, as a script of its own.

    Args:
        create_app: builds the application, for the commands that need one.
    """

    def __init__(self, create_app: Callable[[], Flask]) -> None:
        super().__init__("matterbase", COMMANDS, help="Matterbase: a law firm's practice as an API.")
        self._create_app = create_app

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        extra.setdefault("obj", ScriptInfo(create_app=self._create_app, set_debug_flag=False))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with in_one_sentence():
            return super().invoke(ctx)


def init_app(app: Flask) -> None:
    """Offer the same commands to Flask's own script (`flask --app app.factory`)."""
    for command in COMMANDS:
        app.cli.add_command(command)
