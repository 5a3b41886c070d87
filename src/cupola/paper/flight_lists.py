"""The mass and stowage list and the data plan of a flight, as tables of words ready to be set."""

from __future__ import annotations

from cupola.model import Board, Production, Recording
from cupola.paper.callsheet_words import unit_words
from cupola.paper.element_lists import Listing, Row, Section, length_head, length_words, trimmed
from cupola.paper.flight import card_name, length_text, size_text
from cupola.paper.flight_data import DataPlan, DayData, TakeData, data_plan, orbit_units
from cupola.paper.flight_kit import Bag, Load, stowage_list
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.wording import clock


def kit_listing(production: Production, phrases: Phrases = ENGLISH) -> Listing:
    """Return the mass and stowage list: what each ship carries, then every bag."""
    found, say = stowage_list(production), phrases
    total = say(
        "kit-in-all",
        pieces=lambda one: one.count(found.pieces, "piece"),
        kg=lambda one: one.decimal(found.mass_kg, 2),
        bags=lambda one: one.count(len(found.bags), "bag"),
    )
    return Listing(
        what=say("kit-list"),
        intro=(total, say("kit-basis")),
        sections=(_loads(found.loads, say), *(_bag(bag, say) for bag in found.bags)) if found.bags else (_no_kit(say),),
        lying=True,
    )


def mass_text(kg: float, say: Phrases = ENGLISH) -> str:
    """Write a mass to ten grams.

    >>> mass_text(13.75), mass_text(0.004)
    ('13.75 kg', '0.00 kg')
    """
    return say.figures("kg", mass=say.figures.decimal(kg, 2))


def _no_kit(say: Phrases) -> Section:
    return Section(head=(say("kit-of"),), widths=(1.0,), rows=(), none=say("no-kit"))


def _loads(loads: tuple[Load, ...], say: Phrases) -> Section:
    rows = [
        Row(
            cells=(
                load.ship,
                say.word("way", load.way),
                str(load.pieces),
                mass_text(load.mass_kg, say),
                "" if load.limit_kg is None else mass_text(load.limit_kg, say),
                say("no-limit") if load.margin_kg is None else _margin(load.margin_kg, say),
            ),
            warn=load.margin_kg is not None and load.margin_kg < 0,
        )
        for load in loads
    ]
    return Section(
        title=say("ships"),
        head=(say("ship"), say("way"), say("pieces"), say("mass"), say("limit"), say("margin")),
        widths=(60, 24, 18, 26, 26, 1.0),
        right=frozenset({2, 3, 4}),
        rows=tuple(rows),
        none=say("no-ship"),
    )


def _margin(kg: float, say: Phrases) -> str:
    return say("kg-left" if kg >= 0 else "kg-over", mass=lambda one: one.decimal(abs(kg), 2))


def _bag(bag: Bag, say: Phrases) -> Section:
    rows = tuple(
        Row(
            cells=(
                item.id,
                item.name,
                say.word("kit", item.kind),
                str(item.count),
                mass_text(item.mass_kg, say),
                mass_text(item.total_kg, say),
                item.up or say("on-station"),
                item.down or say("stays"),
                item.source,
            )
        )
        for item in bag.items
    )
    heads = ("id", "thing", "sort-of", "pieces", "each", "mass", "way-up", "way-down", "source")
    pieces = say.count(sum(item.count for item in bag.items), "piece")
    return Section(
        title=bag.name,
        note=", ".join(word for word in (bag.module, mass_text(bag.mass_kg, say)) if word),
        head=tuple(say(head) for head in heads),
        widths=(24, 1.0, 20, 13, 19, 19, 30, 30, 1.2),
        right=frozenset({3, 4, 5}),
        bold=1,
        rows=rows,
        total=("", pieces, "", "", "", mass_text(bag.mass_kg, say), "", "", ""),
    )


