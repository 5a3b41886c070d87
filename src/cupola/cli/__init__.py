"""The command line: the only place that prints, exits or reads the clock."""

try:
    from cupola.cli.verbs import app, main
except KeyboardInterrupt:  # Ctrl-C while the verbs are loaded
    raise SystemExit(130) from None

__all__ = ["app", "main"]
