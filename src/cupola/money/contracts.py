"""What a contract's rules say of a deal that says nothing itself."""

from __future__ import annotations

from dataclasses import replace

from cupola.model import CastMember, Production
from cupola.rules import drop_of


def contracted(production: Production, member: CastMember) -> CastMember:
    """Return a cast member with the shortest gap that may be dropped: their own figure, else that of the contract's pack."""
    if member.drop_days is not None:
        return member
    found = drop_of(production, member)
    return member if found is None else replace(member, drop_days=found.days)
