"""Board × rates → cost."""

from cupola.money.deals import Engagement, engagement, journeys
from cupola.money.prices import ACCOUNTS, RIG, company_moves, cost, days_of, engagements, hour_cents
from cupola.money.terms import Terms, terms

__all__ = [
    "ACCOUNTS",
    "RIG",
    "Engagement",
    "Terms",
    "company_moves",
    "cost",
    "days_of",
    "engagement",
    "engagements",
    "hour_cents",
    "journeys",
    "terms",
]
