"""What each employer weighs in a group of posted ranges.

Pure: arrays in, numbers out.
"""

import numpy as np

from .mixture import Floats, Ints

#: No employer weighs more than this share of a group.
LARGEST_SHARE = 0.25
#: At most this many employers can be held to the cap before the rest fits under it.
MOST_CAPPED = 3


def capped(amounts: Floats) -> Floats:
    """Shares of employers, each row summing to 1, with none above the cap.

    ``amounts`` is (rows, employers), not negative, with something in each row. What is
    cut from large employers goes to the others in proportion, so a share is
    ``min(a * amount, cap)`` with the ``a`` that makes the row sum to 1. The cap is
    ``max(LARGEST_SHARE, 1 / k)`` with k employers of some amount in the row: fewer than
    four cannot all keep to a quarter, and each then weighs the same.
    """
    present = np.count_nonzero(amounts, axis=1)
    cap = np.maximum(LARGEST_SHARE, 1 / present)
    largest = _largest(amounts)
    factor = 1 / amounts.sum(axis=1)
    rest = 1 / factor
    for held in range(1, MOST_CAPPED + 1):
        rest = rest - largest[:, held - 1]
        more = (largest[:, held - 1] * factor > cap * (1 + 1e-12)) & (present > held)
        factor = np.where(more, (1 - cap * held) / np.where(more, rest, 1), factor)
    return np.minimum(amounts * factor[:, None], cap[:, None])


def _largest(amounts: Floats) -> Floats:
    """The largest amounts of each row, descending: (rows, MOST_CAPPED)."""
    missing = MOST_CAPPED - amounts.shape[1]
    if missing > 0:
        amounts = np.pad(amounts, ((0, 0), (0, missing)))
    return -np.sort(np.partition(-amounts, MOST_CAPPED - 1)[:, :MOST_CAPPED], axis=1)


def weights(employers: Ints) -> Floats:
    """Weights of listings, summing to 1, with each employer's share held to the cap.

    ``employers`` has one employer number per listing; an employer's listings weigh the
    same. See ``capped``.
    """
    number, count = numbered(employers)
    if not count:
        return np.zeros(0)
    counts = np.bincount(number, minlength=count).astype(float)
    each: Floats = capped(counts[None, :])[0] / counts
    return each[number]


def numbered(employers: Ints) -> tuple[Ints, int]:
    """Employers as 0, 1, 2 … in the order of their numbers, and how many they are."""
    if not len(employers):
        return employers, 0
    first = int(employers.min())
    span = int(employers.max()) - first + 1
    if span > 4 * len(employers) + 65_536:
        several, inverse = np.unique(employers, return_inverse=True)
        return inverse.astype(np.int64), len(several)
    # Database ids lie close together: a table over their span is faster than a sort.
    place = employers - first
    seen = np.bincount(place, minlength=span) > 0
    order: Ints = np.cumsum(seen) - 1
    return order[place], int(order[-1]) + 1
