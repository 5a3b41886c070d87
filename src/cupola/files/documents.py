"""The shape of production.toml: which tables there are, of what kind, and between which bounds."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cupola.files.documents_flight import (
    AreaDoc,
    AttitudeDoc,
    CrewDoc,
    ManoeuvreDoc,
    PaneDoc,
    RelayDoc,
    SaaDoc,
    ShutterDoc,
    SkyDoc,
    StationDoc,
    TargetDoc,
    TimetableDoc,
)
from cupola.files.documents_money import BudgetDoc, ChargeDoc, CreditDoc, ExchangeDoc, FringeDoc, HireDoc, LineDoc
from cupola.files.documents_paper import ColoursDoc, ContactDoc, KitDoc, OfficeDoc, RecordingDoc, StowageDoc, VehicleDoc
from cupola.files.entries import (
    Azimuth,
    CalendarDay,
    Clock,
    ClockSpan,
    Days,
    Degrees,
    Document,
    Instant,
    Latitude,
    LightForm,
    Longitude,
    Minutes,
    Money,
    Percent,
    Span,
    Weekday,
    Word,
    Words,
    Zone,
    slip,
)
from cupola.files.hints import did_you_mean
from cupola.model.light import EARTH_CONDITIONS, ORBIT_CONDITIONS


class FilmDoc(Document):
    """`[production]`: what the film is, and which files it is made of."""

    title: Word
    currency: Word
    script: Word = "script.fountain"
    orbit: Words = ()
    rules: Words = ("film-12h",)
    colour: Word = "White"


class UnitDoc(Document):
    """`[[unit]]`: a shooting unit; dates without a time are whole days of its time zone."""

    id: Word
    kind: Literal["earth", "orbit"] = "earth"
    first: Instant
    last: Instant
    tz: Zone = "UTC"
    call: Clock = time(8, 0)
    day_min: Annotated[int, Field(ge=60, le=1440)] = 720
    meal_min: Minutes = 60
    rest_min: Minutes = 720
    page_min: Annotated[float, Field(gt=0, le=2880)] = 160.0
    relight_min: Minutes = 30
    move_min: Minutes = 60
    max_sets: Annotated[int, Field(ge=1, le=50)] = 4
    days_off: tuple[Weekday, ...] = (6,)
    dates_off: tuple[Span, ...] = ()
    day_rate: Money | None = None
    move_rate: Money | None = None
    launches: Annotated[tuple[CalendarDay, ...], Field(max_length=60)] = ()
    packs: Words = ()


class PlaceDoc(Document):
    """`[[place]]`: where sets stand."""

    id: Word
    name: str = ""
    hub: str = ""
    unit: Word
    sets: Words = ()
    lat_deg: Latitude | None = None
    lon_deg: Longitude | None = None
    elevation_m: Annotated[float, Field(ge=-500, le=9000)] = 0.0
    tz: Zone | None = None
    day_rate: Money | None = None
    closed: tuple[Span, ...] = ()
    permits: tuple[Span, ...] = ()
    hours: ClockSpan | None = None
    quiet: ClockSpan | None = None
    covers: Words = ()
    outside: bool = False
    prep_days: Days = 0
    prep_rate: Money | None = None
    strike_days: Days = 0
    strike_rate: Money | None = None
    restore: Money | None = None
    directions: dict[Word, Azimuth] = {}
    horizon: tuple[tuple[Azimuth, Degrees], ...] = ()
    horizon_file: str = ""
    overlook_m: Annotated[float, Field(ge=0, le=9000)] = 0.0
    tides: str = ""
    address: str = ""
    hospital: str = ""
    parking: str = ""
    base: str = ""


class CastDoc(Document):
    """`[[cast]]`: a role and the deal of whoever plays it."""

    id: Word
    board_id: Annotated[int, Field(ge=1)] | None = None
    name: str = ""
    aboard: str = ""
    work: Money | None = None
    hold: Money | None = None
    travel: Money | None = None
    home_hub: str = ""
    drop_days: Annotated[int, Field(ge=1)] | None = None
    born: CalendarDay | None = None
    packs: Words = ()
    deal: Literal["day", "weekly", "flat", "run"] = "day"
    week: Money | None = None
    flat: Money | None = None
    guarantee_days: Days = 0
    straight_h: Annotated[float, Field(ge=0, le=24)] = 0.0
    overtime: Money | None = None
    per_diem: Money | None = None
    rehearsal: Money | None = None
    rehearsal_days: Days = 0
    fitting: Money | None = None
    fitting_days: Days = 0
    agency_percent: Percent = 0.0
    loan_out_percent: Percent | None = None
    ready_min: Minutes = 60
    pickup_min: Minutes | None = None
    away: tuple[Span, ...] = ()


class SceneDoc(Document):
    """`[scene."42"]` or `[scene."42/A"]`: what the script cannot carry."""

    light: LightForm | None = None
    takes: Annotated[int, Field(ge=1, le=99)] | None = None
    seconds: Annotated[int, Field(ge=1, le=3600)] | None = None
    minutes: Annotated[int, Field(ge=1, le=10080)] | None = None
    cast: tuple[Word, ...] | None = None
    eighths: Annotated[int, Field(ge=1, le=400)] | None = None
    elements: Words = ()
    refuse: Words = ()


class PinDoc(Document):
    """`[[pin]]`: this strip on this date, not before `start` (local time of its unit)."""

    strip: Word
    day: CalendarDay
    start: Clock | None = None
    why: str = ""


class TogetherDoc(Document):
    """`[[together]]`: scenes that are shot one after the other on one day."""

    scenes: Annotated[tuple[Word, ...], Field(min_length=2)]
    why: str = ""


class SplitDoc(Document):
    """`[[split]]`: a scene shot in parts, 12PT1 and 12PT2."""

    scene: Word
    eighths: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=2)]
    why: str = ""


class OrderDoc(Document):
    """`[[order]]`: scene `first` is shot before scene `then`."""

    first: Word
    then: Word
    why: str = ""


class FactDoc(Document):
    """`[[fact]]`: a public fact that the production rests on."""

    text: Word
    source: Word


def _heading_word(word: str) -> str:
    if not word[:1].isalpha() or any(not (sign.isalpha() or sign in "./' ") for sign in word):
        raise slip("a word that starts a heading is made of letters", 'write it as "INTÉRIEUR" or "INT/EXT"')
    return word


def _condition(word: str) -> str:
    known = ORBIT_CONDITIONS | EARTH_CONDITIONS
    if word not in known:
        raise slip("a time of day asks a light that Cupola knows", did_you_mean(word, known))
    return word


class WordsDoc(Document):
    """`[words]`: words of scene headings that Cupola does not know by itself, in any language."""

    headings: dict[Annotated[Word, AfterValidator(_heading_word)], Literal["INT", "EXT", "INT/EXT", "EST"]] = {}
    times: dict[Word, Annotated[str, AfterValidator(_condition)]] = {}


class ProductionDoc(Document):
    """The whole of production.toml."""

    production: FilmDoc
    station: StationDoc | None = None
    unit: Annotated[tuple[UnitDoc, ...], Field(min_length=1)]
    place: Annotated[tuple[PlaceDoc, ...], Field(min_length=1)]
    cast: tuple[CastDoc, ...] = ()
    crew: tuple[CrewDoc, ...] = ()
    office: OfficeDoc = OfficeDoc()
    contact: tuple[ContactDoc, ...] = ()
    vehicle: tuple[VehicleDoc, ...] = ()
    scene: dict[str, SceneDoc] = {}
    pin: tuple[PinDoc, ...] = ()
    order: tuple[OrderDoc, ...] = ()
    together: tuple[TogetherDoc, ...] = ()
    split: tuple[SplitDoc, ...] = ()
    line: tuple[LineDoc, ...] = ()
    currency: dict[str, ExchangeDoc] = {}
    budget: BudgetDoc = BudgetDoc()
    charge: tuple[ChargeDoc, ...] = ()
    hire: tuple[HireDoc, ...] = ()
    fringe: tuple[FringeDoc, ...] = ()
    credit: tuple[CreditDoc, ...] = ()
    kit: tuple[KitDoc, ...] = ()
    stowage: StowageDoc = StowageDoc()
    recording: RecordingDoc = RecordingDoc()
    colours: ColoursDoc = ColoursDoc()
    fact: tuple[FactDoc, ...] = ()
    target: tuple[TargetDoc, ...] = ()
    relay: tuple[RelayDoc, ...] = ()
    area: tuple[AreaDoc, ...] = ()
    timetable: tuple[TimetableDoc, ...] = ()
    saa: SaaDoc | None = None
    words: WordsDoc = WordsDoc()
    manoeuvre: tuple[ManoeuvreDoc, ...] = ()
    attitude: tuple[AttitudeDoc, ...] = ()
    pane: tuple[PaneDoc, ...] = ()
    shutter: tuple[ShutterDoc, ...] = ()
    sky: SkyDoc | None = None
