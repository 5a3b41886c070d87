"""Board × rates → cost, budget, cost report, and the price of a drag."""

from cupola.money.books import CostReport, ReportRow, cost_report
from cupola.money.budget import budget
from cupola.money.chart import film_chart
from cupola.money.compare import ComparedAccount, Comparison, compare_budgets
from cupola.money.contracts import contracted
from cupola.money.deals import Engagement, engagement, journeys
from cupola.money.drag import Delta, DeltaLine, Pricer, price
from cupola.money.drops import Drop, best_drop, drops
from cupola.money.moves import Move, SwapDates, ToDate, moved
from cupola.money.prices import ACCOUNTS, RIG, company_moves, cost, days_of, engagements, hour_cents
from cupola.money.register import RateUse, rates_of
from cupola.money.sums import converted
from cupola.money.terms import Terms, terms

__all__ = [
    "ACCOUNTS",
    "RIG",
    "ComparedAccount",
    "Comparison",
    "CostReport",
    "Delta",
    "DeltaLine",
    "Drop",
    "Engagement",
    "Move",
    "Pricer",
    "RateUse",
    "ReportRow",
    "SwapDates",
    "Terms",
    "ToDate",
    "best_drop",
    "budget",
    "company_moves",
    "compare_budgets",
    "contracted",
    "converted",
    "cost",
    "cost_report",
    "days_of",
    "drops",
    "engagement",
    "engagements",
    "film_chart",
    "hour_cents",
    "journeys",
    "moved",
    "price",
    "rates_of",
    "terms",
]
