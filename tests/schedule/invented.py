"""Productions invented from a seed: a feature on Earth with hubs, sets, cast and absences, for tests and benches."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from cupola.model import (
    ANY_LIGHT,
    CastMember,
    Clause,
    CrewMember,
    Dates,
    Light,
    Place,
    Production,
    Rate,
    Scene,
    Script,
    Shot,
    Station,
    StationUnit,
    Unit,
    Window,
)

FIRST = date(2027, 5, 3)


def rate(units: int) -> Rate:
    return Rate(cents=units * 100, currency="EUR", source="invented")


def windows_of(kind: str, days: int) -> tuple[Window, ...]:
    """Day 06:00-20:00 and night 22:00-04:00 UTC, golden hour 19:30-20:30, on each date."""
    hours = {"day": (6, 14.0), "night": (22, 6.0), "golden hour": (19.5, 1.0)}
    start, length = hours[kind]
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    opens = [midnight + timedelta(days=d, hours=start) for d in range(-1, days + 1)]
    return tuple(Window(open_utc=at, close_utc=at + timedelta(hours=length), edge_s=30, firm=True, why=kind) for at in opens)


def feature(
    scenes: int = 60, cast: int = 14, weeks: int = 6, seed: int = 0
) -> tuple[Production, dict[str, tuple[Window, ...]]]:
    """Return an invented production and its windows by shot."""
    R = random.Random(f"{seed},{scenes},{cast}")
    hub_sets = [5, 4, 3, 2] if scenes < 120 else [8, 6, 5, 3, 3, 3]
    sets = [(f"HUB{h}", f"SET{h}.{k}") for h, count in enumerate(hub_sets) for k in range(count)]
    popularity = [1 / (a + 1) ** 0.9 for a in range(cast)]
    home = [set(R.choices(range(cast), popularity, k=7)) for _ in sets]
    made, windows, place_of = [], {}, []
    for s in range(scenes):
        where = s if s < len(sets) else R.choices(range(len(sets)), [1 / (i % 8 + 1) ** 0.7 for i in range(len(sets))])[0]
        people = {
            R.choice(sorted(home[where])) if R.random() < 0.8 else R.choices(range(cast), popularity)[0]
            for _ in range(R.choice([1, 2, 2, 2, 3, 3, 4]))
        }
        if s < cast:
            people.add(s)
        kind = R.choices(["", "day", "night", "golden hour"], [58, 26, 11, 5])[0]
        light = Light(clauses=(Clause(condition=kind),)) if kind else ANY_LIGHT
        number = str(s + 1)
        shot = Shot(scene=number, light=light, line=s + 1)
        made.append(
            Scene(
                number=number,
                heading=f"{sets[where]}",
                int_ext="INT",
                hub=sets[where][0],
                set=sets[where][1],
                time_of_day="DAY",
                eighths=min(16, max(1, int(R.lognormvariate(1.15, 0.75)))),
                cast=tuple(f"C{a}" for a in sorted(people)),
                shots=(shot,),
                line=s + 1,
                end_line=s + 1,
            )
        )
        place_of.append((number, sets[where][1]))
        if kind:
            windows[number] = windows_of(kind, weeks * 7)
    members = tuple(
        CastMember(
            id=f"C{a}",
            board_id=a + 1,
            work=rate(max(8, int(250 / (a + 1) ** 0.8)) * 100),
            hold=rate(max(8, int(250 / (a + 1) ** 0.8)) * 100),
            drop_days=10,
            away=(Dates(first=FIRST + timedelta(days=10), last=FIRST + timedelta(days=14), why="other work"),)
            if a % 5 == 3
            else (),
        )
        for a in range(cast)
    )
    unit = Unit(
        id="main",
        kind="earth",
        first_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC),
        last_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=7 * weeks),
        page_min=150,
        day_rate=rate(90_000),
        move_rate=rate(45_000),
    )
    places = tuple(Place(id=name, name=name, hub=hub, unit="main", day_rate=rate(6_000)) for hub, name in sets)
    production = Production(
        title="Invented",
        folder="",
        currency="EUR",
        script=Script(file="invented", title="Invented", scenes=tuple(made)),
        units=(unit,),
        places=places,
        cast=members,
        packs=("film-12h",),
        place_of=tuple(place_of),
    )
    return production, windows


FILM_SETS = (8, 6, 5, 3, 3, 3)
"""Sets in each hub of a film-like production: 28 sets in 6 hubs."""


def film_like(
    scenes: int = 200, cast: int | None = None, weeks: int | None = None, seed: int = 0
) -> tuple[Production, dict[str, tuple[Window, ...]]]:
    """Return a feature as films are, and its windows by shot.

    200 scenes are about 816 eighths and 40 roles in 28 sets of 6 hubs, over 8 weeks of six days; about 26 eighths go into a
    day of at most three sets, a change of set costs three eighths of time; half of the scenes take any light, a third need
    the day, the rest the night; the lead is away for about half of the span (quarantine, flight, rehabilitation). Other sizes
    keep the proportions, small ones with a little more time.
    """
    cast = cast or max(6, scenes // 5)
    weeks = weeks or max(round(scenes / 25), round(scenes / 37.5 + 2.67))
    R = random.Random(f"film {seed},{scenes},{cast}")
    sets = [(h, f"SET{h}.{k}") for h, count in enumerate(FILM_SETS) for k in range(count)]
    weight = [1 / (i % 8 + 1) ** 0.7 * (1.6 if hub == 0 else 1) for i, (hub, _) in enumerate(sets)]
    popularity = [1 / (a + 1) ** 0.9 for a in range(cast)]
    home = [_some(R, popularity, 7) for _ in sets]
    drawn = []
    for s in range(scenes):
        where = s if s < len(sets) else R.choices(range(len(sets)), weight)[0]
        size, people = R.choice([1, 2, 2, 2, 3, 3, 4, 5]), set()
        while len(people) < size:
            people.add(R.choice(home[where]) if R.random() < 0.8 else R.choices(range(cast), popularity)[0])
        eighths = min(24, max(1, int(R.lognormvariate(1.15, 0.75))))
        drawn.append((where, people, eighths, R.choices(["", "day", "night"], [50, 35, 15])[0]))
    for a in range(cast):
        if not any(a in people for _, people, _, _ in drawn):
            R.choice(drawn)[1].add(a)
    flight = (round(weeks * 7 * 21 / 56), round(weeks * 7 * 47 / 56))
    away = {0: [flight]} | {a: [_absence(R, weeks)] for a in range(1, cast) if R.random() < 0.3}
    for _, people, _, _ in drawn:  # everybody in a scene is there together on eight days at least
        if _days_left(people, away, weeks) < min(8, weeks * 6 - 5):
            away = {a: spans for a, spans in away.items() if a == 0 or a not in people}
    numbers = [str(s + 1) for s in range(scenes)]
    lit = {kind: _shifts(kind, weeks * 7) for kind in ("day", "night")}
    windows = {number: lit[kind] for number, (*_, kind) in zip(numbers, drawn, strict=True) if kind}
    production = Production(
        title="Film-like",
        folder="",
        currency="EUR",
        script=Script(
            file="invented",
            title="Film-like",
            scenes=tuple(_drawn_scene(n, sets[w], e, p, k) for n, (w, p, e, k) in zip(numbers, drawn, strict=True)),
        ),
        units=(
            Unit(
                id="main",
                kind="earth",
                first_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC),
                last_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=7 * weeks),
                page_min=160,
                day_min=580,  # 26 eighths of 20 minutes, and the meal
                relight_min=60,
                max_sets=3,
                day_rate=rate(90_000),
                move_rate=rate(45_000),
            ),
        ),
        places=tuple(Place(id=f"HUB{h}", name=f"HUB{h}", hub=f"HUB{h}", unit="main", day_rate=rate(6_000)) for h in range(6)),
        cast=tuple(
            CastMember(
                id=f"C{a}",
                board_id=a + 1,
                work=(day_rate := rate(max(8, int(250 / (a + 1) ** 0.8 * R.uniform(0.8, 1.2))) * 100)),
                hold=day_rate,
                drop_days=10,
                away=tuple(
                    Dates(first=FIRST + timedelta(days=b), last=FIRST + timedelta(days=e), why="away")
                    for b, e in away.get(a, [])
                ),
            )
            for a in range(cast)
        ),
        place_of=tuple((number, f"HUB{sets[where][0]}") for number, (where, *_) in zip(numbers, drawn, strict=True)),
    )
    return production, windows


def _some(R: random.Random, popularity: list[float], count: int) -> list[int]:
    found: set[int] = set()
    while len(found) < min(count, len(popularity)):
        found.add(R.choices(range(len(popularity)), popularity)[0])
    return sorted(found)


def _absence(R: random.Random, weeks: int) -> tuple[int, int]:
    first = R.randrange(7 * weeks - 7)
    return first, first + R.randint(4, 11)


def _days_left(people: set[int], away: dict[int, list[tuple[int, int]]], weeks: int) -> int:
    spans = [span for a in people for span in away.get(a, [])]
    return sum(d % 7 != 6 and not any(first <= d <= last for first, last in spans) for d in range(7 * weeks))


def _shifts(kind: str, days: int) -> tuple[Window, ...]:
    """The day from 06:00 to 20:00, or the night from 20:00 to 06:00, on each date."""
    start, length = {"day": (6, 14), "night": (20, 10)}[kind]
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    opens = [midnight + timedelta(days=d, hours=start) for d in range(-1, days + 1)]
    return tuple(Window(open_utc=at, close_utc=at + timedelta(hours=length), edge_s=30, firm=True, why=kind) for at in opens)


def _drawn_scene(number: str, where: tuple[int, str], eighths: int, people: set[int], kind: str) -> Scene:
    hub, name = where
    light = Light(clauses=(Clause(condition=kind),)) if kind else ANY_LIGHT
    return Scene(
        number=number,
        heading=f"INT. HUB{hub} - {name}",
        int_ext="INT",
        hub=f"HUB{hub}",
        set=name,
        time_of_day=kind.upper(),
        eighths=eighths,
        cast=tuple(f"C{a}" for a in sorted(people)),
        shots=(Shot(scene=number, light=light, line=int(number)),),
        line=int(number),
        end_line=int(number),
    )


def flight(
    scenes: int = 40, days: int = 12, seed: int = 0, page_min: float = 90
) -> tuple[Production, dict[str, tuple[Window, ...]]]:
    """Return an invented flight: five modules, three people, sunrises every 92.97 min, and its windows by shot."""
    R = random.Random(f"flight {seed},{scenes}")
    begin = datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC)
    period = timedelta(minutes=92.97)
    rises = [begin + k * period for k in range(int(days * 1440 / 92.97))]
    sunrise = tuple(
        Window(open_utc=at, close_utc=at + timedelta(seconds=85), edge_s=8, firm=True, why="sunrise") for at in rises
    )
    daylight = tuple(Window(open_utc=at, close_utc=at + timedelta(minutes=62), edge_s=8, firm=True, why="day") for at in rises)
    made, windows, place_of = [], {}, []
    for s in range(scenes):
        kind = R.choices(["", "orbital sunrise", "orbital day"], [66, 17, 17])[0]
        number = str(s + 1)
        light = Light(clauses=(Clause(condition=kind),)) if kind else ANY_LIGHT
        sunrise_shot = kind == "orbital sunrise"
        shot = Shot(scene=number, light=light, takes=3 if sunrise_shot else 1, take_s=45 if sunrise_shot else None)
        module = R.choice("ZNRPC") if not kind else R.choice("CZ")
        made.append(
            Scene(
                number=number,
                heading=module,
                int_ext="INT",
                hub="ISS",
                set=module,
                time_of_day="",
                eighths=R.randint(2, 12),
                cast=tuple(sorted(R.sample(["HERO", "HOST"], R.randint(1, 2)))),
                shots=(shot,),
                line=s + 1,
                end_line=s + 1,
            )
        )
        place_of.append((number, module))
        if kind:
            windows[number] = sunrise if sunrise_shot else daylight
    long_day = ((time(7, 30), time(12, 30)), (time(13, 30), time(20, 30)))
    crew = tuple(
        CrewMember(id=name, name=name, duty=name, blocks=blocks, hour=rate(9000), operates=operates)
        for name, blocks, operates in (
            ("DIR", long_day, True),
            ("ACT", long_day, False),
            ("COS", ((time(8), time(12)), (time(14), time(19))), False),
        )
    )
    unit = Unit(
        id="orbit",
        kind="orbit",
        first_utc=begin + timedelta(hours=6),
        last_utc=begin + timedelta(days=days),
        page_min=page_min,
        days_off=(),
        day_rate=rate(40_000),
        station=StationUnit(station=Station(name="ISS", elements=()), crew=crew),
    )
    return (
        Production(
            title="Flight",
            folder="",
            currency="EUR",
            script=Script(file="invented", title="Flight", scenes=tuple(made)),
            units=(unit,),
            places=tuple(Place(id=m, name=m, hub="ISS", unit="orbit") for m in "ZNRPC"),
            cast=(CastMember(id="HERO", board_id=1, aboard="ACT"), CastMember(id="HOST", board_id=2, aboard="COS")),
            packs=("station-crew-day",),
            place_of=tuple(place_of),
        ),
        windows,
    )
