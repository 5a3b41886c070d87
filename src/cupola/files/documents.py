"""The shape of production.toml: which entries there are, of what kind, and between which bounds."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from cupola.files.hints import did_you_mean
from cupola.model.colours import STRIP_KEYS, ink_on
from cupola.model.light import EARTH_CONDITIONS, ORBIT_CONDITIONS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def slip(rule: str, remedy: str) -> PydanticCustomError:
    """Return the error of one entry: what must hold and what to do about it."""
    return PydanticCustomError("slip", "{rule}", {"rule": rule, "remedy": remedy})


def _instant(value: object) -> date | datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, datetime) and value.tzinfo is None:
        raise slip("an instant needs its offset from UTC", "end it with Z, such as 2021-10-05T12:22:31Z")
    if isinstance(value, date):
        return value
    raise slip("this must be a date or an instant", "write 2022-06-06, or 2021-10-05T12:22:31Z")


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise slip("this must be a date", "write it as 2022-06-06")


def _clock(value: object) -> time:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, time) and value.tzinfo is None:
        return value
    raise slip("this must be a time of day", 'write it as "08:00"')


def _block(value: object) -> tuple[time, time]:
    first, dash, last = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise slip("a working block is a span of a day", 'write it as "08:00-12:30"')
    start, end = _clock(first.strip()), _clock(last.strip())
    if not start < end:
        raise slip("a working block ends after it starts, on the same day", "split it at midnight")
    return start, end


def _clock_span(value: object) -> tuple[time, time]:
    first, dash, last = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not dash:
        raise slip("hours are a span of a day, which may pass midnight", 'write it as "22:00-07:00"')
    start, end = _clock(first.strip()), _clock(last.strip())
    if start == end:
        raise slip("hours end at another time than they start", "leave them out where they are all day")
    return start, end


def _span(value: object) -> object:
    """Read one date as the span of that date."""
    return value if isinstance(value, dict) else {"first": value, "last": value}


def _money(value: object) -> object:
    """Read a bare amount as a table with nothing but a rate."""
    return value if isinstance(value, dict) else {"rate": value}


def _weekday(value: object) -> int:
    word = str(value).casefold()
    found = [number for number, name in enumerate(WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
    if len(found) != 1:
        raise slip("this must be a day of the week", did_you_mean(word, WEEKDAYS))
    return found[0]


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        remedy = did_you_mean(value, sorted(available_timezones()), 'write a name such as "Europe/Paris"')
        raise slip("a time zone is a name of the IANA list", remedy) from None
    return value


def _words(value: object) -> object:
    """Read one word where a list of words may stand."""
    return [value] if isinstance(value, str) else value


def _light(value: object) -> object:
    """Let a phrase, a list or a table of a light through; the script room reads it."""
    if isinstance(value, str | list | dict):
        return value
    raise slip("a light is a phrase or a table", 'write it as "orbital sunrise", or as { any = ["dawn", "dusk"] }')


Instant = Annotated[date | datetime, PlainValidator(_instant)]
CalendarDay = Annotated[date, PlainValidator(_day)]
Clock = Annotated[time, PlainValidator(_clock)]
Block = Annotated[tuple[time, time], PlainValidator(_block)]
ClockSpan = Annotated[tuple[time, time], PlainValidator(_clock_span)]
Weekday = Annotated[int, PlainValidator(_weekday)]
Zone = Annotated[str, AfterValidator(_zone)]
Word = Annotated[str, Field(min_length=1)]
LightForm = Annotated[Any, PlainValidator(_light)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_words)]
Minutes = Annotated[int, Field(ge=0, le=10080)]
Days = Annotated[int, Field(ge=0, le=1100)]
Percent = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
AccountNumber = Annotated[str, Field(pattern=r"^\d{4}$")]
AccountSpan = Annotated[str, Field(pattern=r"^\d{4}(-\d{4})?$")]
Spans = Annotated[tuple[AccountSpan, ...], BeforeValidator(_words)]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=360, allow_inf_nan=False)]
Degrees = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Azimuth = Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)]


class Document(BaseModel):
    """A table whose keys are all known: another key is refused, with the known one that may be meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if isinstance(data, dict):
            for key in data:
                if key not in cls.model_fields:
                    remedy = did_you_mean(key, cls.model_fields)
                    raise PydanticCustomError("unknown_key", "unknown key", {"key": key, "remedy": remedy})
        return data


