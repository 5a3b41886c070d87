"""What an entry of production.toml may be: dates, clocks, money, words, and a table whose keys are all known."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from cupola.files.hints import did_you_mean

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
Early = Annotated[int, Field(ge=-1440, le=1440)]
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
