"""placeholder"""
import math


def wilson(successes: int, n: int, *, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of a share: where the true share lies, at 95 % by default.

    Parameters
    ----------
    successes, n
        How many of how many.
    z
        How many standard errors wide: 1.96 for 95 %, 2.576 for 99 %.

    Returns
    -------
    tuple of float
        Lower and upper bound, 0 to 1; not a number twice if `n` is 0.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)

    Source
    ------
    Wilson (1927), Journal of the American Statistical Association 22.
    """
    if n == 0:
        return math.nan, math.nan
    share, spread = successes / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)