def data_listing(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return the data and card plan of every orbit unit: rules, totals, then each crew day take by take."""
    plans = [data_plan(production, board, unit) for unit in orbit_units(production, board)]
    intro = tuple(line for plan in plans for line in _intro(plan, phrases))
    days = (_day(production, plan, day, phrases) for plan in plans for day in plan.days)
    sections = (*(_summary(plan, phrases) for plan in plans), *days)
    return Listing(what=phrases("data-plan"), intro=intro, sections=sections)


def _intro(plan: DataPlan, say: Phrases) -> tuple[str, ...]:
    how = plan.recording
    return (
        say(
            "data-in-all",
            unit=lambda one: unit_words(plan.unit, one),
            hours=plan.seconds / 3600,
            size=lambda one: size_text(plan.gb, one),
            cards=lambda one: one.count(plan.cards, "card"),
            card=lambda one: size_text(how.card_gb, one),
        ),
        say(
            "data-copies",
            copies=how.copies,
            drives=lambda one: one.count(plan.drives, "drive"),
            drive=lambda one: size_text(how.drive_gb, one),
        ),
        say("data-proxy", size=lambda one: size_text(plan.proxy_gb, one), minutes=plan.proxy_min),
        _basis(how, say),
    )


def _basis(how: Recording, say: Phrases) -> str:
    counted = say(
        "data-basis",
        rate=f"{how.tb_per_h:g}",
        ratio=f"{how.shooting_ratio:g}",
        copying=f"{how.copy_mb_s:g}",
        proxy=f"{how.proxy_mbit_s:g}",
        link=f"{how.downlink_mbit_s:g}",
    )
    return f"{counted} {how.source[:1].upper()}{how.source[1:]}."


def _summary(plan: DataPlan, say: Phrases) -> Section:
    rows = tuple(
        Row(
            cells=(
                f"{day.day.number}",
                say.first.short_date(day.day.date),
                str(len(day.takes)),
                length_text(day.seconds, say),
                size_text(day.gb, say),
                _cards(day.cards),
                f"{clock(day.copied_utc)}, {say.first.short_date(day.copied_utc.date())}",
                _link(day.proxy_min, say),
            )
        )
        for day in plan.days
    )
    total = (
        "",
        "",
        str(sum(len(day.takes) for day in plan.days)),
        length_text(plan.seconds, say),
        size_text(plan.gb, say),
        "",
        "",
        _link(plan.proxy_min, say),
    )
    heads = ("script-day-short", "date-of", "strips", "picture", "data-of", "cards", "format-from", "proxy-link")
    return Section(
        title=say("crew-days"),
        head=tuple(say(head) for head in heads),
        widths=(10, 22, 15, 28, 20, 1.0, 36, 28),
        right=frozenset({2, 4}),
        rows=rows,
        total=total,
        none=say("no-crew-day"),
    )


def _link(minutes: float, say: Phrases) -> str:
    return say.figures("link-min", minutes=say.figures.decimal(minutes, 1))


def _cards(cards: tuple[int, ...]) -> str:
    return ", ".join(card_name(card) for card in cards)


def _day(production: Production, plan: DataPlan, day: DayData, say: Phrases) -> Section:
    rows = tuple(_take(production, take, say) for take in day.takes)
    bags = [say.first("copy-blank", letter=chr(64 + n)) for n in range(1, plan.recording.copies + 1)]
    heads = (say("strip"), say("roll-utc"), say("set"), length_head(say), say("picture"), say("data-of"), say("cards"))
    return trimmed(
        Section(
            title=say.first("day-number", number=day.day.number, date=say.first.short_date(day.day.date)),
            note=" · ".join([*bags, say.first("formatted-blank")]),
            head=heads,
            widths=(18, 22, 1.0, 13, 28, 18, 34),
            right=frozenset({5}),
            rows=rows,
        )
    )


def _take(production: Production, take: TakeData, say: Phrases) -> Row:
    scene = production.script.scene(take.strip.scene)
    return Row(
        cells=(
            take.strip.id,
            f"{take.strip.roll_utc:%H:%M:%S}",
            scene.place_words,
            length_words(scene.eighths, say),
            length_text(take.seconds, say),
            size_text(take.gb, say),
            _cards(take.cards),
        )
    )
