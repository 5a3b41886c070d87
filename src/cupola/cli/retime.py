"""`cupola retime`: newer elements arrive, and the takes of a board are held against the windows that they give."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, board_path, read_both
from cupola.cli.light import orbit_notes, windows_of_production
from cupola.cli.say import BROKEN, GOOD, print_json, print_table, say, utc_text
from cupola.errors import ProductionError

if TYPE_CHECKING:
    from cupola.model import Board, Production, Violation, Window
    from cupola.sky.retime import Retimed, Retiming, TakeMove

Where = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
OrbitName = Annotated[Path, typer.Argument(metavar="ORBIT-FILE", help="The newer elements or ephemeris: TLE, OMM or OEM.")]
Alone = Annotated[
    bool, typer.Option("--alone", help="Forget the production's own orbit files; by default the new one joins them.")
]
Write = Annotated[bool, typer.Option("--write", help="Save a new board with the new windows; the old one stays as it is.")]


def retime(
    folder: Where,
    orbit: OrbitName,
    board: BoardName = PLAN_NAME,
    alone: Alone = False,
    write: Write = False,
    as_json: AsJson = False,
) -> int:
    """Say which windows and takes newer elements move."""
    from cupola.sky.retime import retime as retiming_of
    from cupola.sky.retime import retimed

    production, old = read_both(folder, board)
    newer = _newer(production, orbit, alone=alone)
    retiming = retiming_of(production, old, newer=newer)
    notes = orbit_notes(newer.units)
    if not write:
        _tell(production, retiming, notes, as_json=as_json)
        return GOOD
    made = retimed(production, old, retiming)
    path = _save(production, made, board_path(folder, board))
    broken = _violations(newer, made.board)
    if as_json:
        moved = {"written": str(path), "rolled": list(made.rolled), "left": [{"strip": k, "why": v} for k, v in made.left]}
        print_json({**document(production, retiming, notes), **moved, "broken": len(broken)})
    else:
        _print(production, retiming, notes)
        _print_written(made, path, broken, orbit)
    return BROKEN if broken else GOOD


def _newer(production: Production, orbit: Path, *, alone: bool) -> Production:
    from cupola.exchange.orbit_file import parse_orbit
    from cupola.files.folder import ORBIT_LIMIT, read_limited
    from cupola.sky.retime import with_orbit

    if not any(unit.is_orbit for unit in production.units):
        rule, remedy = "only a unit in orbit is re-timed", "light on the ground does not move: see cupola windows"
        raise ProductionError(rule, value=production.title, remedy=remedy, file=f"{production.folder}/production.toml")
    found = parse_orbit(read_limited(orbit, ORBIT_LIMIT), file=str(orbit))
    tables = (found.ephemeris,) if found.ephemeris else ()
    return with_orbit(production, elements=found.elements, ephemerides=tables, keep=not alone)


def _save(production: Production, made: Retimed, beside: Path) -> Path:
    """Write the new board beside the old one, under a name that is free."""
    from cupola.files.boards import write_board

    names = (f"{beside.stem}-retimed{'' if n == 1 else f'-{n}'}.json" for n in range(1, 1_000_000))
    path = next(path for path in map(beside.with_name, names) if not path.exists())
    return write_board(replace(made.board, title=f"{production.title}, {path.stem}"), path)


def _violations(newer: Production, board: Board) -> tuple[Violation, ...]:
    from cupola.rules import broken, check

    return broken(check(newer, board, windows_of_production(newer)))


def _tell(production: Production, retiming: Retiming, notes: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(document(production, retiming, notes))
    else:
        _print(production, retiming, notes)


def _print(production: Production, retiming: Retiming, notes: list[str]) -> None:
    for unit in production.units:
        rows = [_row(take) for take in retiming.takes if take.unit == unit.id]
        if rows:
            head = ["Take", "Day", "Rolls (UTC)", "Moved", "New window", "Edge", "The take"]
            print_table(f"Unit {unit.id}: takes in light", head, rows, right=[3, 5], whole=[0, 1, 2, 3, 4, 5])
    for line in _summary(retiming):
        say(line)
    for note in notes:
        say(note)


def _row(take: TakeMove) -> list[str]:
    strip = take.strip
    return [
        strip.id,
        f"{take.number}, {strip.roll_utc:%d %b}",
        f"{strip.roll_utc:%H:%M:%S}",
        "" if take.shift_s is None else signed_s(take.shift_s),
        "gone" if take.new is None else f"{take.new.open_utc:%H:%M:%S}-{take.new.close_utc:%H:%M:%S}",
        "" if take.new is None else f"±{take.new.edge_s:g} s",
        _verdict(take),
    ]


def _verdict(take: TakeMove) -> str:
    if take.fits:
        return "fits" if take.new is None or take.new.firm else "fits, not firm"
    what = "its window is gone" if take.new is None else f"OUTSIDE by {take.outside_s:.1f} s"
    if take.roll_utc is None:
        return f"{what}; no window of the span would do"
    later = (take.roll_utc - take.strip.roll_utc).total_seconds()
    if take.same_pass:
        return f"{what}; roll {take.roll_utc:%H:%M:%S} ({later:+.0f} s)".replace("-", "−")
    return f"{what}; nearest that would do: {take.roll_utc:%d %b %H:%M:%S}"


def signed_s(seconds: float) -> str:
    """Write seconds with their sign, a true minus; a length of minutes from two minutes on.

    >>> signed_s(54.96), signed_s(-3.0), signed_s(0.01)
    ('+55.0 s', '−3.0 s', '0 s')
    """
    if abs(seconds) < 0.05:
        return "0 s"
    return f"{seconds:+.1f} s".replace("-", "−")


def _summary(retiming: Retiming) -> list[str]:
    outside = retiming.outside
    kept = len(retiming.takes) - len(outside)
    takes = f"{kept} of {_count(len(retiming.takes), 'take')} still {'fits' if kept == 1 else 'fit'} their windows"
    named = f"; outside: {', '.join(take.strip.id for take in outside)}." if outside else "."
    changes = [f"{len(retiming.vanished)} vanished", f"{len(retiming.appeared)} appeared"]
    windows = _count(len(retiming.moved), "window")
    return [takes + named, f"{windows} moved by at most {retiming.largest_shift_s:.1f} s, {' and '.join(changes)}."]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _print_written(made: Retimed, path: Path, broken: tuple[Violation, ...], orbit: Path) -> None:
    if made.rolled:
        say(f"Rolled anew: {', '.join(made.rolled)}.")
    for strip, why in made.left:
        say(f"Left outside: {strip}, because {why}.")
    say(f"Written to {path}. Add {orbit.name} to orbit in production.toml, and it is the board to check.")
    say(f"{_count(len(broken), 'rule')} {'is' if len(broken) == 1 else 'are'} broken." if broken else "No rule is broken.")


def document(production: Production, retiming: Retiming, notes: list[str]) -> dict[str, Any]:
    """Return a re-timing as JSON can hold it."""
    lights = {shot.id: str(shot.light) for scene in production.script.scenes for shot in scene.shots}
    return {
        "takes": [{"light": lights[take.strip.shot], **_take_row(take)} for take in retiming.takes],
        "windows": [
            {
                "shot": move.shot,
                "unit": move.unit,
                "shift_s": _rounded(move.shift_s),
                **_times("old", move.old),
                **_times("new", move.new),
            }
            for move in retiming.windows
        ],
        "fit": len(retiming.takes) - len(retiming.outside),
        "outside": [take.strip.id for take in retiming.outside],
        "vanished": len(retiming.vanished),
        "appeared": len(retiming.appeared),
        "largest_shift_s": _rounded(retiming.largest_shift_s),
        "notes": notes,
    }


def _take_row(take: TakeMove) -> dict[str, Any]:
    strip = take.strip
    return {
        "strip": strip.id,
        "unit": take.unit,
        "day": take.number,
        "roll_utc": utc_text(strip.roll_utc),
        "cut_utc": utc_text(strip.cut_utc),
        **_times("old", take.old),
        **_times("new", take.new),
        "edge_s": take.new.edge_s if take.new else None,
        "firm": take.new.firm if take.new else None,
        "shift_s": _rounded(take.shift_s),
        "fits": take.fits,
        "outside_s": _rounded(take.outside_s),
        **_times("nearest", take.nearest),
        "nearest_roll_utc": _text(take.roll_utc),
    }


def _times(name: str, window: Window | None) -> dict[str, str | None]:
    opens, closes = (window.open_utc, window.close_utc) if window else (None, None)
    return {f"{name}_open_utc": _text(opens), f"{name}_close_utc": _text(closes)}


def _text(at: datetime | None) -> str | None:
    return None if at is None else utc_text(at)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
