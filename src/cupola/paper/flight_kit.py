"""The mass and stowage list: what flies, in which bag, on which ship, against what each ship may carry."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cupola.model import KitItem, Production

LOOSE = "not packed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bag:
    """A bag, the module it is stowed in, what is in it, and what that weighs."""

    name: str
    module: str
    items: tuple[KitItem, ...]
    mass_kg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What a ship carries of the kit one way; `limit_kg` is None where nobody gave one."""

    ship: str
    way: str
    pieces: int
    mass_kg: float
    limit_kg: float | None

    @property
    def margin_kg(self) -> float | None:
        """What could still go; below 0 the ship is overloaded."""
        return None if self.limit_kg is None else round(self.limit_kg - self.mass_kg, 3)


@dataclass(frozen=True, kw_only=True, slots=True)
class StowageList:
    """All kit by bag, and what each ship carries up and down."""

    bags: tuple[Bag, ...]
    loads: tuple[Load, ...]
    pieces: int
    mass_kg: float


def stowage_list(production: Production) -> StowageList:
    """Return the mass and stowage list of a film, bags in the order in which they are first named."""
    kit = production.kit
    bags = dict.fromkeys((item.bag, item.module) for item in kit.items)
    limits = dict(kit.limits_kg)
    return StowageList(
        bags=tuple(_bag(name, module, kit.items) for name, module in bags),
        loads=(
            *_loads(kit.items, "up", lambda item: item.up, limits),
            *_loads(kit.items, "down", lambda item: item.down, limits),
        ),
        pieces=sum(item.count for item in kit.items),
        mass_kg=mass_of(kit.items),
    )


def _bag(name: str, module: str, items: Iterable[KitItem]) -> Bag:
    own = tuple(item for item in items if (item.bag, item.module) == (name, module))
    return Bag(name=name or LOOSE, module=module, items=own, mass_kg=mass_of(own))


def _loads(items: Iterable[KitItem], way: str, ship_of: Callable[[KitItem], str], limits: dict[str, float]) -> Iterable[Load]:
    ships: dict[str, list[KitItem]] = {}
    for item in items:
        if ship_of(item):
            ships.setdefault(ship_of(item), []).append(item)
    for ship, own in ships.items():
        yield Load(
            ship=ship,
            way=way,
            pieces=sum(item.count for item in own),
            mass_kg=mass_of(own),
            limit_kg=limits.get(ship),
        )


def mass_of(items: Iterable[KitItem]) -> float:
    """Return the mass of some kit together, to the gram."""
    return round(math.fsum(item.total_kg for item in items), 3)
