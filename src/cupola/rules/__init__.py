"""Board → what it breaks. The checker never looks at the solver."""

from cupola.rules.check import RULES, check
from cupola.rules.limits import Limit, Limits, MinorLimits, limits_of, minor_limits, pack_names, read_pack

__all__ = ["RULES", "Limit", "Limits", "MinorLimits", "check", "limits_of", "minor_limits", "pack_names", "read_pack"]
