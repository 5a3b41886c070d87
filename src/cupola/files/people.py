"""Cast and crew: the deals of production.toml beside the roles that the script names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cupola.files.deals import deal_of
from cupola.files.documents import CastDoc
from cupola.files.documents_flight import CrewDoc
from cupola.files.entries import DatesDoc, MoneyDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.model import CastMember, CrewMember, Dates, Rate, Script

Priced = Callable[[MoneyDoc | None, KeyPath], Rate | None]
"""What turns the money of an entry into a rate that knows its line."""


def dates(spans: Sequence[DatesDoc]) -> tuple[Dates, ...]:
    """Return spans of dates as values."""
    return tuple(Dates(first=span.first, last=span.last, why=span.why, flight=span.flight) for span in spans)


def cast_of(
    script: Script, deals: Sequence[CastDoc], crew: Sequence[CrewDoc], priced: Priced, toml: Toml, *, is_revised: bool = False
) -> tuple[CastMember, ...]:
    """Return the cast by board id: those with a deal, then the other roles of the script without rates.

    Raises ProductionError for a deal with a role that the script does not have, a crew id that is nobody's, or a board id
    used twice. Once the script was revised, a deal may wait for a role whose scenes were cut.
    """
    on_set = dict.fromkeys(name for scene in script.scenes for name in scene.cast)
    heard = dict.fromkeys(name for scene in script.scenes for name in scene.voices)
    aboard = [member.id for member in crew]
    for number, deal in enumerate(deals):
        if deal.id not in on_set and deal.id not in heard and not is_revised:
            others = [name for name in (*on_set, *heard) if name not in {each.id for each in deals}]
            remedy = did_you_mean(deal.id, others, "take it out, or write it as the script does")
            raise toml.wrong(("cast", number, "id"), "the script has no such role", value=deal.id, remedy=remedy)
        if deal.aboard and deal.aboard not in aboard:
            remedy = did_you_mean(deal.aboard, aboard, "add a [[crew]] of that id")
            raise toml.wrong(("cast", number, "aboard"), "nobody of that id is aboard", value=deal.aboard, remedy=remedy)
    numbers = _board_ids(deals, toml)
    listed = [_member(deal, next(numbers) if deal.board_id is None else deal.board_id, number, priced, toml)
              for number, deal in enumerate(deals)]  # fmt: skip
    known = {member.id for member in listed}
    added = [CastMember(id=name, board_id=next(numbers)) for name in on_set if name not in known]
    return tuple(sorted([*listed, *added], key=lambda member: member.board_id))


def _board_ids(deals: Sequence[CastDoc], toml: Toml) -> Iterator[int]:
    """Return the free board ids, lowest first."""
    taken: dict[int, str] = {}
    for number, deal in enumerate(deals):
        if deal.board_id is not None and taken.setdefault(deal.board_id, deal.id) != deal.id:
            rule, remedy = "a board id is one role's own", f"{taken[deal.board_id]} has it: choose another"
            raise toml.wrong(("cast", number, "board_id"), rule, value=deal.board_id, remedy=remedy)
    return (number for number in range(1, 10**6) if number not in taken)


def _member(deal: CastDoc, board_id: int, number: int, priced: Priced, toml: Toml) -> CastMember:
    path: KeyPath = ("cast", number)
    hold = deal.work if deal.hold is None and deal.guarantee_days else deal.hold  # a guaranteed day is paid like work
    return CastMember(
        id=deal.id,
        board_id=board_id,
        name=deal.name,
        aboard=deal.aboard,
        work=priced(deal.work, (*path, "work")),
        hold=priced(hold, (*path, "hold" if deal.hold else "work")),
        travel=priced(deal.travel, (*path, "travel")),
        home_hub=deal.home_hub,
        drop_days=deal.drop_days,
        away=dates(deal.away),
        born=deal.born,
        packs=deal.packs,
        deal=deal_of(deal, path, priced, toml),
        ready_min=deal.ready_min,
        pickup_min=deal.pickup_min,
        line=toml.line(path),
    )


def crew_of(crew: Sequence[CrewDoc], priced: Priced) -> tuple[CrewMember, ...]:
    """Return the people aboard, in the order of the file."""
    return tuple(
        CrewMember(
            id=member.id,
            name=member.name,
            duty=member.duty,
            blocks=member.blocks,
            hour=priced(member.hour, ("crew", number, "hour")),
            operates=member.operates,
            source=member.source,
        )
        for number, member in enumerate(crew)
    )
