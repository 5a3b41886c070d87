"""The production office, the crew on the ground and its vehicles, as production.toml has them."""

from __future__ import annotations

from collections.abc import Sequence

from cupola.files.documents import ProductionDoc
from cupola.files.documents_paper import ContactDoc, VehicleDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.model import Contact, Desk, Vehicle


def desk_of(doc: ProductionDoc, toml: Toml) -> Desk:
    """Return what call sheets say beside the plan; raises ProductionError for a unit that does not exist."""
    _known_units(doc, "contact", doc.contact, toml)
    _known_units(doc, "vehicle", doc.vehicle, toml)
    return Desk(
        director=doc.office.director,
        producers=doc.office.producers,
        address=doc.office.address,
        phone=doc.office.phone,
        channels=tuple(doc.office.channels.items()),
        contacts=tuple(Contact(**each.model_dump()) for each in doc.contact),
        vehicles=tuple(Vehicle(**each.model_dump()) for each in doc.vehicle),
    )


def _known_units(doc: ProductionDoc, table: str, entries: Sequence[ContactDoc | VehicleDoc], toml: Toml) -> None:
    units = [unit.id for unit in doc.unit]
    for number, each in enumerate(entries):
        if each.unit and each.unit not in units:
            remedy = did_you_mean(each.unit, units)
            raise toml.wrong((table, number, "unit"), f"{each.name} belongs to a unit", value=each.unit, remedy=remedy)
