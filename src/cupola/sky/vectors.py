"""Products of arrays of vectors; the last axis is x, y, z."""

from __future__ import annotations

import numpy as np

from cupola.sky.timescale import Array


def dot(a: Array, b: Array) -> Array:
    """Return the scalar product along the last axis; a row of times against a column of sites is one matrix product."""
    if a.ndim == b.ndim == 3 and a.shape[0] == b.shape[1] == 1:
        product: Array = b[:, 0] @ a[0].T
        return product
    return a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]


def norm(a: Array) -> Array:
    """Return the length along the last axis."""
    return np.sqrt(dot(a, a))


def unit(a: Array) -> Array:
    """Return vectors of the same directions and of length 1."""
    return a / norm(a)[..., None]


def angle_deg(a: Array, b: Array) -> Array:
    """Return the angle between unit vectors in degrees, exact for small angles and for those near 180°.

    Source: W. Kahan, How Futile are Mindless Assessments of Roundoff (2006), section 12.
    """
    angle: Array = np.degrees(2 * np.arctan2(norm(a - b), norm(a + b)))
    return angle
