"""Talent scheduling: the order of scenes, or of finished days, in which people wait least; with a proof.

The compiled parts are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cupola.schedule.talent.instance import Instance
    from cupola.schedule.talent.movie import Sequence, sequenced
    from cupola.schedule.talent.order import Order, ShootingDay, best_order, order_days, warm

__all__ = ["Instance", "Order", "Sequence", "ShootingDay", "best_order", "order_days", "sequenced", "warm"]

_HOMES = {
    "Instance": "instance",
    "Order": "order",
    "Sequence": "movie",
    "ShootingDay": "order",
    "best_order": "order",
    "order_days": "order",
    "sequenced": "movie",
    "warm": "order",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
