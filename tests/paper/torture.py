"""A film that no page was made for: forty roles, sets of sixty letters, twelve scenes a day, fourteen passes, all Cyrillic."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import sample

from cupola.model import Banner, Board, CastMember, Clause, Day, Element, Light, Place, Production, Scene, Shot, Strip, Window
from cupola.model.desk import Contact, Desk, Vehicle
from cupola.model.kit import Kit, KitItem
from cupola.money import cost
from cupola.paper.sides import SidesLine, SidesPage

SCENES_A_DAY, PASSES, ROLES = 12, 14, 40
SYNOPSIS = (
    "Съёмочная группа «Зенит» третий час ждёт у шлюза: щёлкают фермы, гудит вентиляция, экран гаснет и вспыхивает снова, "
    "а Евгения Юрьевна всё ещё не решила, объявить ли отъезд; подъём, объятия, тишина — и ничего больше."
)
EARTH_DAY, FLIGHT_DAY = date(2022, 6, 14), date(2021, 10, 8)


def set_of(n: int) -> str:
    """Return a set of sixty letters."""
    return f"{n:02d} КОРИДОР ЦЕНТРА УПРАВЛЕНИЯ ПОЛЁТАМИ, БАЛКОН ДЛЯ ПРЕССЫ И ГОСТЕЙ"[:60]


ROLE_NAMES = tuple(f"ЩЕКОЧИХИНА-{n:02d}" for n in range(1, ROLES + 1))


def scene(n: int, hub: str, light: Light, cast: tuple[str, ...]) -> Scene:
    number = f"A{100 + n}BPT2"
    things = (("prop", "щипцы хирургические"), ("wardrobe", "скафандр «Сокол»"), ("background", f"массовка, {n} прохожих"))
    return Scene(
        number=number,
        heading=f"НАТ. {hub} - {set_of(n)} - ВЕЧЕРНИЙ РЕЖИМ",
        int_ext="EXT" if n % 2 else "INT",
        hub=hub,
        set=set_of(n),
        time_of_day="ВЕЧЕРНИЙ РЕЖИМ",
        eighths=3 + n % 9,
        cast=cast,
        background=n,
        shots=(Shot(scene=number, light=light, takes=1, line=100 + n),),
        elements=tuple(
            Element(category=kind, name=f"{name} № {m}, запасной комплект", line=100 * n + m)
            for kind, name in things
            for m in range(1, 4)
        ),
        synopsis=f"{n}: {SYNOPSIS}",
        line=100 * n,
        end_line=100 * n + 18,
        script_day="Д12",
        page=n,
    )


@cache
def production() -> Production:
    film = sample.production()
    dusk = Light(clauses=(Clause(condition="evening golden hour"),))
    sunrise = Light(clauses=(Clause(condition="orbital sunrise"),))
    earth = [scene(n, "ЗВЁЗДНЫЙ", dusk, ROLE_NAMES if n == 1 else ROLE_NAMES[n : n + 9]) for n in range(1, SCENES_A_DAY + 1)]
    aboard = [scene(n, "МКС", sunrise, ROLE_NAMES[:3]) for n in range(41, 41 + PASSES)]
    crew = tuple(
        replace(member, name=f"Бортинженер {n}, Щёголева-Юрьевская", duty="камера, звук, свет и объектив у иллюминатора")
        for n, member in enumerate(sample.crew(), 1)
    )
    orbit, main = film.units
    assert orbit.station is not None
    orbit = replace(orbit, station=replace(orbit.station, crew=crew))
    place = Place(
        id="city",
        name="Звёздный городок, корпус двенадцатый, учебный зал имени Гагарина",
        hub="Звёздный городок",
        unit="main",
        lat_deg=55.878,
        lon_deg=38.112,
        tz=sample.MOSCOW,
        address="Щёлковский район, улица Юрия Гагарина, дом 1, подъезд 4",
        hospital="Щёлковская районная больница, Парковая улица, 8",
        parking="у северной проходной, за стадионом",
        base="столовая лётчиков, второй этаж",
    )
    module = Place(id="cupola", name="Купол, обзорный модуль", hub="МКС", unit="orbit")
    aboard_ids = {name: crew[n].id for n, name in enumerate(ROLE_NAMES[:3])}
    cast = tuple(
        CastMember(
            id=name,
            board_id=n,
            name=f"Исполнитель Двойная-Фамилия {n}",
            aboard=aboard_ids.get(name, ""),
            work=sample.rate(100_000),
            hold=sample.rate(50_000),
            pickup_min=45,
        )
        for n, name in enumerate(ROLE_NAMES, 1)
    )
    desk = Desk(
        director="Юлия Щербакова-Мышкина",
        producers=("Эдуард Жаворонков", "Фёкла Цыплухина"),
        address="Мосфильмовская улица, дом 1, корпус 3",
        phone="+7 495 000-00-00",
        channels=(("1", "режиссёрская группа"), ("2", "осветители и механики")),
        contacts=tuple(
            Contact(
                name=f"Щукина Юлия {n}", duty="ассистент по реквизиту", department="Постановочный цех", phone="+7 900 000-00-00"
            )
            for n in range(1, 13)
        ),
        vehicles=(Vehicle(name="Автобус «Икарус» № 3", driver="Жеребцов Фёдор", carries="массовка и грим"),),
    )
    item = {"kind": "camera", "bag": "Укладка 1, съёмочная", "module": "Наука", "up": "Прогресс МС-17", "source": "оценка"}
    kit = Kit(
        items=tuple(KitItem(id=f"КАМ-{n}", name=f"Камера запасная с бленд-шторкой {n}", mass_kg=1.25, **item) for n in range(9))
    )
    scenes = (*earth, *aboard)
    return replace(
        film,
        title="Щёголь и Фея: последний отъезд",
        script=replace(film.script, title="Щёголь", scenes=scenes),
        units=(orbit, main),
        places=(place, module),
        cast=cast,
        desk=desk,
        kit=kit,
        place_of=tuple((each.number, "city" if each in earth else "cupola") for each in scenes),
    )


def _strip(each: Scene, place: str, window: Window, prep_min: int, run_s: int) -> Strip:
    roll = window.open_utc + timedelta(seconds=window.edge_s + 5)
    cut = roll + timedelta(seconds=run_s)
    return Strip(
        id=f"{each.number}-1",
        scene=each.number,
        shot=each.number,
        take=1,
        takes=2,
        place=place,
        cast=each.cast,
        start_utc=roll - timedelta(minutes=prep_min),
        roll_utc=roll,
        cut_utc=cut,
        end_utc=cut + timedelta(minutes=2),
        window=window,
    )


def earth_day(scenes: tuple[Scene, ...], number: int, on: date) -> Day:
    first = sample._at(on, "08:00", sample.MOSCOW)
    strips = []
    for n, each in enumerate(scenes):
        opens = first + timedelta(minutes=20 + 55 * n)
        window = Window(
            open_utc=opens, close_utc=opens + timedelta(minutes=40), edge_s=30, firm=n % 2 == 0, why="evening golden hour"
        )
        strips.append(_strip(each, "city", window, 10, 25 * 60))
    meal = Banner(text="Meal", start_utc=strips[5].end_utc, end_utc=strips[6].start_utc)
    return Day(
        unit="main", date=on, number=number, call_utc=first, wrap_utc=strips[-1].end_utc, strips=tuple(strips), banners=(meal,)
    )


def flight_day(scenes: tuple[Scene, ...]) -> Day:
    """Return a crew day with a sunrise on each of fourteen orbits."""
    start = sample._at(FLIGHT_DAY, "01:00")
    nights = [span for span in sample.flight().nights if span[1] > start][:PASSES]
    strips = []
    for each, night in zip(scenes, nights, strict=True):
        window = Window(
            open_utc=night[1] - timedelta(seconds=15),
            close_utc=night[1] + timedelta(seconds=62),
            edge_s=4,
            firm=True,
            why="orbital sunrise",
        )
        strips.append(_strip(each, "cupola", window, 15, 40))
    rig = Banner(text="Rig Купол, обзорный модуль", start_utc=start, end_utc=strips[0].start_utc)
    return Day(
        unit="orbit",
        date=FLIGHT_DAY,
        number=1,
        call_utc=start,
        wrap_utc=strips[-1].end_utc,
        strips=tuple(strips),
        banners=(rig,),
    )


@cache
def board() -> Board:
    film = production()
    earth, aboard = film.script.scenes[:SCENES_A_DAY], film.script.scenes[SCENES_A_DAY:]
    days = (flight_day(aboard), *(earth_day(earth, n, EARTH_DAY + timedelta(days=n - 1)) for n in (1, 2)))
    return replace(
        sample.board(),
        title="План пятый, с запасом на дождь и отъезд",
        days=days,
        boneyard=(),
        bounds=(),
        cost=cost(film, days),
    )


def script_pages() -> list[SidesPage]:
    """Return a page for each scene; a page of a script has 61 columns."""
    return [
        SidesPage(
            label=str(each.page),
            lines=tuple(
                SidesLine(text=text, column=0, scene=each.number, begins=n == 0)
                for n, text in enumerate([*textwrap.wrap(each.heading, 61), "", *textwrap.wrap(each.synopsis, 61)])
            ),
        )
        for each in production().script.scenes
    ]
