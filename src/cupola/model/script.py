"""The screenplay as a production reads it: scenes, their shots, and where in the file each one stands."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model.light import ANY_LIGHT, Light


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something the reader of a script should know, with the line it is about (1-based)."""

    line: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """A thing a scene needs beside its cast: `category` is a word such as prop, vehicle, sound.

    A `suggested` one was read out of the action by rule, and counts only when a person accepts it.
    """

    category: str
    name: str
    line: int
    suggested: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """What is rolled under one light.

    A shot is rolled in `takes` takes of `take_s` seconds each. Where `light.is_pass_bound`, each take needs a pass of
    its own. `work_min` is all the time the set gives it (rig, rehearse, roll), over all takes. `letter` is empty
    for the
    body of a scene.
    """

    scene: str
    letter: str = ""
    text: str = ""
    light: Light = ANY_LIGHT
    takes: int = 1
    take_s: int | None = None
    work_min: int | None = None
    line: int = 0

    @property
    def id(self) -> str:
        """What people say: scene 42, or its extra shot 42/A."""
        return f"{self.scene}/{self.letter}" if self.letter else self.scene


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """One numbered scene.

    `number` is text with its case kept; `hub` is the first part of the heading ("ISS"), `set` the rest
    ("CUPOLA"), or the
    whole of it where the heading has one part. `time_of_day` is the writer's word. `eighths` counts eighths of a
    page, never
    below 1. `cast` speaks or is named in a `[[cast: …]]` note;
    `voices` are heard only (every cue V.O., on a screen or on the radio) and need nobody on the set.
    `light_word` is the word its light was read from, in capitals: the writer's own, or for CONTINUOUS and LATER that of the
    scene before; empty where there is none.
    `line` and `end_line` are 1-based in the source file.

    `path` is the heading's place from the outside in (hub > location > set). `mentioned` are roles that the action names
    and that neither speak nor are noted. `background` counts extras, None where nobody says. `script_day` is the day of the
    story ("D2", "N2", "FB" for a flashback); `script_day_guessed` unless the script notes it. `suggestions` were read out
    of the action and are no facts: `elements` has only what a person said. `minutes` is the default shooting time from
    `eighths` at a standard pace and what makes the scene slow, `slowness` by how many times that is. `revision` is the
    colour of the paper of its last revision, empty for white.
    """

    number: str
    heading: str
    int_ext: str
    hub: str
    set: str
    time_of_day: str
    light_word: str = ""
    eighths: int
    cast: tuple[str, ...]
    voices: tuple[str, ...] = ()
    shots: tuple[Shot, ...]
    elements: tuple[Element, ...] = ()
    synopsis: str = ""
    line: int
    end_line: int
    page: int = 1
    path: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    background: int | None = None
    script_day: str = ""
    script_day_guessed: bool = True
    suggestions: tuple[Element, ...] = ()
    minutes: int = 0
    slowness: float = 1.0
    revision: str = ""

    @property
    def place_words(self) -> str:
        """The heading without INT/EXT, time of day and number: `ISS - CUPOLA`."""
        return f"{self.hub} - {self.set}" if self.hub != self.set else self.set


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A role of the script: its board number (1 is the lead, by scenes), its name, and every way the script spells it."""

    board_id: int
    name: str
    scenes: int
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Script:
    """A screenplay broken down: its scenes in order, its roles by board number, its title page, and notes to the reader.

    `omitted` are the numbers of scenes that were cut and whose headings are still there.
    """

    file: str
    title: str
    scenes: tuple[Scene, ...]
    notes: tuple[Note, ...] = ()
    pages: float = 0.0
    roles: tuple[Role, ...] = ()
    omitted: tuple[str, ...] = ()

    def scene(self, number: str) -> Scene:
        """Return the scene of that number; raises KeyError."""
        for scene in self.scenes:
            if scene.number == number:
                return scene
        raise KeyError(number)


def pages_text(eighths: int) -> str:
    """Write eighths as the trade does, never reduced.

    >>> pages_text(20), pages_text(4), pages_text(8)
    ('2 4/8', '4/8', '1')
    """
    pages, rest = divmod(eighths, 8)
    return " ".join(part for part in (str(pages) if pages else "", f"{rest}/8" if rest else "") if part) or "0"
