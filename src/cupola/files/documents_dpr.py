"""The shape of a filled form of a daily production report, whether it is TOML or a workbook."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cupola.files.entries import Clock, ClockSpan, Document, Minutes, Word, Words

Count = Annotated[int, Field(ge=0, le=100_000)]


class SceneShotDoc(Document):
    """`[[scene]]`: what was shot of a scene; a complete one needs no eighths."""

    number: Word
    complete: bool = False
    eighths: Count | None = None
    setups: Count = 0
    seconds: Count = 0
    note: str = ""


class CastTimeDoc(Document):
    """`[[cast]]`: when somebody came and left."""

    id: Word
    came: Clock | None = None
    left: Clock | None = None
    meal: ClockSpan | None = None
    travel_min: Minutes = 0


class BackgroundDoc(Document):
    """`[[background]]`: how many extras worked."""

    name: Word
    count: Count


class CardDoc(Document):
    """`[[media]]`: a card or drive, what is on it, and its copies."""

    card: Word
    used: str = ""
    copies: Count = 0


class DelayDoc(Document):
    """`[[delay]]`: minutes lost, and why."""

    minutes: Minutes
    why: Word


class FormDoc(Document):
    """A whole form."""

    unit: Word
    number: Annotated[int, Field(ge=1)]
    call: Clock | None = None
    first_shot: Clock | None = None
    meal: ClockSpan | None = None
    first_after_meal: Clock | None = None
    camera_wrap: Clock | None = None
    last_out: Clock | None = None
    notes: str = ""
    injuries: Words = ()
    scene: tuple[SceneShotDoc, ...] = ()
    cast: tuple[CastTimeDoc, ...] = ()
    background: tuple[BackgroundDoc, ...] = ()
    media: tuple[CardDoc, ...] = ()
    delay: tuple[DelayDoc, ...] = ()
