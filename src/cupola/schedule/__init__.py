"""Scenes, windows, rules and rates → board, with cost, bound and gap."""

from cupola.schedule.solve import Progress, solve
from cupola.schedule.stop import Halt, Stop

__all__ = ["Halt", "Progress", "Stop", "solve"]
