"""Between known states: the polynomial of degree seven through four of them, never across an edge, a gap or a burn.

A piece is a run of states through which a station flies smoothly. Pieces end where a segment ends, where two states have
one instant (a burn without length), and where states come every few seconds instead of every few minutes (a burn under way).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cupola.sky.timescale import Array

STENCIL = 4
DENSE_S, COARSE_S = 10.0, 30.0
"""States nearer than the one and states farther than the other meet where a burn begins or ends."""

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Pieces:
    """States in order of time, in one frame, with where each smooth piece begins.

    `t` are SI seconds, `first` the row at which each piece begins; a piece has two rows at least.
    """

    t: Array
    km: Array
    km_s: Array
    first: Whole

    @classmethod
    def of(cls, t: Array, km: Array, km_s: Array) -> Pieces:
        """Return states cut into pieces at jumps and at the ends of burns; times do not fall.

        The state at the end of a burn belongs to the piece before and to the piece after it, so it stands twice.
        """
        steps = np.diff(t)
        dense = steps <= DENSE_S
        meets = np.flatnonzero((dense[:-1] & (steps[1:] >= COARSE_S)) | ((steps[:-1] >= COARSE_S) & dense[1:])) + 1
        meets = meets[(steps[meets - 1] > 0) & (steps[meets] > 0)]
        order = np.sort(np.concatenate((np.arange(len(t)), meets)))
        t, km, km_s = t[order], km[order], km_s[order]
        first = np.concatenate(([0], np.flatnonzero(np.diff(t) == 0) + 1))
        alone = np.diff(np.append(first, len(t))) < 2
        keep = ~np.isin(np.arange(len(t)), first[alone])
        shift = np.cumsum(~keep)
        return cls(t=t[keep], km=km[keep], km_s=km_s[keep], first=(first - shift[first])[~alone])

    @property
    def last(self) -> Whole:
        """The last row of each piece."""
        return np.append(self.first[1:], len(self.t)) - 1

    @property
    def joints(self) -> Array:
        """The instants between two pieces: the path or what drives it jumps there."""
        return np.unique(self.t[self.first[1:]])

    def at(self, t: Array) -> tuple[Array, Array]:
        """Return position and velocity at instants inside; at a joint the later piece answers."""
        shape, t = t.shape, t.ravel()
        piece = np.clip(np.searchsorted(self.t[self.first], t, side="right") - 1, 0, len(self.first) - 1)
        first, last = self.first[piece], self.last[piece]
        node = np.searchsorted(self.t, t, side="right") - 1
        width = np.minimum(last - first + 1, STENCIL)
        begin = np.clip(node - STENCIL // 2 + 1, first, last - width + 1)
        km, km_s = np.empty((len(t), 3)), np.empty((len(t), 3))
        for count in np.unique(width):
            these = width == count
            rows = begin[these, None] + np.arange(count)
            value, slope = hermite_weights(self.t[rows], t[these])
            km[these], km_s[these] = (
                np.einsum("nk,nkc->nc", a, self.km[rows]) + np.einsum("nk,nkc->nc", b, self.km_s[rows])
                for a, b in (value, slope)
            )
        return km.reshape(*shape, 3), km_s.reshape(*shape, 3)


def hermite_weights(nodes: Array, t: Array) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return what each node's value and slope weigh in the polynomial through n nodes, and in its derivative.

    `nodes` is (n,) or (…, n), `t` (…); each weight is (…, n). The degree is 2 n − 1.
    Source: Hermite's formula in Lagrange's basis.
    """
    x, u = _centred(nodes, t)
    identity = np.eye(x.shape[-1])
    bend = (1 / (x[..., :, None] - x[..., None, :] + identity) - identity).sum(-1)
    basis, rate = lagrange_weights(x, u)
    ahead = u[..., None] - x
    square, turn = basis**2, 2 * basis * rate
    value = ((1 - 2 * ahead * bend) * square, ahead * square)
    slope = ((1 - 2 * ahead * bend) * turn - 2 * bend * square, square + ahead * turn)
    return value, slope


def lagrange_weights(nodes: Array, t: Array) -> tuple[Array, Array]:
    """Return what each node's value weighs in the polynomial of degree n − 1 through n nodes, and in its derivative.

    Shapes as in `hermite_weights`.
    """
    x, u = _centred(nodes, t)
    count = x.shape[-1]
    apart = x[..., :, None] - x[..., None, :] + np.eye(count)
    ahead = u[..., None] - x
    basis, rate = np.ones_like(x), np.zeros_like(x)
    for k in range(count):
        others = np.arange(count) != k
        factor = np.where(others, ahead[..., k, None] / apart[..., :, k], 1.0)
        growth = np.where(others, 1 / apart[..., :, k], 0.0)
        rate = rate * factor + basis * growth
        basis = basis * factor
    return basis, rate


def _centred(nodes: Array, t: Array) -> tuple[Array, Array]:
    """Return nodes (…, n) and instants (…), counted from the middle of the nodes."""
    centre = nodes.mean(-1)
    u = t - centre
    return np.broadcast_to(nodes - np.asarray(centre)[..., None], (*u.shape, nodes.shape[-1])), u
