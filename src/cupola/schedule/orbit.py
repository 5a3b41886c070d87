"""An orbit unit: one camera, the crew day, a pass for each take, modules that must be rigged, spacewalks.

The room's face for it: the case and its spots, the model, what a placing costs, and its days as a board holds them.
"""

from cupola.schedule.orbit_board import orbit_days
from cupola.schedule.orbit_case import OrbitCase, Placing, Walk, orbit_case, orbit_cents
from cupola.schedule.orbit_model import Model, build, placing_from
from cupola.schedule.orbit_spots import DAY_SLOTS, SLOT_S, Spot

__all__ = [
    "DAY_SLOTS",
    "SLOT_S",
    "Model",
    "OrbitCase",
    "Placing",
    "Spot",
    "Walk",
    "build",
    "orbit_case",
    "orbit_cents",
    "orbit_days",
    "placing_from",
]
