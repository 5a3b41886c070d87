"""`cupola windows`: when the light that each shot asks for is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cupola.cli.home import AsJson, folder_and_word
from cupola.cli.light import lit_shots, orbit_notes
from cupola.cli.picture import write_picture
from cupola.cli.say import print_json, print_table, say, utc_text
from cupola.errors import ProductionError
from cupola.model import Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cupola.model import Place, Production, Shot, Unit, Window

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
Picture = Annotated[
    Path | None, typer.Option("--picture", metavar="FILE", help="Draw the windows too: a timeline and a map, as .html or .svg.")
]
MapDay = Annotated[str, typer.Option("--day", metavar="DATE", help="The day of the map (default: the first with every light).")]
SceneNumber = Annotated[str, typer.Argument(metavar="SCENE", help="A scene (42) or one shot of it (42/A).")]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The windows of one shot, and how many seconds of one of them its longest roll needs."""

    shot: Shot
    place: Place
    unit: Unit
    where: Station | Place
    spans: tuple[Window, ...]
    need_s: int

    @property
    def is_hopeless(self) -> bool:
        """Whether no window, its uncertain edges given away, is long enough."""
        return all(span.usable_s < self.need_s for span in self.spans)

    @property
    def why_none(self) -> str:
        from cupola.sky import why_none

        edge_s = min((span.edge_s for span in self.spans), default=0.0)
        asked_s = self.need_s + 2 * edge_s
        return why_none(self.shot.light, self.where, start=self.unit.first_utc, end=self.unit.last_utc, at_least_s=asked_s)


def _edge_whys(answer: Answer) -> list[str]:
    """Say of each window why its edges may be off."""
    from cupola.sky.trust import trusts_in

    searched = answer.unit.first_utc, answer.unit.last_utc
    return [trust.cause for trust in trusts_in(answer.spans, answer.shot.light, answer.where, searched=searched)]


def _worst_edge(answer: Answer) -> str:
    """Say which window is off the most and why, where anything but the age of the elements moves it; else nothing."""
    if not (isinstance(answer.where, Station) and answer.spans):
        return ""
    whys = _edge_whys(answer)
    index = max(range(len(whys)), key=lambda n: answer.spans[n].edge_s)
    worst = answer.spans[index]
    return "" if ";" not in whys[index] else f"  ±{worst.edge_s:g} s on {worst.open_utc:%d %b %H:%M} UTC: {whys[index]}."


def windows(
    where: Where = "", number: SceneNumber = "", picture: Picture = None, day: MapDay = "", as_json: AsJson = False
) -> None:
    """List the windows of each shot that asks for light."""
    from cupola.files import read_production

    folder, scene = folder_and_word(where, number)
    production = read_production(folder)
    _known(production, scene)
    answers = _answers(production, scene)
    notes = orbit_notes(answer.unit for answer in answers)
    drawn = write_picture(production, answers, picture, scene=scene, day=day) if picture else None
    if as_json:
        told = {"windows": _rows(answers), "none": _none_rows(answers), "notes": notes}
        print_json(told | ({"picture": str(drawn)} if drawn else {}))
        return
    if drawn:
        say(f"Drawn in {drawn}.")
        return
    for answer in answers:
        _print(answer)
    if not answers:
        say(f"{f'Scene {scene}' if scene else 'This script'} asks for no light: any hour will do.")
    for note in notes:
        say(note)


def _known(production: Production, scene: str) -> None:
    from cupola.files import did_you_mean

    ids = [name for each in production.script.scenes for name in (each.number, *(shot.id for shot in each.shots))]
    if scene and scene not in ids:
        remedy = did_you_mean(scene, ids, "list them with: cupola script")
        raise ProductionError("the script has no such scene", value=scene, remedy=remedy, file=production.script.file)


def _answers(production: Production, scene: str) -> list[Answer]:
    from cupola.model.work import works_of
    from cupola.sky import windows_for

    need_s: dict[str, int] = {}
    for work in works_of(production):
        need_s[work.shot] = max(need_s.get(work.shot, 0), work.roll_s)
    answers: list[Answer] = []
    for unit, where, shots in lit_shots(production):
        asked = [shot for shot in shots if scene in ("", shot.scene, shot.id)]
        sky = windows_for((shot.light for shot in asked), where, start=unit.first_utc, end=unit.last_utc) if asked else {}
        for shot in asked:
            place = production.place_for(shot.scene)
            spans = sky[shot.light]
            answers.append(Answer(shot=shot, place=place, unit=unit, where=where, spans=spans, need_s=need_s[shot.id]))
    order = {each.number: index for index, each in enumerate(production.script.scenes)}
    return sorted(answers, key=lambda answer: (order[answer.shot.scene], answer.shot.letter))


def _print(answer: Answer) -> None:
    shot, unit = answer.shot, answer.unit
    title = f"{shot.id}  {shot.light}  at {answer.place.name}, script line {shot.line}"
    zone = ZoneInfo(unit.tz if unit.is_orbit else answer.place.tz)
    rows = [
        [
            f"{span.open_utc.astimezone(zone):%a %d %b %Y}",
            f"{span.open_utc.astimezone(zone):%H:%M:%S}",
            f"{span.close_utc.astimezone(zone):%H:%M:%S}",
            f"{int(span.length_s) // 60}:{int(span.length_s) % 60:02d}",
            f"±{span.edge_s:g} s",
            "yes" if span.firm else "no",
            span.why,
        ]
        for span in answer.spans
    ]
    if rows:
        print_table(title, ["Date", f"Opens ({zone.key})", "Closes", "Length", "Edge", "Firm", "Light"], rows, right=[3, 4])
    else:
        say(title)
    if edge := _worst_edge(answer):
        say(f"{edge}\n")
    if answer.is_hopeless:
        say(f"  {answer.why_none}\n")


def _rows(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    return [
        {
            "shot": answer.shot.id,
            "scene": answer.shot.scene,
            "light": light,
            "unit": answer.unit.id,
            "place": answer.place.id,
            "open_utc": utc_text(span.open_utc),
            "close_utc": utc_text(span.close_utc),
            "length_s": span.length_s,
            "edge_s": span.edge_s,
            "firm": span.firm,
            "why": span.why,
            "edge_why": edge_why,
            "line": answer.shot.line,
        }
        for answer, light in ((each, str(each.shot.light)) for each in answers)
        for span, edge_why in zip(answer.spans, _edge_whys(answer), strict=True)
    ]


def _none_rows(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    return [
        {"shot": answer.shot.id, "light": str(answer.shot.light), "why": answer.why_none, "line": answer.shot.line}
        for answer in answers
        if answer.is_hopeless
    ]
