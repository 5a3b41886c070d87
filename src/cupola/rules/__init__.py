"""Board → what it breaks. The checker never looks at the solver."""

from cupola.rules.articles import ARTICLES, Shape
from cupola.rules.calendar import country_of, holiday_name, is_country
from cupola.rules.check import RULES, broken, check
from cupola.rules.dues import Due, dues
from cupola.rules.limits import (
    Drop,
    Limit,
    Limits,
    drop_of,
    flight_day_of,
    limits_of,
    spacewalks_of,
    stretch_floor,
)
from cupola.rules.minors import MinorLimits, minor_limits
from cupola.rules.packs import is_pack_word, pack_names, pack_of, pack_remedy, packs_of, read_pack
from cupola.rules.premiums import Premiums, day_pay, exchange_of, premiums_of, present, worked_min

__all__ = [
    "ARTICLES",
    "RULES",
    "Drop",
    "Due",
    "Limit",
    "Limits",
    "MinorLimits",
    "Premiums",
    "Shape",
    "broken",
    "check",
    "country_of",
    "day_pay",
    "drop_of",
    "dues",
    "exchange_of",
    "flight_day_of",
    "holiday_name",
    "is_country",
    "is_pack_word",
    "limits_of",
    "minor_limits",
    "pack_names",
    "pack_of",
    "pack_remedy",
    "packs_of",
    "premiums_of",
    "present",
    "read_pack",
    "spacewalks_of",
    "stretch_floor",
    "worked_min",
]
