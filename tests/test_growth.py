"""The measure of growth itself: it passes what is linear and fails what isn't."""

import pytest

from tests.growth import assert_linear


def test_a_linear_walk_passes():
    assert_linear(sum, lambda n: list(range(n)), 100_000, 800_000)


def test_a_walk_within_a_walk_fails():
    def pairs(items):
        return sum(a == b for a in items for b in items)

    with pytest.raises(AssertionError, match="8 times the input takes"):
        assert_linear(pairs, lambda n: list(range(n)), 400, 3200, tries=2)
