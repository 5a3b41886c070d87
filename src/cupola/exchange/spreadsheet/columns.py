"""What the columns of a schedule are called, in English and in Russian, and which fact of a scene each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cupola.exchange.msd_names import word_of
from cupola.script.categories import CATEGORY_TABLE
from cupola.script.names import folded

KEEP, SKIP = "keep", "skip"
OWN = "category "
"""What a column of a category that is nobody's but the file's is said to be: `category Drones`."""
OWN_MARK = "(elements)"

NAMES: Mapping[str, str] = {
    "scene": "Scene;scene number;scene no;scene nr;scenes;scene numbers;sc;sc no;scn;сцена;сцены;номер сцены;номера сцен;сц",
    "heading": "Heading;scene heading;slugline;slug;scene header;заголовок;заголовок сцены",
    "int/ext": "I/E;int ext;ie;int or ext;interior exterior;инт нат;нат инт;инт экст;пав нат;интерьер натура;инт",
    "set": "Set;set name;set names;sets;set description;story location;script location;объект;объекты;съемочный объект",
    "day/night": "D/N;day night;dn;time of day;tod;day or night;режим;д н;день ночь;время суток;режим съемки",
    "location": "Location;locations;shooting location;filming location;practical location;place;место съемки;локация;натура",
    "script day": "Script day;script days;story day;story days;sd;сценарный день;экранный день;игровой день",
    "sequence": "Sequence;seq;эпизод",
    "synopsis": "Synopsis;description;scene description;summary;one liner;one line description;action;what happens;"
    "синопсис;содержание;краткое содержание;содержание сцены;описание;действие",
    "pages": "Pages;page count;pgs;pg;page length;length pages;scene length;страницы;страниц;кол во страниц;объем;стр",
    "eighths": "Eighths;8ths;page eighths;total eighths;восьмые;в восьмых",
    "minutes": "Minutes;est time;estimated time;est shoot time;shoot time;shooting time;est duration;time min;"
    "минуты;время съемки;плановое время",
    "script page": "Script page;script pages;page;page no;page number;script page number;страница сценария;стр сценария",
    "cast": "Cast;cast members;characters;character;cast list;roles;актеры;персонажи;роли;действующие лица;персонаж",
    "cast numbers": "Cast numbers;cast ids;cast id;cast no;cast nos;cast nrs;character ids;board ids;id;ids;"
    "номера актеров;номера персонажей;номера ролей",
    "comment": "Comments;comment;remarks;комментарий;комментарии;замечания",
    "date": "Date;shoot date;shooting date;shoot dates;дата;дата съемки;даты",
    "day": "Day;shoot day;shooting day;shoot days;day no;day number;shoot day number;production day;"
    "съемочный день;смена;номер смены;день съемки;сд;сд no",
    "unit": "Unit;shooting unit;units;группа;съемочная группа;юнит",
    "banner": "Banner;banners;day note;day notes;баннер;пометка дня",
    "elements": "Elements;breakdown;breakdown elements;элементы",
    KEEP: "sheet;sheet no;sheet number;no;nr;row;strip;strip no;лист;п п;номер",
}
"""Every fact with the names of its column; the first is the one that Cupola writes."""

FACTS: Mapping[str, str] = {
    "scene": "the scene's number",
    "heading": "the whole slugline: INT. KITCHEN - DAY",
    "int/ext": "INT, EXT or INT/EXT",
    "set": "the set, as in the heading",
    "day/night": "the time of day",
    "location": "the place on Earth where it is shot",
    "script day": "the day of the story: D3",
    "sequence": "the sequence",
    "synopsis": "what happens, in a line",
    "pages": "the length in pages and eighths: 1 3/8",
    "eighths": "the length in eighths alone: 11",
    "minutes": "the estimated shooting time: 90, or 1:30",
    "script page": "the page of the script",
    "cast": "names, numbers, or both: 1. ANNA, 2. IVO",
    "cast numbers": "the numbers of the cast alone",
    "comment": "comments",
    "date": "the day on which it is shot",
    "day": "the number of the shooting day",
    "unit": "the unit that shoots it; empty is the main one",
    "banner": "the text of a row that is no scene",
    "elements": "things of any category: prop: umbrella; vehicle: tram",
    KEEP: "carried along and written back, nothing more",
    SKIP: "left out",
}
"""What a column may be, beside a breakdown category."""

SCENE_FACTS = ("int/ext", "set", "day/night", "location", "script day", "sequence")
"""Facts that a schedule has as things that a sheet needs, one of each."""
ASKED = frozenset(("scene", "heading", "set"))
"""A sheet has one of these, or it is no schedule."""

_FACT_OF = {folded(name): fact for fact, names in NAMES.items() for name in names.split(";") if name}
_SPOKEN = str.maketrans({"#": " no ", "№": " no ", "&": " and "})
_SIGNLESS = str.maketrans("#№&", "   ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its head as it stands in the file, and what it holds, one of `FACTS`, a category's word, or `category NAME`."""

    head: str
    fact: str

    @property
    def category(self) -> str:
        """Our word for the category whose things stand in it; empty where it holds something else."""
        if self.fact.startswith(OWN):
            return " ".join(self.fact.removeprefix(OWN).casefold().split())
        return self.fact if self.fact in CATEGORY_TABLE and self.fact not in NAMES else ""

    @property
    def category_name(self) -> str:
        """The trade's name of its category."""
        own = self.fact.removeprefix(OWN)
        return own if self.fact.startswith(OWN) else CATEGORY_TABLE[self.fact].name


def is_fact(fact: str) -> bool:
    """Whether a column may be that."""
    return fact in FACTS or fact in CATEGORY_TABLE or bool(fact.startswith(OWN) and fact.removeprefix(OWN).strip())


def fact_of(head: str) -> str:
    """Return what a column of that head holds; empty where nobody knows.

    >>> fact_of("Scene #"), fact_of("I/E"), fact_of("Реквизит"), fact_of("Drones (elements)"), fact_of("My notes to self")
    ('scene', 'int/ext', 'prop', 'category Drones', '')
    """
    plain = " ".join(head.split())
    if plain.endswith(OWN_MARK):
        return f"{OWN}{plain.removesuffix(OWN_MARK).strip()}"
    spoken, signless = plain.translate(_SPOKEN), plain.translate(_SIGNLESS)
    if fact := _FACT_OF.get(folded(spoken)) or _FACT_OF.get(folded(signless)):
        return fact
    words = (word_of(text.rstrip(" :.")) for text in (plain, plain.replace("ё", "е"), spoken))
    return next((word for word in words if word in CATEGORY_TABLE), "")


def head_of(fact: str) -> str:
    """Return the head that Cupola writes over a column."""
    if fact in NAMES:
        return NAMES[fact].split(";", maxsplit=1)[0]
    if fact.startswith(OWN):
        return f"{fact.removeprefix(OWN)} {OWN_MARK}"
    return CATEGORY_TABLE[fact].name if fact in CATEGORY_TABLE else ""


def known_heads() -> tuple[str, ...]:
    """Return every name that a column may have, for who wants to know what was meant."""
    own = [name for names in NAMES.values() for name in names.split(";") if len(name) > 2]
    return (*own, *(name for one in CATEGORY_TABLE.values() for name in (one.name, *one.words)))
