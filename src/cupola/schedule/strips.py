"""A piece of work, given its times, as the strip that a board holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from cupola.model import Strip, Window
from cupola.model.work import Work


def strip_of(work: Work, *, start: datetime, roll: datetime, cut: datetime, window: Window | None, pinned: bool) -> Strip:
    """Return the strip of a piece of work that starts, rolls and cuts at these times (UTC); its reset follows the cut."""
    return Strip(
        id=work.id,
        scene=work.scene,
        shot=work.shot,
        take=work.take,
        takes=work.takes,
        place=work.place,
        cast=work.cast,
        start_utc=start,
        roll_utc=roll,
        cut_utc=cut,
        end_utc=cut + timedelta(seconds=work.reset_s),
        window=window,
        pinned=pinned,
    )
