"""The budget tables of production.toml, and the files beside it, as one plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from cupola.errors import RateError
from cupola.files.actuals import read_actuals
from cupola.files.deals import percent
from cupola.files.documents import ProductionDoc
from cupola.files.documents_money import ChargeDoc, ChartDoc, PriceDoc
from cupola.files.entries import MoneyDoc
from cupola.files.folder import Toml, inside, read_toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.files.people import Priced
from cupola.files.prices import PricePack, price_packs
from cupola.files.shape import shaped_as
from cupola.model import CastMember, Rate, Unit
from cupola.model.budget import (
    AccountRange,
    Actual,
    BudgetPlan,
    Charge,
    Chart,
    Credit,
    Factor,
    Fringe,
    Hire,
    PlaceTerms,
)
from cupola.model.money import Exchange
from cupola.money.chart import chart_of, film_chart
from cupola.money.measures import measure_names


class PlanReader:
    """Reads the budget tables of one production.toml; every method raises RateError or ProductionError with file and line."""

    def __init__(
        self,
        folder: Path,
        doc: ProductionDoc,
        toml: Toml,
        priced: Priced,
        exchanges: Mapping[str, Exchange],
        units: Sequence[Unit],
        cast: Sequence[CastMember],
    ) -> None:
        self.folder, self.doc, self.toml, self.priced, self.exchanges = folder, doc, toml, priced, exchanges
        self.units = [unit.id for unit in units]
        self.cast = [member.id for member in cast]
        self.chart = self._chart()
        self.known = (*doc.budget.globals, *measure_names(self.units, self.cast))
        self._packs: Mapping[str, PricePack] | None = None

    def plan(self) -> BudgetPlan:
        """Return all tables as values, checked against the chart and each other."""
        budget = self.doc.budget
        for number, line in enumerate(self.doc.line):
            self._account(line.account, ("line", number, "account"))
        chart = self.chart if budget.chart else None
        return BudgetPlan(
            chart=chart,
            exchanges=tuple(self.exchanges.values()),
            globals=tuple((name, percent(value)) for name, value in self.doc.budget.globals.items()),
            fringes=self._fringes(),
            charges=tuple(self._charge(each, ("charge", number)) for number, each in enumerate(self.doc.charge)),
            hires=self._hires(),
            places=self._places(),
            credits=self._credits(),
            contingency_percent=percent(budget.contingency_percent),
            overhead_percent=percent(budget.overhead_percent),
            bond_percent=percent(budget.bond_percent),
            spared=self._ranges(budget.spared, ("budget", "spared")),
            without=budget.without,
            actuals=self._actuals(),
        )

    def _actuals(self) -> tuple[Actual, ...]:
        name = self.doc.budget.actuals
        if not name:
            return ()
        path = inside(self.folder, name, self.toml, ("budget", "actuals"))
        return read_actuals(path, self.doc.production.currency, self.chart)

    def _chart(self) -> Chart:
        name = self.doc.budget.chart
        if not name:
            return film_chart()
        path = inside(self.folder, name, self.toml, ("budget", "chart"))
        own = read_toml(path)[0]
        shaped_as(ChartDoc, own)
        chart = chart_of(path.stem, own.data)
        for kind, number in chart.kinds:
            if kind not in dict(film_chart().kinds):
                remedy = did_you_mean(kind, dict(film_chart().kinds))
                raise own.wrong(("kinds", kind), "no line is of this kind", value=kind, remedy=remedy)
            if chart.account(number) is None:
                rule, remedy = f"the chart has no account for the lines of kind {kind}", f'add {number} = "..." to the chart'
                raise own.wrong(("kinds", kind), rule, value=number, remedy=remedy, kind=RateError)
        return chart

    def _account(self, number: str, path: KeyPath) -> str:
        if self.chart.account(number) is None:
            near = [each.number for each in self.chart.accounts if each.number[0] == number[0]]
            remedy = f"accounts near it: {', '.join(near[:8])}" if near else "its accounts run from 1100 to 8999"
            raise self.toml.wrong(path, "the chart has no such account", value=number, remedy=remedy, kind=RateError)
        return number

    def _ranges(self, spans: Sequence[str], path: KeyPath) -> tuple[AccountRange, ...]:
        found = []
        for span in spans:
            first, _, last = span.partition("-")
            if last and last < first:
                raise self.toml.wrong(path, "accounts run from low to high", value=span, remedy="swap the two", kind=RateError)
            found.append(AccountRange(first=first, last=last or first))
        return tuple(found)

    def _rate(self, money: MoneyDoc, path: KeyPath) -> Rate:
        rate = self.priced(money, path)
        assert rate is not None
        return rate

    def _charge(self, each: ChargeDoc, path: KeyPath) -> Charge:
        entry: PriceDoc | None = None
        if each.rate is not None:
            rate = self._rate(each.rate, (*path, "rate"))
        else:
            pack, entry = self._price(each.price, (*path, "price"))
            source = entry.rate.source if entry.rate.source != "estimate" else pack.source
            rate = replace(self._rate(entry.rate, (*path, "price")), source=source, on=entry.rate.date or pack.on)
        account = self._account(each.account or (entry.account if entry else ""), (*path, "account"))
        if each.who and each.who not in self.cast:
            remedy = did_you_mean(each.who, self.cast)
            raise self.toml.wrong(
                (*path, "who"), "a charge is for somebody of the cast, or nobody", value=each.who, remedy=remedy
            )
        return Charge(
            account=account,
            text=each.text or (entry.text if entry else ""),
            amount=self._factors(each.amount, (*path, "amount")),
            times=percent(each.times),
            unit=each.unit or (entry.unit if entry else "allow"),
            rate=rate,
            who=each.who,
            group=each.group,
            price=each.price,
            line=self.toml.line(path),
        )

    def _price(self, name: str, path: KeyPath) -> tuple[PricePack, PriceDoc]:
        if self._packs is None:
            self._packs = price_packs(self.folder, self.doc.budget.prices, self.toml)
        pack_name, _, price_name = name.partition("/")
        pack = self._packs.get(pack_name)
        if pack is None:
            remedy = did_you_mean(pack_name, self._packs)
            raise self.toml.wrong(path, "no price pack of this name", value=name, remedy=remedy, kind=RateError)
        entry = pack.price(price_name)
        if entry is None:
            remedy = did_you_mean(price_name, [each.id for each in pack.prices])
            raise self.toml.wrong(path, f"the pack {pack.name} has no such price", value=name, remedy=remedy, kind=RateError)
        return pack, entry

    def _factors(self, amount: float | str, path: KeyPath) -> tuple[Factor, ...]:
        """Read `travellers * span_days.orbit`: numbers, globals and measures, with stars between them."""
        if not isinstance(amount, str):
            return (percent(amount),)
        factors: list[Factor] = []
        for word in (part.strip() for part in amount.split("*")):
            if re.fullmatch(r"\d{1,12}(\.\d{1,9})?", word):
                factors.append(Fraction(word))
            elif word in self.known and self._countable(word):
                factors.append(word)
            else:
                remedy = did_you_mean(word, self.known, f"known: globals, and days.{self.units[0]}, weeks.{self.units[0]} …")
                rule = "an amount is a number, or globals and measures with * between them"
                raise self.toml.wrong(path, rule, value=word, remedy=remedy)
        return tuple(factors)

    def _countable(self, word: str) -> bool:
        orbit = {unit.id for unit in self.doc.unit if unit.kind == "orbit"}
        measure, _, of = word.partition(".")
        return word in self.doc.budget.globals or measure not in ("crew_hours", "spacewalks") or of in orbit

    def _hires(self) -> tuple[Hire, ...]:
        hires = []
        places = [place.id for place in self.doc.place]
        for number, each in enumerate(self.doc.hire):
            path: KeyPath = ("hire", number)
            if each.unit not in self.units:
                remedy = did_you_mean(each.unit, self.units)
                raise self.toml.wrong((*path, "unit"), "a hire needs a unit that exists", value=each.unit, remedy=remedy)
            for place in each.places:
                if place not in places:
                    remedy = did_you_mean(place, places)
                    raise self.toml.wrong((*path, "places"), "a hire needs places that exist", value=place, remedy=remedy)
            hires.append(
                Hire(
                    account=self._account(each.account, (*path, "account")),
                    text=each.text,
                    unit=each.unit,
                    by=each.by,
                    rate=self._rate(each.rate, (*path, "rate")),
                    places=each.places,
                    group=each.group,
                    line=self.toml.line(path),
                )
            )
        return tuple(hires)

    def _fringes(self) -> tuple[Fringe, ...]:
        return tuple(
            Fringe(
                id=each.id,
                text=each.text or each.id,
                percent=percent(each.percent),
                accounts=self._ranges(each.accounts, ("fringe", number, "accounts")),
                cutoff=self.priced(each.cutoff, ("fringe", number, "cutoff")),
                per=each.per,
                source=each.source,
                line=self.toml.line(("fringe", number)),
            )
            for number, each in enumerate(self.doc.fringe)
        )

    def _credits(self) -> tuple[Credit, ...]:
        return tuple(
            Credit(
                text=each.text,
                percent=percent(each.percent),
                accounts=self._ranges(each.accounts, ("credit", number, "accounts")),
                cap=self.priced(each.cap, ("credit", number, "cap")),
                least=self.priced(each.least, ("credit", number, "least")),
                source=each.source,
                line=self.toml.line(("credit", number)),
            )
            for number, each in enumerate(self.doc.credit)
        )

    def _places(self) -> tuple[PlaceTerms, ...]:
        terms = tuple(
            PlaceTerms(
                place=each.id,
                prep_days=each.prep_days,
                prep=self.priced(each.prep_rate, ("place", number, "prep_rate")),
                strike_days=each.strike_days,
                strike=self.priced(each.strike_rate, ("place", number, "strike_rate")),
                restore=self.priced(each.restore, ("place", number, "restore")),
            )
            for number, each in enumerate(self.doc.place)
        )
        return tuple(each for each in terms if each != PlaceTerms(place=each.place))
