"""Board → what it breaks. The checker never looks at the solver."""

from cupola.rules.check import RULES, check
from cupola.rules.limits import Limit, Limits, limits_of, pack_names, read_pack

__all__ = ["RULES", "Limit", "Limits", "check", "limits_of", "pack_names", "read_pack"]
