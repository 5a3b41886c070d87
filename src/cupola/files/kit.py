"""The kit aboard, how it records, and the colours of strips, as production.toml has them."""

from __future__ import annotations

from cupola.files.documents import ProductionDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.model import Colours, Kit, KitItem, Recording
from cupola.model.colours import STRIP_KEYS


def kit_of(doc: ProductionDoc, toml: Toml) -> Kit:
    """Return the kit of a film; raises ProductionError for a limit of a ship that carries none of it."""
    ships = sorted({ship for item in doc.kit for ship in (item.up, item.down) if ship})
    for ship in doc.stowage.limits_kg:
        if ship not in ships:
            rule, remedy = "a limit belongs to a ship that carries kit up or down", did_you_mean(ship, ships)
            raise toml.wrong(("stowage", "limits_kg", ship), rule, value=ship, remedy=remedy)
    return Kit(
        items=tuple(KitItem(**item.model_dump(), line=toml.line(("kit", number))) for number, item in enumerate(doc.kit)),
        limits_kg=tuple(sorted(doc.stowage.limits_kg.items())),
        recording=Recording(**{key: value for key, value in doc.recording if value is not None}),
    )


def colours_of(doc: ProductionDoc) -> Colours:
    """Return the colours of strips, in the order of the table."""
    own: dict[str, str] = doc.colours.model_extra or {}
    return Colours(palette=doc.colours.palette, strips=tuple((key, own[key].casefold()) for key in STRIP_KEYS if key in own))
