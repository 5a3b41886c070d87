"""The daily production report as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from cupola.model import Board, Production, pages_text
from cupola.paper.callsheet_words import unit_words
from cupola.paper.dpr import Dpr, SceneLine, Tally
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.wording import clock

Row = list[str]


def dpr_pdf(
    production: Production,
    board: Board,
    report: Dpr,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return a daily production report as a tagged PDF."""
    say = phrases
    title = f"{report.title}, {say('dpr').casefold()}, {unit_words(report.unit, say)}, {report.day.number}"
    values = {
        "film": report.title,
        "board": report.board,
        "unit": unit_words(report.unit, say),
        "day": say("shift-of", number=report.day.number, of=report.of),
        "when": say.date(report.day.date),
        "zone": say.word("zone", report.zone),
        "places": " · ".join(report.places),
        "times": _times(report, say),
        "tallies": _tallies(report, say),
        "scenes": [_scene(line, say) for line in report.lines],
        "owed": _owed(report, say),
        "cast": _cast(report, production),
        "background": [[name, str(count)] for name, count in report.form.background],
        "cards": [[card.name, card.used, str(card.copies)] for card in report.form.cards],
        "delays": [[say.figures("minutes", minutes=delay.minutes), delay.why] for delay in report.form.delays],
        "injuries": list(report.form.injuries),
        "notes": report.form.notes,
        "signatures": [say("second-director"), say("line-producer")],
    }
    return compiled("dpr.typ", title, board, paper, standards, values, phrases)


def _times(report: Dpr, say: Phrases) -> list[Row]:
    """What was planned and what was, and by how much it was late."""
    form, tz = report.form, report.tz
    meal = f"{clock(form.meal[0], tz)}-{clock(form.meal[1], tz)}" if form.meal else ""
    rows = [
        _time(say("call"), report.day.call_utc, form.call, report, say),
        _time(say("first-shot"), report.planned_first, form.first_shot, report, say),
        [say("meal"), "", meal, ""],
        _time(say("first-after-meal"), None, form.first_after_meal, report, say),
        _time(say("camera-wrap"), report.planned_wrap, form.camera_wrap, report, say),
        _time(say("last-out"), None, form.last_out, report, say),
    ]
    return [[cell or "–" for cell in row] for row in rows]


def _time(name: str, planned: datetime | None, done: datetime | None, report: Dpr, say: Phrases) -> Row:
    late = round((done - planned).total_seconds() / 60) if planned and done else 0
    return [
        name,
        clock(planned, report.tz) if planned else "",
        clock(done, report.tz) if done else "",
        say.figures("minutes", minutes=f"{late:+d}".replace("-", "−")) if late else "",
    ]


def _tallies(report: Dpr, say: Phrases) -> list[Row]:
    return [
        _tally(say("scenes"), report.scenes, _whole),
        _tally(say("pages"), report.eighths, _pages),
        _tally(say("minutes-of-film"), report.seconds, _film),
        _tally(say("setups"), report.setups, _whole),
    ]


def _tally(name: str, tally: Tally, write: Any) -> Row:
    known = (tally.scheduled, tally.today, tally.previous, tally.to_date, tally.remaining)
    return [name, *("–" if value is None else write(value) for value in known)]


def _whole(value: Fraction) -> str:
    return str(int(value))


def _pages(value: Fraction) -> str:
    return pages_text(int(value))


def _film(value: Fraction) -> str:
    minutes, seconds = divmod(int(value + Fraction(1, 2)), 60)
    return f"{minutes}:{seconds:02d}"


def _scene(line: SceneLine, say: Phrases) -> Row:
    shot = line.shot
    added = "" if line.meant or line.result == "not-shot" else f", {say('added')}"
    return [
        line.scene.number,
        say.word("ie", line.scene.int_ext),
        line.scene.place_words,
        pages_text(line.meant) if line.meant else "–",
        pages_text(shot.eighths) if shot and shot.eighths else "–",
        str(shot.setups) if shot and shot.setups else "–",
        _film(Fraction(shot.seconds)) if shot and shot.seconds else "–",
        say(line.result) + added,
        shot.note if shot else "",
    ]


def _owed(report: Dpr, say: Phrases) -> list[str]:
    lines = [
        say(key, pages=pages_text(sum(eighths for _, eighths in scenes)))
        + ": "
        + ", ".join(f"{number} ({pages_text(eighths)})" for number, eighths in scenes)
        for key, scenes in (("owed-now", report.owed), ("carried", report.carried))
        if scenes
    ]
    return lines or [say("nothing-owed")]


def _cast(report: Dpr, production: Production) -> list[Row]:
    tz, rows = report.tz, []
    for each in report.form.cast:
        member = production.member(each.role)
        rows.append(
            [
                str(member.board_id),
                each.role + (f", {member.name}" if member.name else ""),
                clock(each.came, tz) if each.came else "–",
                f"{clock(each.meal[0], tz)}-{clock(each.meal[1], tz)}" if each.meal else "–",
                clock(each.left, tz) if each.left else "–",
                str(each.travel_min) if each.travel_min else "–",
            ]
        )
    return rows
