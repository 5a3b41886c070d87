"""The command line: the only place that prints, exits or reads the clock."""

from cupola.cli.verbs import app, main

__all__ = ["app", "main"]
