"""Cupola turns a screenplay and an orbit into a board that can be shot, a budget and the paper of the set."""

__version__ = "0.1.0"
