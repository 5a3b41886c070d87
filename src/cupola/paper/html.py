"""The production book: a whole board as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence

from cupola.model import Board, FlightSky, Production, SunTimes, Unit, Violation, pages_text
from cupola.paper.colours import colours_of
from cupola.paper.html_board import board_html, colour_css, unit_title
from cupola.paper.html_tables import costs_html, dood_html, facts_html, violations_html
from cupola.paper.markup import Child, Markup, el, join
from cupola.paper.orbit_day import flight_of
from cupola.paper.parts import template
from cupola.paper.strips import counted_strips, days_of_unit
from cupola.paper.svg_chart import Progress, beta_and_night, progress_chart
from cupola.paper.svg_map import track_map
from cupola.paper.svg_orbit import flight_days, module_hues, module_key
from cupola.paper.wording import clock, date_text, share_text, short_date, whole_text

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
"""No request may leave the page, whatever stands in it."""


def report_html(
    production: Production,
    board: Board,
    *,
    flights: Sequence[FlightSky] = (),
    suns: Sequence[SunTimes] = (),
    violations: Sequence[Violation] = (),
    progress: Sequence[Progress] = (),
) -> str:
    """Return the production book of a board as one self-contained page.

    `flights` are found by the name of a unit's station; `suns` by place and date. Sections without anything to show
    are left out.
    """
    sections: list[tuple[str, str, str, Child]] = [
        ("broken", _rules_title(violations), "", violations_html(violations) if violations else None),
        (
            "board",
            "The board",
            "Strips in the order they are shot. Hover over a light for its whole line.",
            board_html(production, board),
        ),
        ("flight", "The flight", "", _flights(production, board, flights)),
        ("track", "The track", "", _tracks(production, board, flights)),
        ("sun", "The Sun on Earth", "Sunrise to sunset at each day's place, local time.", _suns(production, board, suns)),
        ("dood", "Day out of days", "Who works, is held, dropped and picked up.", dood_html(production, board)),
        ("costs", "Costs", _cost_note(board), costs_html(production, board)),
        (
            "progress",
            "Progress",
            "What the order of shooting can change: cost found and bound proven, second by second.",
            _progress(board, progress),
        ),
        ("facts", "Facts", "What the production rests on.", facts_html(production) if production.facts else None),
    ]
    shown = [(key, title, note, join([body])) for key, title, note, body in sections if body]
    nav = el("nav", [el("a", title, href=f"#{key}") for key, title, _, _ in shown], _finder(), aria_label="Sections")
    body = [
        _title_block(production, board, violations),
        nav,
        el("main", [_section(*section) for section in shown]),
        _footer(board),
    ]
    return _page(f"{production.title} · {board.title}", join(body), colour_css(colours_of(production)))


def _page(title: str, body: Markup, colours: str) -> str:
    head = [
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Markup(f"\n{template('report.css')}\n{colours}\n")),
    ]
    script = el("script", Markup(f"\n{template('report.js')}"))
    return f"<!DOCTYPE html>\n{el('html', el('head', head), el('body', body, script), lang='en')}\n"


def _section(key: str, title: str, note: str, body: Markup) -> Markup:
    return el("section", el("header", el("h2", title), el("p", note) if note else None), body, id=key)


def _title_block(production: Production, board: Board, violations: Sequence[Violation]) -> Markup:
    cells = [*_day_figures(production, board), *_cost_figures(board), _rule_figure(violations)]
    shot = counted_strips(board)
    pages = sum(production.script.scene(strip.scene).eighths for strip in board.strips if strip.id in shot)
    what = f"{len({strip.scene for strip in board.strips})} scenes, {pages_text(pages)} pages, {len(board.strips)} strips"
    return el(
        "header",
        el("p", "Production book", class_="over"),
        el("h1", production.title),
        el("p", f"{board_name(production, board)} · {what}", class_="under"),
        el("dl", cells, class_="figures"),
        class_="title",
    )


def board_name(production: Production, board: Board) -> str:
    """Name a board without the film's title, which stands above it."""
    name = board.title.removeprefix(production.title).lstrip(" ,·:-")
    return name[:1].upper() + name[1:] if name else board.title


def _figure(term: str, value: str, note: str = "", *, tone: str = "", unit: str = "") -> Markup:
    number = el("b", value, el("i", f" {unit}") if unit else None, class_=tone or None)
    return el("div", el("dt", term), el("dd", number, el("small", note) if note else None))


def _day_figures(production: Production, board: Board) -> list[Markup]:
    figures = []
    for unit in production.units:
        days = days_of_unit(board, unit.id)
        if days:
            span = f"{short_date(days[0].date)[4:]} – {short_date(days[-1].date)[4:]} {days[-1].date.year}"
            figures.append(_figure(f"Shooting days, {unit_title(unit)[5:]}", str(len(days)), span))
    return figures