class MoneyDoc(Document):
    """`"45000 RUB"`, `"30-60 M USD"`, or a table of `rate` and `source`."""

    rate: Word
    low: Word | None = None
    high: Word | None = None
    source: Word = "estimate"
    date: CalendarDay | None = None


Money = Annotated[MoneyDoc, BeforeValidator(_money)]


class DatesDoc(Document):
    """A date, or `{ first = 2022-07-01, last = 2022-07-10, why = "theatre" }`, both included."""

    first: CalendarDay
    last: CalendarDay
    why: str = ""
    flight: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> DatesDoc:
        if self.last < self.first:
            raise slip("dates run from first to last", "swap them")
        return self


Span = Annotated[DatesDoc, BeforeValidator(_span)]


class FilmDoc(Document):
    """`[production]`: what the film is, and which files it is made of."""

    title: Word
    currency: Word
    script: Word = "script.fountain"
    orbit: Words = ()
    rules: Words = ("film-12h",)
    colour: Word = "White"


class AgeErrorDoc(Document):
    """A row of `error_table`: by how many seconds elements so old are off."""

    age_days: Annotated[float, Field(gt=0, le=366)]
    median_s: Annotated[float, Field(gt=0, le=86400)]
    p95_s: Annotated[float, Field(gt=0, le=86400)]

    @model_validator(mode="after")
    def _wider(self) -> AgeErrorDoc:
        if self.p95_s < self.median_s:
            raise slip("p95_s is at least median_s: one error in twenty is larger, not one in two", "swap the two")
        return self


class SpacewalksDoc(Document):
    """`[station.spacewalks]`: who may go outside, for how long, and what stands round it."""

    pairs: Annotated[tuple[tuple[Word, Word], ...], Field(min_length=1)]
    longest_min: Annotated[int, Field(ge=30, le=600)] = 390
    before_min: Annotated[int, Field(ge=0, le=720)] = 240
    after_min: Annotated[int, Field(ge=0, le=720)] = 90
    overhead_h: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)] = 100.0
    first_flight_day: Annotated[int, Field(ge=1, le=400)] = 4
    spacing_days: Annotated[int, Field(ge=1, le=60)] = 3
    rest_days: Annotated[int, Field(ge=0, le=30)] = 1
    rate: Money | None = None
    source: str = ""


class StationDoc(Document):
    """`[station]`: how an orbit unit works, and how long its elements can be trusted."""

    name: Word = "ISS"
    kind: Word = "iss"
    trust_days: Annotated[float, Field(gt=0, le=60)] = 15.0
    error_table: Annotated[tuple[AgeErrorDoc, ...], Field(min_length=2)] | None = None
    plan_with: Literal["median", "p95"] = "median"
    rig_min: Minutes = 25
    prep_min: Minutes = 10
    reset_min: Minutes = 3
    stretch: tuple[Annotated[float, Field(ge=1, le=10)], ...] = (2.0, 2.0, 2.0, 1.4)
    spacewalks: SpacewalksDoc | None = None

    @model_validator(mode="after")
    def _ageing(self) -> StationDoc:
        for before, after in zip(self.error_table or (), (self.error_table or ())[1:], strict=False):
            if after.age_days <= before.age_days or after.median_s < before.median_s or after.p95_s < before.p95_s:
                raise slip("the rows of error_table grow in age and in error", "put them in order of age_days")
        return self


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


class CrewDoc(Document):
    """`[[crew]]`: somebody aboard, with the working hours of a crew day."""

    id: Word
    name: Word
    duty: str = ""
    blocks: tuple[Block, ...]
    hour: Money | None = None
    operates: bool = False
    source: str = ""

    @model_validator(mode="after")
    def _apart(self) -> CrewDoc:
        for before, after in zip(self.blocks, self.blocks[1:], strict=False):
            if after[0] < before[1]:
                raise slip(f"the working blocks of {self.id} follow one another", "put them in order, without overlap")
        return self


Early = Annotated[int, Field(ge=-1440, le=1440)]


class OfficeDoc(Document):
    """`[office]`: who and where the production is, at the head of every call sheet."""

    director: str = ""
    producers: Words = ()
    address: str = ""
    phone: str = ""
    channels: dict[Word, Word] = {}


class ContactDoc(Document):
    """`[[contact]]`: somebody of the crew on the ground, on the back of the call sheet."""

    name: Word
    duty: Word
    department: str = ""
    phone: str = ""
    unit: str = ""
    early_min: Early = 0


