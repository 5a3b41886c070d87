"""What a film carries aboard: its kit by bag and ship, and how it records, copies and sends pictures."""

from __future__ import annotations

from dataclasses import dataclass

KIT_KINDS = ("camera", "lens", "mount", "light", "sound", "power", "media", "data", "wardrobe", "prop", "tool", "other")
"""What a piece of kit is for; procedures fetch it in this order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KitItem:
    """A piece of kit aboard; `mass_kg` is that of one of `count`.

    `bag` is what it is packed in, `module` where the bag is stowed; `up` and `down` name the ships that carry it, empty where
    it was there before or stays.
    """

    id: str
    name: str
    mass_kg: float
    count: int = 1
    kind: str = "other"
    bag: str = ""
    module: str = ""
    up: str = ""
    down: str = ""
    source: str = "estimate"
    line: int = 0

    @property
    def total_kg(self) -> float:
        """Mass of all of them, to the gram."""
        return round(self.mass_kg * self.count, 3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """How pictures are kept: decimal units, 1 TB = 1000 GB.

    `shooting_ratio` is seconds recorded for a second of the film, where the script does not time its takes. A card is
    free again when every one of `copies` exists, each written at `copy_mb_s` after the crew day; a copy needs drives of
    `drive_gb`. Proxies of `proxy_mbit_s` go down at `downlink_mbit_s`.
    """

    tb_per_h: float = 1.0
    shooting_ratio: float = 45.0
    card_gb: float = 2000.0
    copies: int = 2
    copy_mb_s: float = 500.0
    drive_gb: float = 8000.0
    proxy_mbit_s: float = 5.0
    downlink_mbit_s: float = 600.0
    source: str = (
        "estimate: large-format RAW; 30 h and 30 TB came home in October 2021 (ria.ru/20211019), for 35 to 50 minutes of film"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Kit:
    """All kit of a film, what each ship may carry of it in kg, and how it records."""

    items: tuple[KitItem, ...] = ()
    limits_kg: tuple[tuple[str, float], ...] = ()
    recording: Recording = Recording()


NO_KIT = Kit()
