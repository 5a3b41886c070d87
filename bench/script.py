"""Reading a screenplay: Cupola and its peers on the same 120-page scripts, in one run.

    .venv/bin/python bench/script.py [--json]

`missed` counts scene headings that are in the text and are not found (or found and not there). The scripts are made by a
seeded function: one of plain headings, one of every kind that Fountain 1.1 and writers have.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from io import StringIO

from _bench import Work, run
from cupola.script import parse_fountain, parse_script

SCENES = 168
VOCABULARY = (
    "the water lamp rope stone hand slowly turns behind door and never once again looks up at grey light over harbour nobody "
    "answers she waits he lifts a brass key against window listens for wind then laughs"
)
NAMES = ("ANNA", "BORIS", "OLD MAN", "WILL'S DATE", "R2D2", "DR. KIM", "ЖЕНЯ", "ÉLODIE", "SMITH & SON", "GUARD #2")
PLAIN = ("INT. HOUSE {n} - DAY", "EXT. HARBOUR {n} - NIGHT", "INT. ISS - NAUKA {n} - DAY", "EXT. SHORE {n} - DUSK")
EVERY_KIND = (
    *PLAIN,
    "INT./EXT. CAR {n} - DAY",
    "I/E TRAIN {n} - NIGHT",
    "int. cellar {n} - night",
    ".SNIPER SCOPE {n}",
    ".МКС {n}",
    "EST. TOWN {n} - DAWN #{n}A#",
    "INT. HALL {n} - DAY #{n}# [[prop: lamp]]",
    "EXT. FIELD {n} - DAY\n= Two of them wait.",
    "EXT. FIELD {n} - DAY\n[[light: golden hour]]",
    "ИНТ. ДОМ {n} - ДЕНЬ",
    "НАТ. СТЕПЬ {n} - РЕЖИМ",
)


def made_script(headings: tuple[str, ...], seed: int = 1) -> str:
    """Make a script of 168 scenes, about 120 pages."""
    draw = random.Random(seed)
    blocks = ["Title: A Made Script\nAuthor: A seeded function", "FADE IN:"]
    for number in range(1, SCENES + 1):
        blocks.append(draw.choice(headings).format(n=number))
        for _ in range(draw.randint(4, 12)):
            blocks.append(prose(draw, 8, 40) if draw.random() < 0.5 else speech(draw))
    return "\n\n".join(blocks) + "\n"


def prose(draw: random.Random, least: int, most: int) -> str:
    words = draw.choices(VOCABULARY.split(), k=draw.randint(least, most))
    return f"{' '.join(words).capitalize()}."


def speech(draw: random.Random) -> str:
    cue = draw.choice(NAMES) + draw.choice(("", "", " (V.O.)", " (CONT'D)"))
    direction = "(softly)\n" if draw.random() < 0.2 else ""
    return f"{cue}\n{direction}{prose(draw, 3, 30)}"


def peers(text: str) -> dict[str, Callable[[], object]]:
    """The peers that are installed, each as a call that counts the headings of a text."""
    found: dict[str, Callable[[], object]] = {}
    try:
        from screenplain.parsers import fountain as screenplain

        found["screenplain"] = lambda: sum(type(one).__name__ == "Slug" for one in screenplain.parse(StringIO(text)))
    except ImportError:
        pass
    try:
        from fountain import ElementType, FountainParser

        found["fountain-py"] = lambda: sum(
            one.type is ElementType.SCENE_HEADING for one in FountainParser().parse(text).elements
        )
    except ImportError:
        pass
    try:
        from screenplay_tools.fountain.parser import Parser

        found["screenplay-tools"] = lambda: screenplay_tools_count(Parser(), text)
    except ImportError:
        pass
    return found


def screenplay_tools_count(parser: object, text: str) -> int:
    parser.add_text(text)  # type: ignore[attr-defined]
    return sum(type(one).__name__ == "SceneHeading" for one in parser.script.elements)  # type: ignore[attr-defined]


def work(name: str, headings: tuple[str, ...]) -> Work:
    text = made_script(headings)

    def missed(_: str, count: object) -> int:
        return abs(SCENES - int(str(count)))

    return Work(name=name, ours=lambda: len(parse_fountain(text).headings), peers=peers(text), missed=missed)


def breakdown() -> Work:
    """Everything we make of a script, beside the peers' reading of it alone: none of them breaks a script down."""
    text = made_script(PLAIN)

    def missed(_: str, count: object) -> int:
        return abs(SCENES - int(str(count)))

    name = "120 pages broken down (peers: read only)"
    return Work(name=name, ours=lambda: len(parse_script(text).scenes), peers=peers(text), missed=missed)


if __name__ == "__main__":
    run([work("120 pages, plain headings", PLAIN), work("120 pages, every kind of heading", EVERY_KIND), breakdown()])
