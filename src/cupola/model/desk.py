"""What only paper needs to know: the production office, its people on the ground, channels and vehicles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Somebody of the crew on the ground: `early_min` before the unit's call (below 0: after it).

    `unit` is empty where the person is called by every unit on Earth.
    """

    name: str
    duty: str
    department: str = ""
    phone: str = ""
    unit: str = ""
    early_min: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Vehicle:
    """A vehicle of the company, who drives it, and what it is for; it comes `early_min` before the unit's call."""

    name: str
    driver: str = ""
    carries: str = ""
    unit: str = ""
    early_min: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The production office and what stands at the head and on the back of every call sheet.

    `channels` are walkie channels and who talks on them, in order.
    """

    director: str = ""
    producers: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    channels: tuple[tuple[str, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()


NO_DESK = Desk()
