"""The picture that a lens draws: whether a direction is in it, and how much of it the Earth fills.

A frame is a rectangle (full angles across and up) or a circle (half-angle), drawn straight on a plane as a lens without
distortion does. Directions are in the axes of the camera: right, up, and the way it looks; the last axis of an array.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import atan, degrees, pi, radians, tan

import numpy as np

from cupola.errors import LightError
from cupola.sky.almanac import EARTH_EQUATOR_KM, EARTH_STRETCH
from cupola.sky.timescale import Array
from cupola.sky.vectors import dot

RAYS = 192
WIDEST_DEG = 150.0
FULL_FRAME_MM = (36.0, 24.0)
STRETCH = np.array([1.0, 1.0, EARTH_STRETCH])
_SIZES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:deg|°)?")
_MM = re.compile(r"(\d+(?:\.\d+)?)\s*mm")
_CIRCLE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:deg|°)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lens:
    """What a lens sees: half its angles across and up in degrees; `up_deg` is 0 for a round field of that half-angle."""

    across_deg: float
    up_deg: float = 0.0

    @property
    def is_round(self) -> bool:
        return not self.up_deg

    @property
    def walls(self) -> Array:
        """Unit vectors into the frame from each of its four sides; the single way it looks if it is round."""
        if self.is_round:
            return np.array([[0.0, 0.0, 1.0]])
        a, b = radians(self.across_deg), radians(self.up_deg)
        ca, sa, cb, sb = np.cos(a), np.sin(a), np.cos(b), np.sin(b)
        return np.array([[-ca, 0.0, sa], [ca, 0.0, sa], [0.0, -cb, sb], [0.0, cb, sb]])

    @property
    def rim(self) -> float:
        """What the product with a wall must exceed."""
        return float(np.cos(radians(self.across_deg))) if self.is_round else 0.0

    def reach(self, turn_rad: Array) -> Array:
        """Return how far the frame goes from its middle, on the plane at distance 1, along rays turned from right to up."""
        if self.is_round:
            return np.full_like(turn_rad, tan(radians(self.across_deg)))
        cos, sin = np.abs(np.cos(turn_rad)), np.abs(np.sin(turn_rad))
        wide, high = tan(radians(self.across_deg)), tan(radians(self.up_deg))
        return np.minimum(wide / np.maximum(cos, 1e-12), high / np.maximum(sin, 1e-12))


def parse_lens(text: str) -> Lens:
    """Return the lens of a word: `54x38` (degrees across and up), `20 deg` (half-angle of a round field), `35 mm` (36 x 24).

    Raises LightError for anything else and for a field wider than 150°.

    >>> parse_lens("54x38").across_deg, round(parse_lens("35 mm").across_deg, 1), parse_lens("20 deg").is_round
    (27.0, 27.2, True)
    """
    word = text.strip().casefold()
    if found := _SIZES.fullmatch(word):
        lens = Lens(across_deg=float(found[1]) / 2, up_deg=float(found[2]) / 2)
    elif (found := _MM.fullmatch(word)) and float(found[1]) > 0:
        wide, high = (degrees(atan(size / 2 / float(found[1]))) for size in FULL_FRAME_MM)
        lens = Lens(across_deg=wide, up_deg=high)
    elif found := _CIRCLE.fullmatch(word):
        lens = Lens(across_deg=float(found[1]))
    else:
        raise _no_lens(text)
    if not 0 < lens.across_deg <= WIDEST_DEG / 2 or not 0 <= lens.up_deg <= WIDEST_DEG / 2:
        raise _no_lens(text)
    return lens


def _no_lens(text: str) -> LightError:
    remedy = "Write 54x38 (degrees), 35 mm (on a 36 x 24 mm picture), or 20 deg (half-angle of a round field)."
    return LightError(f"a lens is a field of at most {WIDEST_DEG:.0f}°", value=text, remedy=remedy)


Glass = Callable[[Array, Array], Array]
"""Says how clear the glass is (0 to 1), by ray (turn from right to up) and distance from the middle on the plane at 1."""


def earth_share(here_km: Array, right: Array, up: Array, look: Array, lens: Lens, glass: Array | None = None) -> Array:
    """Return the share of a frame's picture that the Earth fills, 0 to 1; vectors (n, 3), the Earth's axis as z.

    The Earth is WGS84, without air. The picture is cut into 192 rays from its middle, along each of which the Earth is
    between two roots of a quadratic equation; the share is good to 0.003, and mostly ten times better. `glass`
    (rays, steps) is the share of a ray's area, in equal steps of area outward, that is not blocked: see `clear_share`.
    """
    turn = _turns()
    reach = lens.reach(turn)
    camera = np.stack((right, up, look), axis=-1)
    first, last = _roots(here_km, camera, np.cos(turn), np.sin(turn))
    inner, outer = (np.clip(edge / reach, 0.0, 1.0) ** 2 for edge in (first, last))
    weight = reach**2 / (reach**2).sum()
    seen = outer - inner if glass is None else _cleared(glass, outer) - _cleared(glass, inner)
    share: Array = np.minimum(np.clip(seen, 0.0, 1.0) @ weight, 1.0)
    return share


def _roots(here_km: Array, camera: Array, cos: Array, sin: Array) -> tuple[Array, Array]:
    """Return where along each ray the Earth begins and ends, as distances on the plane at 1: infinite or empty too.

    A direction d of the camera meets the Earth where d·M·d is not below 0, M being made of the place seen in space
    stretched until the Earth is a sphere.
    """
    q = here_km * STRETCH
    k = (dot(q, q) - EARTH_EQUATOR_KM**2)[:, None, None]
    stretched = camera * STRETCH[:, None]
    down = np.einsum("ni,nij->nj", q, stretched)
    m = down[:, :, None] * down[:, None, :] - k * np.einsum("nij,nik->njk", stretched, stretched)
    xx, xy, yy, xz, yz, c = (m[:, i, j][:, None] for i, j in ((0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2)))
    a = xx * (cos * cos) + xy * (2 * cos * sin) + yy * (sin * sin)
    b = xz * cos + yz * sin
    q_ray = down[:, :1] * cos + down[:, 1:2] * sin
    q_look = down[:, 2:]
    square = b * b - a * c
    root = np.sqrt(np.maximum(square, 0.0))
    far = b + np.where(b >= 0, root, -root)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = -far / a, np.where(far == 0, 0.0, -c / np.where(far == 0, 1.0, far))
    low, high = np.minimum(one, two), np.maximum(one, two)
    is_open = a > 0
    outward = q_ray < 0
    first = np.where(is_open, np.where(outward, high, -np.inf), low)
    last = np.where(is_open, np.where(outward, np.inf, low), high)
    middle = np.where(is_open, 0.0, (low + high) / 2)
    is_there = np.where(is_open, True, (square > 0) & (q_look + middle * q_ray < 0))
    return np.where(is_there, first, 0.0), np.where(is_there, last, 0.0)


def _turns() -> Array:
    """Return which way each ray goes, from right to up."""
    turn: Array = (np.arange(RAYS, dtype=np.float64) + 0.5) * (2 * pi / RAYS)
    return turn


def clear_share(glass: Glass, lens: Lens, steps: int = 64) -> Array:
    """Return for each ray how much of its area is clear up to each of equal steps of area outward, (rays, steps + 1)."""
    turn = _turns()
    middle = np.sqrt((np.arange(steps) + 0.5) / steps)[None, :] * lens.reach(turn)[:, None]
    clear = glass(np.broadcast_to(turn[:, None], middle.shape), middle)
    return np.concatenate((np.zeros((RAYS, 1)), np.cumsum(clear, axis=1) / steps), axis=1)


def _cleared(table: Array, area: Array) -> Array:
    """Return the clear area of each ray up to a share of its area: straight between the steps of a table."""
    x = area * (table.shape[1] - 1)
    step = np.minimum(x.astype(np.int64), table.shape[1] - 2)
    ray = np.arange(RAYS)[None, :]
    cleared: Array = table[ray, step] + (x - step) * (table[ray, step + 1] - table[ray, step])
    return cleared