class VehicleDoc(Document):
    """`[[vehicle]]`: a vehicle of the company, on the back of the call sheet."""

    name: Word
    driver: str = ""
    carries: str = ""
    unit: str = ""
    early_min: Early = 0


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


class LineDoc(Document):
    """`[[line]]`: a budget line that no order of shooting changes."""

    account: Annotated[str, Field(pattern=r"^\d{4}$")]
    text: Word
    amount: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    unit: str = "allow"
    rate: Money


class ExchangeDoc(Document):
    """`[currency.USD]`: what one unit of a foreign currency costs, and when."""

    rate: Word
    date: CalendarDay
    source: Word = "estimate"


class BudgetDoc(Document):
    """`[budget]`: the chart of accounts, what comes on top of the sum, and the files beside it."""

    chart: str = ""
    prices: Words = ()
    actuals: str = ""
    contingency_percent: Percent = 0.0
    overhead_percent: Percent = 0.0
    bond_percent: Percent = 0.0
    spared: Spans = ()
    without: Words = ()
    globals: dict[Word, Amount] = {}


class ChargeDoc(Document):
    """`[[charge]]`: a budget line entered by hand whose amount may follow the board; it does not steer the search."""

    account: AccountNumber | None = None
    text: str = ""
    amount: Amount | Word = 1.0
    times: Amount = 1.0
    unit: str = ""
    rate: Money | None = None
    price: str = ""
    who: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _priced(self) -> ChargeDoc:
        if (self.rate is None) == (not self.price):
            remedy = 'write rate = "900 EUR", or price = "nasa-2021/crew-hour"'
            raise slip("a charge has a rate, or the price of a pack", remedy)
        if self.rate is not None and (self.account is None or not self.text):
            raise slip("a charge with a rate needs account and text", 'add account = "8000" and text = "..."')
        return self


class HireDoc(Document):
    """`[[hire]]`: gear or a stage kept from the first to the last day of a unit, or of its days at some places."""

    account: AccountNumber
    text: Word
    unit: Word
    by: Literal["day", "week", "4-day week"] = "day"
    rate: Money
    places: Words = ()
    group: str = ""


class FringeDoc(Document):
    """`[[fringe]]`: what law or agreements put on top of pay."""

    id: Word
    text: str = ""
    percent: Percent
    accounts: Spans
    cutoff: Money | None = None
    per: Literal["picture", "year"] = "picture"
    source: Word = "estimate"


class CreditDoc(Document):
    """`[[credit]]`: a tax credit or rebate: a percentage of what is spent on some accounts."""

    text: Word
    percent: Percent
    accounts: Spans
    cap: Money | None = None
    least: Money | None = None
    source: Word = "estimate"


class PriceDoc(Document):
    """`[[price]]` of a price pack: an entry of somebody's price list."""

    id: Word
    text: Word
    unit: Word
    account: AccountNumber
    rate: Money


class PricePackDoc(Document):
    """A price pack: whose list it is, as of when, and its prices."""

    title: Word
    date: CalendarDay
    source: Word
    price: tuple[PriceDoc, ...]


class ChartDoc(Document):
    """A chart of accounts: titles by number in each block of the top sheet, and the account of each kind of line."""

    title: Word
    source: str = ""
    above: dict[AccountNumber, Word] = {}
    production: dict[AccountNumber, Word] = {}
    orbit: dict[AccountNumber, Word] = {}
    post: dict[AccountNumber, Word] = {}
    other: dict[AccountNumber, Word] = {}
    kinds: dict[Word, AccountNumber] = {}


class KitDoc(Document):
    """`[[kit]]`: a piece of kit aboard."""

    id: Word
    name: Word
    mass_kg: Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    kind: Literal[
        "camera", "lens", "mount", "light", "sound", "power", "media", "data", "wardrobe", "prop", "tool", "other"
    ] = "other"
    bag: str = ""
    module: str = ""
    up: str = ""
    down: str = ""
    source: Word = "estimate"


class StowageDoc(Document):
    """`[stowage]`: what each ship may carry of the film's kit."""

    limits_kg: dict[Word, Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]] = {}


Gigabytes = Annotated[float, Field(gt=0, le=1e7, allow_inf_nan=False)]
Speed = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]


