"""The shape of a budget: fixed lines, rates of exchange, charges, hires, fringes, credits, price packs and charts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cupola.files.entries import AccountNumber, Amount, CalendarDay, Document, Money, Percent, Spans, Word, Words, slip


class LineDoc(Document):
    """`[[line]]`: a budget line that no order of shooting changes."""

    account: Annotated[str, Field(pattern=r"^\d{4}$")]
    text: Word
    amount: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    unit: str = "allow"
    rate: Money


class ExchangeDoc(Document):
    """`[currency.USD]`: what one unit of a foreign currency costs, and when."""

    rate: Word
    date: CalendarDay
    source: Word = "estimate"


class BudgetDoc(Document):
    """`[budget]`: the chart of accounts, what comes on top of the sum, and the files beside it."""

    chart: str = ""
    prices: Words = ()
    actuals: str = ""
    contingency_percent: Percent = 0.0
    overhead_percent: Percent = 0.0
    bond_percent: Percent = 0.0
    spared: Spans = ()
    without: Words = ()
    globals: dict[Word, Amount] = {}


class ChargeDoc(Document):
    """`[[charge]]`: a budget line entered by hand whose amount may follow the board; it does not steer the search."""

    account: AccountNumber | None = None
    text: str = ""
    amount: Amount | Word = 1.0
    times: Amount = 1.0
    unit: str = ""
    rate: Money | None = None
    price: str = ""
    who: str = ""
    group: str = ""

    @model_validator(mode="after")
    def _priced(self) -> ChargeDoc:
        if (self.rate is None) == (not self.price):
            remedy = 'write rate = "900 EUR", or price = "nasa-2021/crew-hour"'
            raise slip("a charge has a rate, or the price of a pack", remedy)
        if self.rate is not None and (self.account is None or not self.text):
            raise slip("a charge with a rate needs account and text", 'add account = "8000" and text = "..."')
        return self


class HireDoc(Document):
    """`[[hire]]`: gear or a stage kept from the first to the last day of a unit, or of its days at some places."""

    account: AccountNumber
    text: Word
    unit: Word
    by: Literal["day", "week", "4-day week"] = "day"
    rate: Money
    places: Words = ()
    group: str = ""


class FringeDoc(Document):
    """`[[fringe]]`: what law or agreements put on top of pay."""

    id: Word
    text: str = ""
    percent: Percent
    accounts: Spans
    cutoff: Money | None = None
    per: Literal["picture", "year"] = "picture"
    source: Word = "estimate"


class CreditDoc(Document):
    """`[[credit]]`: a tax credit or rebate: a percentage of what is spent on some accounts."""

    text: Word
    percent: Percent
    accounts: Spans
    cap: Money | None = None
    least: Money | None = None
    source: Word = "estimate"


class PriceDoc(Document):
    """`[[price]]` of a price pack: an entry of somebody's price list."""

    id: Word
    text: Word
    unit: Word
    account: AccountNumber
    rate: Money


class PricePackDoc(Document):
    """A price pack: whose list it is, as of when, and its prices."""

    title: Word
    date: CalendarDay
    source: Word
    price: tuple[PriceDoc, ...]


class ChartDoc(Document):
    """A chart of accounts: titles by number in each block of the top sheet, and the account of each kind of line."""

    title: Word
    source: str = ""
    above: dict[AccountNumber, Word] = {}
    production: dict[AccountNumber, Word] = {}
    orbit: dict[AccountNumber, Word] = {}
    post: dict[AccountNumber, Word] = {}
    other: dict[AccountNumber, Word] = {}
    kinds: dict[Word, AccountNumber] = {}
