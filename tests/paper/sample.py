# ruff: noqa: E501 - the rows of the film are a table, read across
"""A small film made by hand: three flight days aboard and four days on Earth, with every awkward text paper may meet.

The sky is plain arithmetic (a circular orbit of 92.97 min at 51.64°, nights that shrink from 34 to 24 min), not an
ephemeris: paper prints what it is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from cupola.model import (
    ANY_LIGHT,
    Banner,
    Board,
    Bound,
    CastMember,
    Clause,
    CrewMember,
    Dates,
    Day,
    Element,
    Elements,
    Fact,
    FixedLine,
    FlightSky,
    Light,
    Place,
    Production,
    Provenance,
    Rate,
    Revolution,
    Scene,
    Script,
    Shot,
    Station,
    StationUnit,
    Strip,
    SunTimes,
    Target,
    TrackPoint,
    Unit,
    Violation,
    Window,
)
from cupola.money import cost

EPOCH = datetime(2021, 10, 4, 17, 31, tzinfo=UTC)
DOCKED = datetime(2021, 10, 5, 12, 22, 31, tzinfo=UTC)
UNDOCKED = datetime(2021, 10, 17, 1, 14, tzinfo=UTC)
PERIOD = timedelta(minutes=92.97)
INCLINATION = math.radians(51.64)
MOSCOW = "Europe/Moscow"
LONG_SET = "КОРИДОР ЦЕНТРА УПРАВЛЕНИЯ ПОЛЁТАМИ, БАЛКОН ДЛЯ ГОСТЕЙ И ПРЕССЫ"[:60]
HOSTILE = "<script>alert('42')</script> #set $x^2$ [*bold*] \"quoted\" & `raw` @ref //no"


@cache
def flight() -> FlightSky:
    """Return the sky of the flight, by arithmetic."""
    count = int((UNDOCKED - DOCKED) / PERIOD) + 1
    revolutions = []
    for n in range(count):
        share, start = n / count, DOCKED + n * PERIOD
        dark = start + timedelta(minutes=22 + 9 * share)
        revolutions.append(
            Revolution(
                number=131 + n,
                start_utc=start,
                end_utc=start + PERIOD,
                beta_deg=-30 - 30 * math.sin(math.pi / 2 * min(1.0, share * 1.15)),
                night_open_utc=dark,
                night_close_utc=dark + timedelta(minutes=34 - 10 * share),
            )
        )
    nights = tuple(
        (rev.night_open_utc, rev.night_close_utc) for rev in revolutions if rev.night_open_utc and rev.night_close_utc
    )
    steps = int((UNDOCKED - DOCKED).total_seconds() // 60)
    track = tuple(_track_point(DOCKED + timedelta(minutes=m), nights) for m in range(steps + 1))
    return FlightSky(
        station="ISS",
        start_utc=DOCKED,
        end_utc=UNDOCKED,
        revolutions=tuple(revolutions),
        nights=nights,
        track=track,
        elements_epoch_utc=EPOCH,
    )


def _track_point(at: datetime, nights: Sequence[tuple[datetime, datetime]]) -> TrackPoint:
    seconds = (at - DOCKED).total_seconds()
    along = 2 * math.pi * seconds / PERIOD.total_seconds()
    east = math.degrees(math.atan2(math.cos(INCLINATION) * math.sin(along), math.cos(along)))
    lon = (east + 40 - seconds / 86164 * 360 + 180) % 360 - 180
    return TrackPoint(
        at_utc=at,
        lat_deg=math.degrees(math.asin(math.sin(INCLINATION) * math.sin(along))),
        lon_deg=lon,
        altitude_km=421,
        sunlit=not any(a <= at < b for a, b in nights),
    )


def _sun(place: str, day: date, tz: str, rise: str, noon: str, fall: str, high: float) -> SunTimes:
    def at(text: str, minutes: int = 0) -> datetime:
        local = datetime.combine(day, time.fromisoformat(text), tzinfo=ZoneInfo(tz))
        return local.astimezone(UTC) + timedelta(minutes=minutes)

    return SunTimes(
        place=place,
        date=day,
        tz=tz,
        civil_dawn_utc=at(rise, -46),
        sunrise_utc=at(rise),
        noon_utc=at(noon),
        noon_altitude_deg=high,
        sunset_utc=at(fall),
        civil_dusk_utc=at(fall, 46),
    )


def suns() -> tuple[SunTimes, ...]:
    """Return the Sun over the Earth days."""
    days = [date(2022, 6, 14) + timedelta(days=n) for n in range(4)]
    return (
        *(_sun("star-city", day, MOSCOW, "03:44:10", "12:28:40", "21:14:02", 57.6) for day in days),
        _sun("steppe", date(2022, 6, 22), "Asia/Qyzylorda", "05:08:31", "13:47:05", "22:25:44", 67.5),
    )


ORBITAL = {"sunrise": "orbital sunrise", "sunset": "orbital sunset", "night": "orbital night", "day": "orbital day"}


def light(word: str) -> Light:
    """Return a light by a short word; `over X` names a target."""
    if not word:
        return ANY_LIGHT
    if word.startswith("over "):
        return Light(clauses=(Clause(condition="over", argument=word[5:]),))
    return Light(clauses=(Clause(condition=ORBITAL.get(word, word)),))


@dataclass(frozen=True)
class Row:
    """One scene of the film: number, heading, eighths, cast by board id, light, synopsis, elements."""

    number: str
    int_ext: str
    hub: str
    set: str
    word: str
    eighths: int
    cast: tuple[int, ...]
    light: str = ""
    synopsis: str = ""
    props: tuple[str, ...] = ()
    takes: int = 1
    extra: str = ""


CAST = ("ZHENYA", "GLEB", "FOMIN", "АННА ПЕТРОВНА", "NAUMOV", "CONTROLLER")

ROWS = (
    Row("2", "INT", "ISS", "RASSVET", "DAY", 11, (2, 3), "", "A refrigeration unit keeps its appointment with Gleb's ribs.", ("refrigeration unit", "lanyard glasses")),
    Row("3", "INT", "ISS", "ZVEZDA", "ORBITAL NIGHT", 6, (2, 3), "night", "Gleb, strapped down, listens to his own lung.", ("stethoscope",)),
    Row("31", "INT", "ISS", "NAUKA", "DAY", 9, (1, 2), "", "Zhenya learns to move without touching anything sharp.", ("scalpel", "suction")),
    Row("42", "INT", "ISS", "CUPOLA", "ORBITAL SUNRISE", 3, (1,), "sunrise", "First light finds her asleep against the glass.", (), 3),
    Row("43", "INT", "ISS", "CUPOLA", "ORBITAL SUNSET", 2, (1, 2), "sunset", "Gleb names the cities as they go out.", ("photograph",)),
    Row("44", "INT", "ISS", "CUPOLA", "DAY", 2, (1,), "over Patagonia", "The end of a continent, the size of a thumbnail.", (), 1, "over Sahara"),
    Row("58", "INT", "ISS", "ZVEZDA", "DAY", 21, (1, 2, 3), "", "The operation.", ("scalpel", "suction", "chest drain", "head lamp")),
    Row("59", "INT", "ISS", "ZVEZDA", "ORBITAL NIGHT", 4, (1, 3), "night", "After. Nobody speaks."),
    Row("61", "EXT", "ISS", "CUPOLA", "ORBITAL SUNRISE", 1, (), "sunrise", HOSTILE),
    Row("7", "INT", "STAR CITY", "TRAINING HALL", "DAY", 12, (1, 5), "", "Two hundred and sixty-six hours of training in a minute and a half.", ("training suit",)),
    Row("8", "EXT", "STAR CITY", "BIRCH ALLEY", "DAWN", 4, (1,), "dawn", "She runs. The statue does not look up."),
    Row("9", "INT", "STAR CITY", "CENTRIFUGE", "DAY", 10, (1, 5), "", "Eight g, and a question about her daughter.", ("centrifuge gondola", "pulse monitor")),
    Row("11A", "INT", "STAR CITY", LONG_SET, "DAY", 15, (4, 6), "", "Анна Петровна ждёт. «Полёт» — это слово она больше не произносит.", ("flowers", "press passes")),
    Row("12", "EXT", "STAR CITY", "LAKE", "EVENING", 5, (1, 4), "evening golden hour", "Mother and daughter skip stones; one of them counts."),
    Row("13", "INT", "STAR CITY", "FLAT, KITCHEN", "NIGHT", 9, (1, 4), "", "Тишина. Чайник. Никто не говорит о том, что завтра.", ("kettle",)),
    Row("14", "INT", "STAR CITY", HOSTILE[:44], "NIGHT", 3, (5,), "", HOSTILE, (HOSTILE[:30],)),
    Row("70", "EXT", "BAIKONUR", "STEPPE, LANDING SITE", "DAWN", 13, (1, 2, 4), "dawn", "A black capsule on yellow grass. Twelve helicopters, one chair.", ("capsule", "12 helicopters", "chairs")),
    Row("71", "EXT", "BAIKONUR", "STEPPE, LANDING SITE", "DAY", 8, (1, 2), "day", "She asks which way is down."),
    Row("72", "EXT", "BAIKONUR", "STEPPE", "DUSK", 3, (1,), "dusk", "The plumb bob hangs straight."),
    Row("73", "EXT", "BAIKONUR", "STEPPE", "NIGHT", 2, (1, 5), "night", "A light goes over, rising in the west."),
    Row("74", "EXT", "BAIKONUR", "STEPPE", "BLUE HOUR", 2, (1,), "evening blue hour", "Nothing left to say, and a good light to say it in."),
    Row("90", "INT", "STAR CITY", "TRAINING HALL", "DAY", 4, (5, 6), "", "A scene nobody has found a day for."),
)  # fmt: skip


def scenes() -> tuple[Scene, ...]:
    """Return the scenes of the film, on lines 20 apart."""
    found = []
    for at, row in enumerate(ROWS):
        line = 40 + 20 * at
        shots = [Shot(scene=row.number, light=light(row.light), takes=row.takes, line=line)]
        if row.extra:
            shots.append(
                Shot(scene=row.number, letter="A", text=f"Insert: the view {row.extra}.", light=light(row.extra), line=line + 3)
            )
        found.append(
            Scene(
                number=row.number,
                heading=f"{row.int_ext}. {row.hub} - {row.set} - {row.word}",
                int_ext=row.int_ext,
                hub=row.hub,
                set=row.set,
                time_of_day=row.word,
                eighths=row.eighths,
                cast=tuple(CAST[n - 1] for n in row.cast),
                shots=tuple(shots),
                elements=tuple(Element(category="prop", name=name, line=line + 1) for name in row.props),
                synopsis=row.synopsis,
                line=line,
                end_line=line + 18,
            )
        )
    return tuple(found)


def rate(amount: int, source: str = "estimate") -> Rate:
    return Rate(cents=amount * 100, currency="RUB", source=source)


def crew() -> tuple[CrewMember, ...]:
    blocks = ((time(8, 0), time(12, 30)), (time(13, 30), time(19, 0)))
    return (
        CrewMember(
            id="director",
            name="Director-operator",
            duty="direction, camera, sound, light",
            blocks=blocks,
            hour=rate(180000),
            operates=True,
        ),
        CrewMember(id="lead", name="Lead actress", duty="lead, script, costume, props", blocks=blocks, hour=rate(180000)),
        CrewMember(
            id="host1",
            name="Host cosmonaut 1",
            duty="station systems",
            blocks=((time(8, 0), time(12, 0)), (time(14, 0), time(18, 0))),
            hour=rate(130000),
        ),
        CrewMember(
            id="host2",
            name="Host cosmonaut 2",
            duty="station systems",
            blocks=((time(9, 0), time(12, 30)), (time(13, 30), time(19, 0))),
            hour=rate(130000),
        ),
    )


SAA = (
    (-1.0, -48.0),
    (-5.0, -75.0),
    (-20.0, -88.0),
    (-38.0, -80.0),
    (-49.0, -50.0),
    (-50.0, -20.0),
    (-44.0, 8.0),
    (-33.0, 20.0),
    (-22.0, 8.0),
    (-10.0, -18.0),
)


def station() -> Station:
    elements = Elements(
        object_name="ISS (ZARYA)",
        object_id="1998-067A",
        norad_cat_id=25544,
        epoch_utc=EPOCH,
        mean_motion=15.4893,
        eccentricity=0.00042,
        inclination_deg=51.6444,
        ra_of_asc_node_deg=162.0,
        arg_of_pericenter_deg=55.0,
        mean_anomaly_deg=12.0,
        bstar=3.2e-5,
    )
    targets = (
        Target(name="Baikonur", lat_deg=45.96, lon_deg=63.31),
        Target(name="Moscow", lat_deg=55.75, lon_deg=37.62),
        Target(name="Patagonia", lat_deg=-49.3, lon_deg=-72.9),
        Target(name="Sahara", lat_deg=23.0, lon_deg=5.0),
    )
    return Station(name="ISS", elements=(elements,), targets=targets, saa=SAA)


def units() -> tuple[Unit, ...]:
    return (
        Unit(
            id="orbit",
            kind="orbit",
            first_utc=DOCKED,
            last_utc=UNDOCKED,
            days_off=(),
            call=time(8, 0),
            station=StationUnit(station=station(), crew=crew()),
        ),
        Unit(
            id="main",
            kind="earth",
            first_utc=datetime(2022, 6, 13, tzinfo=UTC),
            last_utc=datetime(2022, 7, 1, tzinfo=UTC),
            tz=MOSCOW,
            day_rate=rate(3_200_000),
            move_rate=rate(450_000),
        ),
    )


def places() -> tuple[Place, ...]:
    modules = ("Rassvet", "Zvezda", "Nauka", "Cupola")
    return (
        *(Place(id=name.lower(), name=name, hub="ISS", unit="orbit", sets=(name.upper(),)) for name in modules),
        Place(
            id="star-city",
            name="Star City",
            hub="Moscow",
            unit="main",
            lat_deg=55.878,
            lon_deg=38.112,
            tz=MOSCOW,
            day_rate=rate(600_000, "quoted by the site, 2022-03"),
        ),
        Place(
            id="flat",
            name="Flat in Shchyolkovo",
            hub="Moscow",
            unit="main",
            lat_deg=55.921,
            lon_deg=37.978,
            tz=MOSCOW,
            day_rate=rate(90_000),
        ),
        Place(
            id="steppe",
            name="Steppe near Zhezkazgan",
            hub="Zhezkazgan",
            unit="main",
            lat_deg=47.28,
            lon_deg=69.72,
            tz="Asia/Qyzylorda",
            day_rate=rate(250_000),
        ),
    )


def cast() -> tuple[CastMember, ...]:
    deals = (
        ("lead", 400_000, 200_000, None),
        ("", 250_000, 125_000, 14),
        ("", 180_000, 90_000, 14),
        ("", 120_000, 60_000, 3),
        ("", 90_000, 45_000, 5),
        ("", 40_000, 20_000, None),
    )
    aboard = {"ZHENYA": "lead", "GLEB": "host1", "FOMIN": "host2"}
    return tuple(
        CastMember(
            id=name,
            board_id=n,
            name="Мария-Александра Константинопольская" if n == 4 else "",
            aboard=aboard.get(name, ""),
            work=rate(work),
            hold=rate(hold),
            travel=rate(60_000),
            home_hub="Moscow",
            drop_days=drop,
            away=(Dates(first=date(2021, 9, 18), last=date(2021, 10, 30), why="quarantine and flight"),) if n == 1 else (),
        )
        for n, (name, (_, work, hold, drop)) in enumerate(zip(CAST, deals, strict=True), 1)
    )


@cache
def production() -> Production:
    """Return the film."""
    found = scenes()
    where = {"FLAT, KITCHEN": "flat", "RASSVET": "rassvet", "ZVEZDA": "zvezda", "NAUKA": "nauka", "CUPOLA": "cupola"}
    by_hub = {"STAR CITY": "star-city", "BAIKONUR": "steppe"}
    return Production(
        title="Plumb Line",
        folder="plumb-line",
        currency="RUB",
        script=Script(file="script.fountain", title="Plumb Line", scenes=found, pages=17.5),
        units=units(),
        places=places(),
        cast=cast(),
        fixed=(
            FixedLine(
                account="8000",
                text="Two seats to the station, up and down",
                amount=2,
                unit="seat",
                rate=rate(1_150_000_000, "estimate: reported prices of 2021, never published for this flight"),
            ),
            FixedLine(
                account="8200",
                text="Film kit to the station",
                amount=13.75,
                unit="kg",
                rate=rate(1_900_000, "estimate from public cargo prices"),
            ),
            FixedLine(account="1200", text="Producers", amount=1, unit="allow", rate=rate(38_000_000)),
            FixedLine(account="5000", text="Post-production", amount=1, unit="allow", rate=rate(210_000_000)),
        ),
        facts=(
            Fact(
                text="Soyuz MS-19 docked to Rassvet on 5 October 2021 at 12:22:31 UTC.",
                source="russianspaceweb.com/soyuz-ms-19.html",
            ),
            Fact(
                text="Soyuz MS-18 undocked from Nauka on 17 October 2021 at 01:14 UTC; docked span 11 d 12 h 51 min.",
                source="rossaprimavera.ru/news/ae8d168e",
            ),
            Fact(text="13.75 kg of film kit went ahead on Progress MS-17.", source="nsn.fm"),
        ),
        packs=("film-12h", "station-crew-day"),
        place_of=tuple((scene.number, where.get(scene.set) or by_hub[scene.hub]) for scene in found),
        digest="9f2c4e0b7a61d3c58e12f0a94b7d6c3318a5e2f7c04d9b6a1e8f35720c4db91e",
    )


def _at(day: date, text: str, tz: str = "UTC") -> datetime:
    return datetime.combine(day, time.fromisoformat(text), tzinfo=ZoneInfo(tz)).astimezone(UTC)


def _window(start: datetime, seconds: float, why: str, edge: float, *, firm: bool = True) -> Window:
    return Window(open_utc=start, close_utc=start + timedelta(seconds=seconds), edge_s=edge, firm=firm, why=why)


def _plain(scene: Scene, strip_id: str, place: str, start: datetime, minutes: int, part: tuple[int, int] = (1, 1)) -> Strip:
    end = start + timedelta(minutes=minutes)
    return Strip(
        id=strip_id,
        scene=scene.number,
        shot=scene.number,
        take=part[0],
        takes=part[1],
        place=place,
        cast=scene.cast,
        start_utc=start,
        roll_utc=start,
        cut_utc=end,
        end_utc=end,
    )


def _lit(
    scene: Scene,
    strip_id: str,
    shot: str,
    place: str,
    window: Window,
    roll_s: int,
    prep_min: int,
    late_s: float,
    part: tuple[int, int] = (1, 1),
) -> Strip:
    roll = window.open_utc + timedelta(seconds=round(window.edge_s + late_s))
    cut = roll + timedelta(seconds=roll_s)
    return Strip(
        id=strip_id,
        scene=scene.number,
        shot=shot,
        take=part[0],
        takes=part[1],
        place=place,
        cast=scene.cast,
        start_utc=roll - timedelta(minutes=prep_min),
        roll_utc=roll,
        cut_utc=cut,
        end_utc=cut + timedelta(minutes=3),
        window=window,
    )


def _orbit_days(by_number: dict[str, Scene], sky: FlightSky) -> tuple[Day, ...]:
    def night(day: date, n: int) -> tuple[datetime, datetime]:
        return [span for span in sky.nights if span[0] >= _at(day, "08:20")][n]

    def sunrise(day: date, n: int, *, firm: bool = True) -> Window:
        return _window(night(day, n)[1] - timedelta(seconds=15), 77, "orbital sunrise", 4 if firm else 22.5, firm=firm)

    def whole_night(day: date, n: int) -> Window:
        a, b = night(day, n)
        return Window(open_utc=a, close_utc=b, edge_s=4, firm=True, why="orbital night")

    def over(day: date, name: str, after: str) -> Window:
        target = next(target for target in station().targets if target.name == name)
        near = [
            point.at_utc
            for point in sky.track
            if point.at_utc >= _at(day, after)
            and abs(point.lat_deg - target.lat_deg) < 9
            and abs(point.lon_deg - target.lon_deg) < 14
        ]
        return _window(near[0], 154, f"over {name}", 6)

    d = [date(2021, 10, 8), date(2021, 10, 9), date(2021, 10, 10)]
    s = by_number
    rig = timedelta(minutes=25)

    def day(n: int, strips: Sequence[Strip]) -> Day:
        ordered = tuple(sorted(strips, key=lambda strip: strip.start_utc))
        first = {strip.place: strip.start_utc for strip in reversed(ordered)}
        banners = tuple(
            Banner(text=f"Rig {place.title()}", start_utc=start - rig, end_utc=start)
            for place, start in sorted(first.items(), key=lambda item: item[1])
        )
        call = min([banner.start_utc for banner in banners])
        return Day(
            unit="orbit", date=d[n], number=n + 1, call_utc=call, wrap_utc=ordered[-1].end_utc, strips=ordered, banners=banners
        )

    return (
        day(
            0,
            [
                _plain(s["2"], "2", "rassvet", _at(d[0], "08:30"), 95),
                _lit(s["3"], "3", "3", "zvezda", whole_night(d[0], 2), 1200, 25, 240),
                _lit(s["42"], "42-1", "42", "cupola", sunrise(d[0], 4), 45, 20, 6, (1, 3)),
                _lit(s["44"], "44", "44", "cupola", over(d[0], "Patagonia", "16:40"), 40, 20, 30),
            ],
        ),
        day(
            1,
            [
                _plain(s["31"], "31", "nauka", _at(d[1], "08:30"), 80),
                _lit(s["42"], "42-2", "42", "cupola", sunrise(d[1], 2), 45, 20, 6, (2, 3)),
                _lit(s["44"], "44/A", "44/A", "cupola", over(d[1], "Sahara", "14:00"), 40, 20, 30),
                _lit(
                    s["43"],
                    "43",
                    "43",
                    "cupola",
                    _window(night(d[1], 3)[0] - timedelta(seconds=62), 77, "orbital sunset", 4),
                    50,
                    20,
                    6,
                ),
                _lit(s["42"], "42-3", "42", "cupola", sunrise(d[1], 5), 45, 20, 6, (3, 3)),
            ],
        ),
        day(
            2,
            [
                _plain(s["58"], "58-1", "zvezda", _at(d[2], "08:25"), 100, (1, 2)),
                _plain(s["58"], "58-2", "zvezda", _at(d[2], "10:05"), 100, (2, 2)),
                _lit(s["59"], "59", "59", "zvezda", whole_night(d[2], 4), 600, 25, 300),
                _lit(s["61"], "61", "61", "cupola", sunrise(d[2], 6, firm=False), 30, 20, 0),
            ],
        ),
    )


def _earth_days(by_number: dict[str, Scene]) -> tuple[Day, ...]:
    d = [date(2022, 6, 14), date(2022, 6, 15), date(2022, 6, 17), date(2022, 6, 22)]
    s = by_number
    kz = "Asia/Qyzylorda"

    def lit(
        number: str,
        place: str,
        day: date,
        opens: str,
        closes: str,
        roll: str,
        minutes: int,
        prep: int,
        why: str,
        tz: str = MOSCOW,
    ) -> Strip:
        window = Window(open_utc=_at(day, opens, tz), close_utc=_at(day, closes, tz), edge_s=30, firm=True, why=why)
        start = _at(day, roll, tz)
        return Strip(
            id=number,
            scene=number,
            shot=number,
            take=1,
            takes=1,
            place=place,
            cast=s[number].cast,
            start_utc=start - timedelta(minutes=prep),
            roll_utc=start,
            cut_utc=start + timedelta(minutes=minutes),
            end_utc=start + timedelta(minutes=minutes),
            window=window,
        )

    def day(n: int, call: str, wrap: str, meal: str, strips: Sequence[Strip], tz: str = MOSCOW) -> Day:
        start = _at(d[n], meal or "00:00", tz)
        return Day(
            unit="main",
            date=d[n],
            number=n + 1,
            call_utc=_at(d[n], call, tz),
            wrap_utc=_at(d[n], wrap, tz),
            strips=tuple(sorted(strips, key=lambda strip: strip.start_utc)),
            banners=(Banner(text="Meal", start_utc=start, end_utc=start + timedelta(minutes=60)),) if meal else (),
        )

    return (
        day(
            0,
            "08:00",
            "18:40",
            "12:30",
            [
                _plain(s["7"], "7", "star-city", _at(d[0], "08:30", MOSCOW), 240),
                _plain(s["9"], "9", "star-city", _at(d[0], "14:00", MOSCOW), 200),
                _plain(s["14"], "14", "star-city", _at(d[0], "17:50", MOSCOW), 50),
            ],
        ),
        day(
            1,
            "10:00",
            "21:55",
            "15:15",
            [
                _plain(s["11A"], "11A", "star-city", _at(d[1], "10:15", MOSCOW), 300),
                _plain(s["13"], "13", "flat", _at(d[1], "17:15", MOSCOW), 180),
                lit("12", "star-city", d[1], "20:31:12", "21:44:50", "21:21:00", 20, 0, "evening golden hour"),
            ],
        ),
        day(
            2,
            "02:30",
            "04:25",
            "",
            [
                lit("8", "star-city", d[2], "02:57:55", "04:31:20", "03:20:00", 20, 40, "dawn"),
            ],
        ),
        day(
            3,
            "15:00",
            "23:50",
            "19:30",
            [
                lit("71", "steppe", d[3], "05:08:31", "22:25:44", "15:30:00", 160, 15, "day", kz),
                lit("72", "steppe", d[3], "21:48:10", "23:03:25", "21:55:00", 25, 30, "dusk", kz),
                lit("74", "steppe", d[3], "22:50:02", "23:03:25", "22:52:00", 10, 12, "evening blue hour", kz),
                lit("73", "steppe", d[3], "23:03:25", "23:59:59", "23:15:00", 30, 8, "night", kz),
            ],
            kz,
        ),
    )


@cache
def board() -> Board:
    """Return the film's board, priced; scene 70 and 90 stand on no day."""
    film = production()
    by_number = {scene.number: scene for scene in film.script.scenes}
    days = (*_orbit_days(by_number, flight()), *_earth_days(by_number))
    price = cost(film, days)
    loose = {
        unit: sum(line.cents for line in price.lines if line.kind != "fixed" and _unit_of(line.who) == unit)
        for unit in ("orbit", "main")
    }
    return Board(
        title="Board 3, rain cover",
        days=days,
        boneyard=("70", "90"),
        cost=price,
        bounds=(
            Bound(unit="orbit", cents=loose["orbit"], method="every strip once, every module rigged once a day it is used"),
            Bound(unit="main", cents=round(loose["main"] * 0.83), method="days by pages and hubs, cast by distinct days"),
        ),
        provenance=Provenance(production_digest=film.digest, cupola_version="0.1.0", seed=1, effort="60 s, 2 workers"),
    )