class RecordingDoc(Document):
    """`[recording]`: how pictures are kept aboard; left out, what was reported of a flight that shot a film."""

    tb_per_h: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1.0
    shooting_ratio: Annotated[float, Field(ge=1, le=10_000, allow_inf_nan=False)] = 45.0
    card_gb: Gigabytes = 2000.0
    copies: Annotated[int, Field(ge=2, le=9)] = 2
    copy_mb_s: Speed = 500.0
    drive_gb: Gigabytes = 8000.0
    proxy_mbit_s: Speed = 5.0
    downlink_mbit_s: Speed = 600.0
    source: Word | None = None


class ColoursDoc(Document):
    """`[colours]`: a palette, and strips that have a colour of their own: `"EXT DAY" = "#fdee8c"`."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    palette: Literal["standard", "colour-blind"] = "standard"

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        for key, value in data.items() if isinstance(data, dict) else ():
            if key not in (*cls.model_fields, *STRIP_KEYS):
                remedy = did_you_mean(key, (*cls.model_fields, *STRIP_KEYS))
                raise PydanticCustomError("unknown_key", "unknown key", {"key": key, "remedy": remedy})
            if key in STRIP_KEYS:
                _strip_colour(key, value)
        return data


def _strip_colour(key: str, value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise slip(f"{key} is six hexadecimal digits", 'write it as "#fdee8c"')
    if ink_on(value) is None:
        raise slip(f"{key}: no ink can be read at a contrast of 7:1 on {value}", "choose a lighter or a darker one")


class FactDoc(Document):
    """`[[fact]]`: a public fact that the production rests on."""

    text: Word
    source: Word


class TargetDoc(Document):
    """`[[target]]`: a named place on the ground, to be seen from orbit."""

    name: Word
    lat_deg: Latitude
    lon_deg: Longitude
    min_elevation_deg: Degrees = 30.0
    min_sun_deg: Degrees = 10.0


class RelayDoc(Document):
    """`[[relay]]`: a geostationary relay (`lon_deg` alone) or a ground station (`lat_deg` too)."""

    name: Word
    lon_deg: Longitude
    lat_deg: Latitude | None = None
    min_elevation_deg: Degrees = 5.0


Turn = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Opening = Annotated[float, Field(gt=0, le=180, allow_inf_nan=False)]
Corner = tuple[Turn, Turn]


class ManoeuvreDoc(Document):
    """`[[manoeuvre]]`: a burn; elements from before it do not know the orbit after it."""

    start: Instant
    end: Instant | None = None
    duration_s: Annotated[float, Field(ge=0, le=604800, allow_inf_nan=False)] = 0.0
    dv_m_s: Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)] | None = None
    note: str = ""
    source: str = ""


class AttitudeDoc(Document):
    """`[[attitude]]`: how the station is turned from an instant on."""

    start: Instant | None = None
    name: str = ""
    hold: Literal["LVLH", "XPOP", "INERTIAL"] = "LVLH"
    yaw_deg: Turn | None = None
    pitch_deg: Turn | None = None
    roll_deg: Turn | None = None
    source: str = ""


class PaneDoc(Document):
    """`[[pane]]`: a pane of glass; of one that the station has, only what is given here is changed."""

    id: Word
    name: str | None = None
    module: str | None = None
    look: tuple[Part, Part, Part] | None = None
    up: tuple[Part, Part, Part] | None = None
    half_angle_deg: Opening | None = None
    size_m: Annotated[float, Field(ge=0, le=100)] | None = None
    mask: tuple[tuple[Turn, Annotated[float, Field(ge=0, le=180)]], ...] | None = None
    hidden: tuple[Annotated[tuple[Corner, ...], Field(min_length=3)], ...] | None = None
    source: str = "estimate"


class ShutterDoc(Document):
    """`[[shutter]]`: a time at which the shutters of panes are shut."""

    pane: Words
    start: Instant
    end: Instant
    why: str = ""


class AreaDoc(Document):
    """`[[area]]`: a region below, as pairs of latitude and east longitude; areas of one name are pieces of one region."""

    name: Word
    polygon: Annotated[tuple[tuple[Latitude, Longitude], ...], Field(min_length=3)]


class TimetableDoc(Document):
    """`[[timetable]]`: times that others decide, from a CSV or TOML file of starts and ends in UTC."""

    name: Word
    file: Word


class SaaDoc(Document):
    """`[saa]`: the outline of the South Atlantic Anomaly, as pairs of latitude and east longitude."""

    polygon: Annotated[tuple[tuple[Latitude, Longitude], ...], Field(min_length=3)]
    source: str = ""


class SkyDoc(Document):
    """`[sky]`: who knows where Sun and Moon stand."""

    bodies: Literal["erfa", "jpl"] = "erfa"


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
