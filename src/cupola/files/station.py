"""The station of production.toml as a value: its orbit files, burns, attitudes, panes and shutters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from cupola.exchange.manoeuvres import manoeuvres_of
from cupola.files.documents import ProductionDoc
from cupola.files.documents_flight import AttitudeDoc, ManoeuvreDoc, PaneDoc, StationDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.model import AgeError, Attitude, Elements, Manoeuvre, OrbitEphemeris, Pane, Relay, Station, Target
from cupola.sky.attitude import NAMED
from cupola.sky.stations import StationKind, station_kinds

OWN = "own"
"""The kind of a station that has nothing but what production.toml gives it."""
ANGLES = ("yaw_deg", "pitch_deg", "roll_deg")


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitFiles:
    """All that a production's orbit files hold, in the order of the files."""

    elements: tuple[Elements, ...] = ()
    ephemerides: tuple[OrbitEphemeris, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.elements or self.ephemerides)


def station_of(stated: StationDoc, doc: ProductionDoc, orbit: OrbitFiles, toml: Toml) -> Station:
    """Return the station; raises ProductionError for an unknown kind, a pane that cannot be, or a shutter of no pane."""
    kind = _kind(stated, toml)
    return Station(
        name=stated.name,
        elements=orbit.elements,
        ephemerides=orbit.ephemerides,
        targets=tuple(Target(**target.model_dump()) for target in doc.target),
        relays=tuple(Relay(**relay.model_dump()) for relay in doc.relay),
        saa=doc.saa.polygon if doc.saa else (),
        trust_days=stated.trust_days,
        error_table=tuple(AgeError(**row.model_dump()) for row in stated.error_table or ()),
        plan_with=stated.plan_with,
        manoeuvres=_manoeuvres(doc, orbit.ephemerides, toml),
        attitudes=_attitudes(doc.attitude, kind),
        panes=_with_shutters(_panes(doc.pane, kind, toml), doc, toml),
    )


def _kind(stated: StationDoc, toml: Toml) -> StationKind | None:
    kinds = station_kinds()
    name = stated.kind.casefold()
    if name != OWN and name not in kinds:
        remedy = did_you_mean(name, [*kinds, OWN], f"known: {', '.join([*kinds, OWN])}")
        raise toml.wrong(("station", "kind"), "this kind of station is not known", value=stated.kind, remedy=remedy)
    return kinds.get(name)


def _at(value: date | datetime) -> datetime:
    """Return an instant; a date is its first moment, UTC."""
    return value.astimezone(UTC) if isinstance(value, datetime) else datetime.combine(value, time(), tzinfo=UTC)


def _manoeuvres(doc: ProductionDoc, ephemerides: Iterable[OrbitEphemeris], toml: Toml) -> tuple[Manoeuvre, ...]:
    """Return the burns of the log and of the ephemerides, in order; the log goes first where both have one."""
    logged = [_manoeuvre(entry, number, toml) for number, entry in enumerate(doc.manoeuvre)]
    listed = [burn for ephemeris in ephemerides for burn in manoeuvres_of(ephemeris)]
    known = {burn.start_utc for burn in logged}
    burns = {burn.start_utc: burn for burn in listed if burn.start_utc not in known} | {burn.start_utc: burn for burn in logged}
    return tuple(burns[start] for start in sorted(burns))


def _manoeuvre(entry: ManoeuvreDoc, number: int, toml: Toml) -> Manoeuvre:
    start = _at(entry.start)
    end = _at(entry.end) if entry.end is not None else start + timedelta(seconds=entry.duration_s)
    if end < start:
        raise toml.wrong(("manoeuvre", number, "end"), "a burn ends after it starts", value=entry.end, remedy="swap the two")
    return Manoeuvre(start_utc=start, end_utc=end, dv_m_s=entry.dv_m_s, note=entry.note, source=entry.source)


def _attitudes(entries: Iterable[AttitudeDoc], kind: StationKind | None) -> tuple[Attitude, ...]:
    """Return the attitudes in order, the station's usual one first unless another is given without a start."""
    given = [_attitude(entry) for entry in entries]
    usual = [kind.attitude] if kind and all(one.from_utc for one in given) else []
    return tuple(sorted([*usual, *given], key=lambda one: (one.from_utc is not None, one.from_utc or datetime.min)))


def _attitude(entry: AttitudeDoc) -> Attitude:
    named = NAMED.get(entry.name.upper().replace("\N{MINUS SIGN}", "-"), (0.0, 0.0, 0.0))
    angles = {key: value for key in ANGLES if (value := getattr(entry, key)) is not None}
    return Attitude(
        from_utc=None if entry.start is None else _at(entry.start),
        hold=entry.hold,
        name=entry.name,
        source=entry.source,
        **(dict(zip(ANGLES, named, strict=True)) | angles),
    )


def _panes(entries: Iterable[PaneDoc], kind: StationKind | None, toml: Toml) -> dict[str, Pane]:
    panes = {pane.id.casefold(): pane for pane in (kind.panes if kind else ())}
    for number, entry in enumerate(entries):
        given = {key: value for key, value in entry.model_dump(exclude={"id", "source"}).items() if value is not None}
        before = panes.get(entry.id.casefold()) or Pane(id=entry.id, name=entry.id)
        sources = dict(before.sources) | dict.fromkeys((key for key in given if key not in ("name", "module")), entry.source)
        pane = replace(before, **given, sources=tuple(sources.items()))
        if _parallel(pane.look, pane.up):
            rule = f"pane {entry.id} looks one way, and up is another"
            remedy = "give look and up as three numbers each: ahead, starboard, nadir"
            raise toml.wrong(("pane", number), rule, value=f"look {pane.look}, up {pane.up}", remedy=remedy)
        panes[entry.id.casefold()] = pane
    return panes


def _parallel(a: tuple[float, float, float], b: tuple[float, float, float]) -> bool:
    """Whether two directions are the same line, or one of them is none."""
    square, cross = sum(x * x for x in a) * sum(x * x for x in b), sum(x * y for x, y in zip(a, b, strict=True)) ** 2
    return square <= 1e-12 or square - cross <= 1e-6 * square


def _with_shutters(panes: dict[str, Pane], doc: ProductionDoc, toml: Toml) -> tuple[Pane, ...]:
    for number, entry in enumerate(doc.shutter):
        start, end = _at(entry.start), _at(entry.end)
        if not start < end:
            path = ("shutter", number, "end")
            raise toml.wrong(path, "a shutter opens after it is shut", value=entry.end, remedy="swap the two")
        for name in entry.pane:
            pane = panes.get(name.casefold())
            if pane is None:
                remedy = did_you_mean(name, [each.id for each in panes.values()])
                raise toml.wrong(("shutter", number, "pane"), "a shutter is of a pane that exists", value=name, remedy=remedy)
            panes[name.casefold()] = replace(pane, closed=(*pane.closed, (start, end)))
    return tuple(panes.values())