def _cost_figures(board: Board) -> list[Markup]:
    currency = board.cost.currency
    bound = f"proven: at least {whole_text(board.bound_cents, currency)}" if board.bounds else "no bound known"
    figures = [_figure("Cost", whole_text(board.cost.total_cents, currency), bound, unit=currency)]
    if board.bounds:
        gap = f"{share_text(board.gap)} of the whole cost"
        figures.append(
            _figure("Not proven necessary", share_text(board.gap_controllable), f"of what the order can change; {gap}")
        )
    return figures


def _rules_title(violations: Sequence[Violation]) -> str:
    is_broken = any(found.kind == "broken" for found in violations)
    return "Broken rules" if is_broken else "Premiums and notes"


def _rule_figure(violations: Sequence[Violation]) -> Markup:
    broken = sum(found.kind == "broken" for found in violations)
    priced = sum(found.kind == "priced" for found in violations)
    if broken:
        return _figure("Broken rules", str(broken), "listed below", tone="bad")
    note = f"{priced} premium{'s' if priced > 1 else ''}, listed below" if priced else "judged apart from the solver"
    return _figure("Broken rules", "none", note)


def _cost_note(board: Board) -> str:
    return f"All amounts in {board.cost.currency}. A raised figure leads to the source of a rate."


def _progress(board: Board, progress: Sequence[Progress]) -> Child:
    if not progress:
        return None
    fixed = board.cost.total_cents - board.cost.controllable_cents
    return el("div", progress_chart(progress, board.cost.currency, fixed_cents=fixed), class_="wide")


def _skies(production: Production, board: Board, flights: Sequence[FlightSky]) -> list[tuple[Unit, FlightSky]]:
    pairs = [(unit, flight_of(flights, unit)) for unit in production.units if days_of_unit(board, unit.id)]
    return [(unit, flight) for unit, flight in pairs if flight is not None]


def _flights(production: Production, board: Board, flights: Sequence[FlightSky]) -> Child:
    return [_flight(production, board, unit, flight) for unit, flight in _skies(production, board, flights)]


def _flight(production: Production, board: Board, unit: Unit, flight: FlightSky) -> Markup:
    epoch = flight.elements_epoch_utc
    source = f"Elements of {date_text(epoch.date())}, {clock(epoch)} UTC."
    return el(
        "div",
        el("h3", flight.station, el("small", source)),
        module_key(production, module_hues(production, board, unit)),
        el("div", flight_days(production, board, unit, flight), class_="wide"),
        el("div", beta_and_night(flight), class_="wide below"),
        class_="unit",
    )


def _tracks(production: Production, board: Board, flights: Sequence[FlightSky]) -> Child:
    return [
        el("div", _track_key(), el("div", track_map(production, board, unit, flight), class_="wide"), class_="unit")
        for unit, flight in _skies(production, board, flights)
        if len(flight.track) > 1
    ]


def _track_key() -> Markup:
    marks = [
        ("lit", "rolled in sunlight"),
        ("unlit", "rolled in the Earth's shadow"),
        ("cross", "named target"),
        ("saa", "South Atlantic Anomaly"),
    ]
    return el("ul", [el("li", el("i", class_=f"key-{name}"), text) for name, text in marks], class_="key")


def _suns(production: Production, board: Board, suns: Sequence[SunTimes]) -> Child:
    used = {(strip.place, day.date) for day in board.days for strip in day.strips}
    names = {place.id: place.name for place in production.places}
    ids = {place.name: place.id for place in production.places}
    shown = [sun for sun in suns if (ids.get(sun.place, sun.place), sun.date) in used]
    if not shown:
        return None
    head = el(
        "tr",
        [
            el("th", name, scope="col", class_="num" if n > 1 else "")
            for n, name in enumerate(("Date", "Place", "First light", "Sunrise", "Noon", "Sun at noon", "Sunset", "Last light"))
        ],
    )
    rows = [_sun(sun, names.get(sun.place, sun.place)) for sun in sorted(shown, key=lambda sun: (sun.date, sun.place))]
    return el("div", el("table", el("thead", head), el("tbody", rows), class_="suns"), class_="wide")


def _sun(sun: SunTimes, place: str) -> Markup:
    times = (sun.civil_dawn_utc, sun.sunrise_utc, sun.noon_utc, sun.sunset_utc, sun.civil_dusk_utc)
    texts = ["–" if at is None else clock(at, sun.tz) for at in times]
    texts.insert(3, f"{sun.noon_altitude_deg:.0f}°")
    return el(
        "tr", el("th", short_date(sun.date), scope="row"), el("td", place), [el("td", text, class_="num") for text in texts]
    )


def _finder() -> Markup:
    return el(
        "label", el("span", "Find"), el("input", type="search", id="find", placeholder="scene, set, cast"), class_="finder"
    )


def _footer(board: Board) -> Markup:
    made = board.provenance
    facts = [
        ("inputs", made.production_digest[:16]),
        ("Cupola", made.cupola_version),
        ("seed", str(made.seed)),
        ("effort", made.effort),
        ("stopped by", made.stopped),
    ]
    return el("footer", el("dl", [el("div", el("dt", term), el("dd", value)) for term, value in facts if value]))
