"""Reading a screenplay: Cupola and its peers on the same 120-page scripts, in one run.

    .venv/bin/python bench/script.py [--json]

`missed` counts scene headings that are in the text and are not found (or found and not there). The scripts are made by a
seeded function: one of plain headings, one of every kind that Fountain 1.1 and writers have. Without `--json` it also says how
many pages a second that is, and how time and memory grow with the length of a script.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import StringIO
from time import perf_counter

from _bench import Outcome, Work, run
from cupola.script import parse_fountain, parse_script
from cupola.script.pages import lay_out

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


def pages_a_second(outcomes: Mapping[str, Outcome]) -> str:
    """Say how many pages each engine reads in a second, from its best round."""
    pages = {name: len(lay_out(parse_fountain(made_script(headings)))) for name, headings in TEXTS.items()}
    rows = [f"\n{'pages a second':44} {'engine':18} {'pages/s':>10}"]
    for name, count in pages.items():
        times = {"cupola": outcomes[name]["ours_s"], **outcomes[name]["peers"]}
        rows += [f"{name:44} {engine:18} {count / time_s:10,.0f}" for engine, time_s in times.items()]
    return "\n".join(rows)


def growth() -> str:
    """Say in what time and memory ours reads scripts of 1, 5 and 50 MB, each in a process of its own."""
    rows = [f"\n{'growth':44} {'seconds':>10} {'s a MB':>8} {'peak MB':>8} {'x its size':>10}"]
    for size_mb in (1, 5, 50):
        command = [sys.executable, __file__, "--grow", str(size_mb)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        time_s, peak_mb = float(said[0]), float(said[1])
        rows.append(f"{size_mb:2} MB {'':38} {time_s:10.2f} {time_s / size_mb:8.3f} {peak_mb:8.0f} {peak_mb / size_mb:10.1f}")
    return "\n".join(rows)


def grown(size_mb: int) -> str:
    """Read a script of that size here; return the seconds, and the megabytes that the process grew by with its text."""
    base = made_script(EVERY_KIND)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text = base * (size_mb * 2**20 // len(base.encode()) + 1)
    start = perf_counter()
    screenplay = parse_fountain(text)
    time_s = perf_counter() - start
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(screenplay.headings) >= SCENES
    return f"{time_s} {peak_kb / 1024}"


TEXTS = {"120 pages, plain headings": PLAIN, "120 pages, every kind of heading": EVERY_KIND}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--grow"]:
        print(grown(int(sys.argv[2])))
        raise SystemExit
    found = run([*(work(name, headings) for name, headings in TEXTS.items()), breakdown()])
    if "--json" not in sys.argv:
        print(pages_a_second(found))
        print(growth())
