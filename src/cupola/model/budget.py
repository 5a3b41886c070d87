"""What stands in a budget beside the lines that a board makes, and the budget itself: lines, accounts, totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from cupola.model.money import Exchange, Rate

Section = Literal["above", "production", "orbit", "post", "other"]
SECTIONS: tuple[Section, ...] = ("above", "production", "orbit", "post", "other")
"""The blocks of a top sheet, in their order; all but the first are below the line."""

HireBy = Literal["day", "week", "4-day week"]
ActualKind = Literal["actual", "commitment", "etc"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChartAccount:
    """An account of a chart: a number of four digits, its title, and the block of the top sheet it stands in."""

    number: str
    title: str
    section: Section


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart of accounts: its accounts in order, and on which of them each kind of derived line is booked."""

    id: str
    title: str
    accounts: tuple[ChartAccount, ...]
    kinds: tuple[tuple[str, str], ...] = ()

    def account(self, number: str) -> ChartAccount | None:
        """Return the account a line of that number is booked on: the nearest at or below it within its hundred, else None."""
        below = [each for each in self.accounts if number[:2] == each.number[:2] and each.number <= number]
        return below[-1] if below else None

    def booked(self, kind: str) -> str:
        """Return the account of a kind of derived line; raises KeyError."""
        return dict(self.kinds)[kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRange:
    """Accounts from `first` to `last`, both included."""

    first: str
    last: str

    def __contains__(self, number: str) -> bool:
        return self.first <= number[:4] <= self.last

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fringe:
    """What comes on top of pay by law or agreement: `percent` of the pay on `accounts`.

    Pay of one person beyond `cutoff` in a picture, or in a calendar year, bears no more of it (None: all pay does).
    """

    id: str
    text: str
    percent: Fraction
    accounts: tuple[AccountRange, ...]
    cutoff: Rate | None = None
    per: Literal["picture", "year"] = "picture"
    source: str = "estimate"
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """A tax credit or rebate: `percent` of what is spent on `accounts`, at most `cap`, none below a spend of `least`."""

    text: str
    percent: Fraction
    accounts: tuple[AccountRange, ...]
    cap: Rate | None = None
    least: Rate | None = None
    source: str = "estimate"
    line: int = 0


Factor = Fraction | str
"""A number, or the name of a global or of a measure of the board (`days.main`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """A line entered by hand whose amount may follow the board: the product of `amount`, × `times` × `rate`.

    Unlike a fixed line it is no part of `Board.cost`. `price` names the entry of a price pack that `rate` was taken from.
    """

    account: str
    text: str
    amount: tuple[Factor, ...]
    times: Fraction = Fraction(1)
    unit: str = "allow"
    rate: Rate
    who: str = ""
    group: str = ""
    price: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Hire:
    """Gear or a stage kept from the first to the last day of a unit, or of its days at `places`.

    By the day each calendar day is paid; by the week each started week; by the 4-day week at most four days of each week.
    `rate` is that of a day, or of a week where it is hired by the week.
    """

    account: str
    text: str
    unit: str
    by: HireBy
    rate: Rate
    places: tuple[str, ...] = ()
    group: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceTerms:
    """What a place costs beside the days it is shot in: building, striking, and giving it back as it was."""

    place: str
    prep_days: int = 0
    prep: Rate | None = None
    strike_days: int = 0
    strike: Rate | None = None
    restore: Rate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Actual:
    """An entry of the books: paid (`actual`), ordered (`commitment`), or what is still to come (`etc`) on an account."""

    on: date
    account: str
    kind: ActualKind
    cents: int
    text: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetPlan:
    """What a production says of its budget beside rates, deals and fixed lines.

    Percents are of the accounts' sum, those in `spared` left out of it; groups in `without` are left out of the budget.
    """

    chart: Chart | None = None
    exchanges: tuple[Exchange, ...] = ()
    globals: tuple[tuple[str, Fraction], ...] = ()
    fringes: tuple[Fringe, ...] = ()
    charges: tuple[Charge, ...] = ()
    hires: tuple[Hire, ...] = ()
    places: tuple[PlaceTerms, ...] = ()
    credits: tuple[Credit, ...] = ()
    contingency_percent: Fraction = Fraction(0)
    overhead_percent: Fraction = Fraction(0)
    bond_percent: Fraction = Fraction(0)
    spared: tuple[AccountRange, ...] = ()
    without: tuple[str, ...] = ()
    actuals: tuple[Actual, ...] = ()


NO_PLAN = BudgetPlan()
"""The plan of a production that says nothing of its budget."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """Minor units that may be a range; `low`, `likely` and `high` are equal where the figure is certain."""

    low: int
    likely: int
    high: int

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high)

    def __sub__(self, other: Estimate) -> Estimate:
        """Subtract what rises and falls together with this figure, low from low and high from high."""
        return Estimate(low=self.low - other.low, likely=self.likely - other.likely, high=self.high - other.high)


NOTHING = Estimate(low=0, likely=0, high=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetLine:
    """One line: `amount` × `times` × `rate` = `cost`, rounded half up once, and where on the board it comes from.

    `kind` is that of `CostLine`, or one of agency, loan-out, per diem, rehearsal, fitting, penalty, prep, strike, restore,
    hire, charge, fringe. A `direct` line is part of `Board.cost`. A line in percent (`unit` "%") has its base as rate; `of` are
    the places in the budget's list of the lines that make up that base, cut off at `cutoff` where there is one; empty where the
    base is no sum of whole lines. `strips` and `days` are what on the board made it; `line` is its entry in production.toml.
    """

    account: str
    kind: str
    who: str
    text: str
    amount: Fraction
    unit: str
    rate: Estimate
    cost: Estimate
    source: str
    times: Fraction = Fraction(1)
    direct: bool = False
    strips: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    of: tuple[int, ...] = ()
    cutoff: int | None = None
    group: str = ""
    quoted: Rate | None = None
    line: int = 0

    @property
    def is_percent(self) -> bool:
        return self.unit == "%"

    @property
    def is_exact(self) -> bool:
        """Whether a foreign rate is exchanged exactly in the line's cost, not first rounded to a rate of whole minor units."""
        return self.kind in ("charge", "hire") or (self.kind == "fixed" and not self.who)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A percentage of a base at the foot of a top sheet: contingency, overhead, bond, a credit.

    `base` is what the percent is taken of; for a credit, `accounts` are those it is spent on and `cap` is the most it gives.
    """

    text: str
    percent: Fraction
    base: Estimate
    cost: Estimate
    source: str = ""
    accounts: tuple[AccountRange, ...] = ()
    cap: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BudgetAccount:
    """An account with its lines, as places in the budget's list, and their sum."""

    number: str
    title: str
    section: Section
    lines: tuple[int, ...]
    cost: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """What a film costs on a board: every line, by account; what comes on top; what comes back.

    `gross` is all that is spent; `net` is what is left of it when credits and rebates have come back.
    """

    title: str
    board: str
    currency: str
    lines: tuple[BudgetLine, ...]
    accounts: tuple[BudgetAccount, ...]
    contingency: Share | None = None
    overhead: Share | None = None
    bond: Share | None = None
    credits: tuple[Share, ...] = ()
    spared: tuple[AccountRange, ...] = ()

    def section(self, *names: Section) -> Estimate:
        """Return the sum of blocks of the top sheet."""
        return sum((each.cost for each in self.accounts if each.section in names), NOTHING)

    @property
    def above(self) -> Estimate:
        """Above the line: story, producers, director, cast."""
        return self.section("above")

    @property
    def below(self) -> Estimate:
        """Below the line: everything else."""
        return self.section(*SECTIONS[1:])

    @property
    def gross(self) -> Estimate:
        shares = (self.contingency, self.overhead, self.bond)
        return sum((each.cost for each in shares if each), self.above + self.below)

    @property
    def net(self) -> Estimate:
        return self.gross - sum((credit.cost for credit in self.credits), NOTHING)

    @property
    def groups(self) -> tuple[tuple[str, Estimate], ...]:
        """The sum of each group of lines, in the order they first appear."""
        names = dict.fromkeys(line.group for line in self.lines if line.group)
        return tuple((name, sum((line.cost for line in self.lines if line.group == name), NOTHING)) for name in names)
