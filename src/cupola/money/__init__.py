"""Board × rates → cost."""

from cupola.money.deals import Engagement, engagement, journeys
from cupola.money.prices import ACCOUNTS, RIG, company_moves, cost, days_of, engagements, hour_cents

__all__ = [
    "ACCOUNTS",
    "RIG",
    "Engagement",
    "company_moves",
    "cost",
    "days_of",
    "engagement",
    "engagements",
    "hour_cents",
    "journeys",
]