def _unit_of(who: str) -> str:
    return "orbit" if who in {member.id for member in crew()} else "main"


def violations() -> tuple[Violation, ...]:
    return (
        Violation(
            rule="every scene",
            message="strip 70 (BAIKONUR - STEPPE, LANDING SITE, script line 360) is on no day",
            strips=("70",),
            remedy="Give it a day, or cut the scene from the script.",
        ),
        Violation(
            rule="meal",
            message="2022-06-15 has no free meal of 30 min",
            who="unit main",
            day=date(2022, 6, 15),
            clause="a meal of at least 30 minutes within 6 hours of call",
            remedy="Leave 30 min between two strips.",
        ),
    )


def progress() -> tuple[tuple[float, int | None, int | None, str], ...]:
    """Return how a search went: seconds, cost, bound, what happened."""
    end = board()
    fixed, low = end.cost.total_cents - end.cost.controllable_cents, end.bound_cents
    loose = end.cost.controllable_cents
    steps = (
        (0.4, None, 0.70, "bound of days"),
        (2.1, 1.42, 0.92, "first board"),
        (6.0, 1.23, 0.92, "insertion"),
        (14.5, 1.11, 0.97, "ruin and recreate"),
        (31.0, 1.03, 1.0, "column bound"),
        (52.0, 1.0, 1.0, "ruin and recreate"),
    )
    return tuple(
        (s, None if c is None else fixed + round(loose * c), fixed + round((low - fixed) * b), text) for s, c, b, text in steps
    )
