"""The mass and stowage list and the data plan of a flight, as tables of words ready to be set."""

from __future__ import annotations

from cupola.model import Board, Production, Recording, pages_text
from cupola.paper.element_lists import Listing, Row, Section, trimmed
from cupola.paper.flight import card_name, length_text
from cupola.paper.flight_data import DataPlan, DayData, TakeData, data_plan, orbit_units
from cupola.paper.flight_kit import Bag, Load, stowage_list
from cupola.paper.html_board import unit_title
from cupola.paper.wording import clock, count_text, short_date

NO_KIT = "No kit is listed: add [[kit]] tables to production.toml."


def kit_listing(production: Production) -> Listing:
    """Return the mass and stowage list: what each ship carries, then every bag."""
    found = stowage_list(production)
    total = f"{count_text(found.pieces, 'piece')} of {mass_text(found.mass_kg)} in {count_text(len(found.bags), 'bag')}."
    return Listing(
        what="mass and stowage list",
        intro=(total, "Masses are those of the sources beside them; an estimate is to be weighed before it is packed."),
        sections=(_loads(found.loads), *(_bag(bag) for bag in found.bags)) if found.bags else (_no_kit(),),
        lying=True,
    )


def mass_text(kg: float) -> str:
    """Write a mass to ten grams.

    >>> mass_text(13.75), mass_text(0.004)
    ('13.75 kg', '0.00 kg')
    """
    return f"{kg:.2f} kg"


def _no_kit() -> Section:
    return Section(head=("Kit",), widths=(1.0,), rows=(), none=NO_KIT)


def _loads(loads: tuple[Load, ...]) -> Section:
    rows = [
        Row(
            cells=(
                load.ship,
                load.way,
                str(load.pieces),
                mass_text(load.mass_kg),
                "" if load.limit_kg is None else mass_text(load.limit_kg),
                "no limit given" if load.margin_kg is None else _margin(load.margin_kg),
            ),
            warn=load.margin_kg is not None and load.margin_kg < 0,
        )
        for load in loads
    ]
    return Section(
        title="Ships",
        head=("Ship", "Way", "Pieces", "Mass", "Limit", "Margin"),
        widths=(60, 20, 18, 26, 26, 1.0),
        right=frozenset({2, 3, 4}),
        rows=tuple(rows),
        none="No ship is named.",
    )


def _margin(kg: float) -> str:
    return f"{mass_text(kg)} left" if kg >= 0 else f"{mass_text(-kg)} too much"


def _bag(bag: Bag) -> Section:
    rows = tuple(
        Row(
            cells=(
                item.id,
                item.name,
                item.kind,
                str(item.count),
                mass_text(item.mass_kg),
                mass_text(item.total_kg),
                item.up or "aboard",
                item.down or "stays",
                item.source,
            )
        )
        for item in bag.items
    )
    return Section(
        title=bag.name,
        note=", ".join(word for word in (bag.module, mass_text(bag.mass_kg)) if word),
        head=("Id", "What", "Kind", "Pieces", "Each", "Mass", "Up", "Down", "Source"),
        widths=(24, 1.0, 18, 13, 19, 19, 30, 30, 1.2),
        right=frozenset({3, 4, 5}),
        bold=1,
        rows=rows,
        total=("", count_text(sum(item.count for item in bag.items), "piece"), "", "", "", mass_text(bag.mass_kg), "", "", ""),
    )


def data_listing(production: Production, board: Board) -> Listing:
    """Return the data and card plan of every orbit unit: rules, totals, then each crew day take by take."""
    plans = [data_plan(production, board, unit) for unit in orbit_units(production, board)]
    intro = tuple(line for plan in plans for line in _intro(plan))
    days = (_day(production, plan, day) for plan in plans for day in plan.days)
    return Listing(what="data and card plan", intro=intro, sections=(*(_summary(plan) for plan in plans), *days))


def _intro(plan: DataPlan) -> tuple[str, ...]:
    how, copies = plan.recording, plan.recording.copies
    return (
        f"{unit_title(plan.unit)}: {plan.seconds / 3600:.1f} h of picture, {size_text(plan.gb)}, "
        f"on {count_text(plan.cards, 'card')} of {size_text(how.card_gb)} in rotation.",
        f"Copies: {copies}, in {copies} bags that never travel together, each on {count_text(plan.drives, 'drive')} of "
        f"{size_text(how.drive_gb)}. No card is formatted before every copy exists.",
        f"Down as proxy: {size_text(plan.proxy_gb)}, {plan.proxy_min:.1f} min on the link. Masters come home by hand.",
        _basis(how),
    )


def _basis(how: Recording) -> str:
    return (
        f"Reckoned with {how.tb_per_h:g} TB an hour; {how.shooting_ratio:g} times the film's length where the script times no "
        f"take; copying at {how.copy_mb_s:g} MB/s; proxies of {how.proxy_mbit_s:g} Mbit/s over {how.downlink_mbit_s:g} Mbit/s. "
        f"{how.source[:1].upper()}{how.source[1:]}."
    )


def size_text(gb: float) -> str:
    """Write an amount of data, 1 TB = 1000 GB.

    >>> size_text(30750.0), size_text(68.4)
    ('30.75 TB', '68 GB')
    """
    return f"{gb / 1000:.4g} TB" if gb >= 1000 else f"{gb:.0f} GB"


def _summary(plan: DataPlan) -> Section:
    rows = tuple(
        Row(
            cells=(
                f"{day.day.number}",
                short_date(day.day.date),
                str(len(day.takes)),
                length_text(day.seconds),
                size_text(day.gb),
                _cards(day.cards),
                f"{clock(day.copied_utc)}, {short_date(day.copied_utc.date())}",
                f"{day.proxy_min:.1f} min",
            )
        )
        for day in plan.days
    )
    return Section(
        title="Crew days",
        head=("Day", "Date", "Strips", "Picture", "Data", "Cards", "Format from, UTC", "Proxy on the link"),
        widths=(10, 22, 13, 26, 20, 1.0, 34, 26),
        right=frozenset({2, 4}),
        rows=rows,
        total=(
            "",
            "",
            str(sum(len(day.takes) for day in plan.days)),
            length_text(plan.seconds),
            size_text(plan.gb),
            "",
            "",
            f"{plan.proxy_min:.1f} min",
        ),
        none="No crew day is on the board.",
    )


def _cards(cards: tuple[int, ...]) -> str:
    return ", ".join(card_name(card) for card in cards)


def _day(production: Production, plan: DataPlan, day: DayData) -> Section:
    rows = tuple(_take(production, take) for take in day.takes)
    bags = " · ".join(f"copy {chr(64 + n)} ____" for n in range(1, plan.recording.copies + 1))
    return trimmed(
        Section(
            title=f"Day {day.day.number}, {short_date(day.day.date)}",
            note=f"{bags} · formatted ____",
            head=("Strip", "Roll, UTC", "Set", "Pages", "Picture", "Data", "Cards"),
            widths=(18, 20, 1.0, 13, 26, 18, 34),
            right=frozenset({5}),
            rows=rows,
        )
    )


def _take(production: Production, take: TakeData) -> Row:
    scene = production.script.scene(take.strip.scene)
    return Row(
        cells=(
            take.strip.id,
            f"{take.strip.roll_utc:%H:%M:%S}",
            scene.place_words,
            pages_text(scene.eighths),
            length_text(take.seconds),
            size_text(take.gb),
            _cards(take.cards),
        )
    )
