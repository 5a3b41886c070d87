"""The shape of what only paper needs: the office, contacts, vehicles, kit and strip colours."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cupola.files.entries import Document, Early, Word, Words, slip
from cupola.files.hints import did_you_mean
from cupola.model.colours import STRIP_KEYS, ink_on


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
