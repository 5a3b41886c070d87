"""The shape of what a station needs: its crew, panes, orbit, sky and spacewalks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cupola.files.entries import Block, Degrees, Document, Instant, Latitude, Longitude, Minutes, Money, Word, Words, slip


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
