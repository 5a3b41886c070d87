"""Charts: the beta angle and the nights of a flight, and how a search for a board went."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cupola.model import FlightSky
from cupola.paper.markup import Child, Markup, el, path, svg
from cupola.paper.svg_orbit import signed
from cupola.paper.wording import amount_text, money_text

Point = tuple[float, float]
Progress = tuple[float, int | None, int | None, str]
"""Seconds of search, cost and bound in minor units (None: not known yet), and what happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A plot's rectangle and the values at its edges."""

    x: float
    y: float
    width: float
    height: float
    low: Point
    high: Point

    def at(self, point: Point) -> Point:
        across = (point[0] - self.low[0]) / ((self.high[0] - self.low[0]) or 1)
        up = (point[1] - self.low[1]) / ((self.high[1] - self.low[1]) or 1)
        return self.x + self.width * across, self.y + self.height * (1 - up)


def nice_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round values from at or below `low` to at or above `high`.

    >>> nice_ticks(23.6, 34.1)
    [20.0, 25.0, 30.0, 35.0]
    """
    rough = max(high - low, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [n * step for n in range(first, last + 1)]


def beta_and_night(flight: FlightSky) -> Markup:
    """Draw the beta angle and the length of the night of each revolution, one chart beside the other."""
    beta = [(rev.start_utc, rev.beta_deg) for rev in flight.revolutions]
    night = [(rev.start_utc, rev.night_min) for rev in flight.revolutions]
    charts = [
        _series(flight, beta, 0.0, "Beta angle, degrees", lambda value: f"{signed(value)}°", "beta"),
        _series(flight, night, 600.0, "Orbital night, minutes in each revolution", lambda value: f"{value:.0f}", "nightline"),
    ]
    label = "Beta angle and minutes of orbital night over the flight"
    if beta:
        label += f": beta {signed(beta[0][1])}° to {signed(beta[-1][1])}°, night {night[0][1]:.0f} to {night[-1][1]:.0f} min"
    return svg(1160, 222, charts, label=label)


def _series(
    flight: FlightSky,
    values: Sequence[tuple[datetime, float]],
    left: float,
    title: str,
    text: Callable[[float], str],
    class_: str,
) -> Child:
    if not values:
        return None
    ticks = nice_ticks(min(value for _, value in values), max(value for _, value in values))
    span = (flight.end_utc - flight.start_utc).total_seconds()
    frame = Frame(x=left + 34, y=42, width=476, height=150, low=(0, ticks[0]), high=(span, ticks[-1]))
    points = [frame.at(((at - flight.start_utc).total_seconds(), value)) for at, value in values]
    ends = ((points[0], values[0][1], -4.0, -10.0), (points[-1], values[-1][1], 9.0, 4.0))
    return [
        el("text", title, x=left, y=13, class_="title"),
        _levels(frame, ticks, [text(tick) for tick in ticks]),
        _dates(frame, flight),
        el("path", d=path(points), class_=class_),
        [
            [
                el("circle", cx=point[0], cy=point[1], r=3, class_=f"{class_} end"),
                el("text", text(value), x=point[0] + aside, y=point[1] + lift, class_="value"),
            ]
            for point, value, aside, lift in ends
        ],
    ]


def _levels(frame: Frame, ticks: Sequence[float], texts: Sequence[str]) -> Child:
    marks: list[Child] = []
    for tick, text in zip(ticks, texts, strict=True):
        y = frame.at((0, tick))[1]
        marks += [
            el("line", x1=frame.x, x2=frame.x + frame.width, y1=y, y2=y, class_="level"),
            el("text", text, x=frame.x - 7, y=y + 3.5, class_="axis", text_anchor="end"),
        ]
    return marks


def _dates(frame: Frame, flight: FlightSky) -> Child:
    """The first of every day or every few days, below the plot."""
    days = max(1, (flight.end_utc - flight.start_utc).days)
    step = timedelta(days=max(1, round(days / 6)))
    first = flight.start_utc.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    marks: list[Child] = []
    at = first
    while at < flight.end_utc:
        x = frame.at(((at - flight.start_utc).total_seconds(), 0))[0]
        base = frame.y + frame.height
        marks += [
            el("line", x1=x, x2=x, y1=base, y2=base + 4, class_="tick"),
            el("text", f"{at.day} {at:%b}", x=x, y=base + 17, class_="axis", text_anchor="middle"),
        ]
        at += step
    return marks


def progress_chart(progress: Sequence[Progress], currency: str, *, fixed_cents: int = 0) -> Markup:
    """Draw cost and bound over the seconds of a search, as steps, with the gap between them shaded.

    `fixed_cents` are taken off both, so that what the order of shooting can change fills the plot.
    """
    costs = [(s, float(cost - fixed_cents)) for s, cost, _, _ in progress if cost is not None]
    bounds = [(s, float(max(bound - fixed_cents, 0))) for s, _, bound, _ in progress if bound is not None]
    end = max((s for s, *_ in progress), default=1.0)
    values = [value for _, value in costs + bounds]
    if not values:
        return svg(1160, 40, el("text", "No board was found.", x=0, y=20, class_="axis"), label="No board was found")
    ticks = nice_ticks(min(values), max(values), 4)
    frame = Frame(x=110, y=14, width=970, height=190, low=(0.0, ticks[0]), high=(end, ticks[-1]))
    label = "Cost and bound over the seconds of the search"
    return svg(
        1160,
        246,
        _levels(frame, ticks, [amount_text(round(tick), currency) for tick in ticks]),
        _seconds(frame, end),
        _between(frame, costs, bounds, end),
        _stairs(frame, bounds, end, "bound", 13.0 if _close(frame, costs, bounds) else 4.0),
        _stairs(frame, costs, end, "cost", -4.0 if _close(frame, costs, bounds) else 4.0),
        [_moment(frame, s, cost, cost - fixed_cents, text, currency) for s, cost, _, text in progress if cost is not None],
        label=label,
    )


def _seconds(frame: Frame, end: float) -> Child:
    base = frame.y + frame.height
    marks: list[Child] = []
    for tick in [tick for tick in nice_ticks(0, end, 8) if tick <= end]:
        x = frame.at((tick, 0))[0]
        marks.append(el("text", f"{tick:g} s", x=x, y=base + 18, class_="axis", text_anchor="middle"))
    return marks


def stairs(points: Sequence[Point], end: float) -> list[Point]:
    """Return the corners of steps that hold each value until the next.

    >>> stairs([(0, 5), (2, 3)], 4)
    [(0, 5), (2, 5), (2, 3), (4, 3)]
    """
    corners: list[Point] = []
    for at, value in points:
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, value))
    return [*corners, (end, corners[-1][1])] if corners else []


def _close(frame: Frame, costs: Sequence[Point], bounds: Sequence[Point]) -> bool:
    """True where cost and bound end too near each other for their names to stand side by side."""
    return bool(costs and bounds) and abs(frame.at(costs[-1])[1] - frame.at(bounds[-1])[1]) < 14


def _stairs(frame: Frame, points: Sequence[Point], end: float, name: str, lift: float) -> Child:
    corners = [frame.at(point) for point in stairs(points, end)]
    if not corners:
        return None
    x, y = corners[-1]
    return [
        el("path", d=path(corners), class_=f"stairs {name}"),
        el("text", name, x=x + 8, y=y + lift, class_=f"value {name}"),
    ]


def _between(frame: Frame, costs: Sequence[Point], bounds: Sequence[Point], end: float) -> Child:
    if not costs or not bounds:
        return None
    start = max(costs[0][0], bounds[0][0])
    upper = [frame.at((max(x, start), y)) for x, y in stairs(costs, end)]
    lower = [frame.at((max(x, start), y)) for x, y in stairs(bounds, end)]
    return el("path", d=path([*upper, *reversed(lower)], closed=True), class_="between")


def _moment(frame: Frame, seconds: float, cost: int, shown: int, text: str, currency: str) -> Markup:
    x, y = frame.at((seconds, shown))
    title = el("title", f"{seconds:g} s: {money_text(cost, currency)}, {text}")
    return el("circle", title, cx=x, cy=y, r=3, class_="cost end")
