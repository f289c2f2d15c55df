"""A published count corrected for known errors: what the truth may be, with an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DRAWS = 20_000


def adjusted_share(
    positive: int, n: int, *, sensitivity: tuple[int, int], specificity: tuple[int, int], seed: int = 0
) -> dict[str, float]:
    """A share corrected for the errors of the one who sorted, with a 95 % interval.

    If a share q was found, and a "yes" is recognised with probability se and a "no" with sp, the true
    share is (q + sp - 1) / (se + sp - 1). The interval has all three in it: each is drawn from its Jeffreys
    posterior (a beta distribution), as it was estimated from counts.

    Parameters
    ----------
    positive, n
        How many of how many were found to be "yes".
    sensitivity
        Of rows that are "yes" in the gold: how many were found to be, of how many.
    specificity
        Of rows that are "no" in the gold: how many were found to be, of how many.
    seed
        Of the random draws.

    Returns
    -------
    dict of float
        `found`, `adjusted`, `low` and `high`, 0 to 1. The rows are taken as independent; those of one article
        are not, so the true interval is wider.

    Raises
    ------
    ValueError
        If there are no counts, or the sorting is no better than chance: then no correction can help.

    Examples
    --------
    >>> share = adjusted_share(60, 100, sensitivity=(90, 100), specificity=(80, 100))
    >>> round(share["adjusted"], 3), share["low"] < 0.571 < share["high"]
    (0.571, True)

    Source
    ------
    Rogan and Gladen, Estimating prevalence from the results of a screening test, American Journal of
    Epidemiology 107(1), 1978.
    """
    import numpy as np

    counts = [(positive, n), sensitivity, specificity]
    if any(not 0 <= k <= m or m == 0 for k, m in counts):
        raise ValueError(f"adjusted_share(): {counts} are not all parts of a whole above 0.")
    q, se, sp = (k / m for k, m in counts)
    if se + sp <= 1:
        raise ValueError(
            f"adjusted_share(): sensitivity {se:.2f} and specificity {sp:.2f} are no better than chance together,\n"
            "so the share that was found says nothing of the true one. Label more articles, or count something else."
        )
    random = np.random.default_rng(seed)
    qs, ses, sps = (random.beta(k + 0.5, m - k + 0.5, DRAWS) for k, m in counts)
    sure = ses + sps > 1
    drawn = np.clip((qs + sps - 1)[sure] / (ses + sps - 1)[sure], 0, 1)
    low, high = map(float, np.quantile(drawn, [0.025, 0.975]))
    return {"found": q, "adjusted": min(1.0, max(0.0, (q + sp - 1) / (se + sp - 1))), "low": low, "high": high}


def adjusted_count(found: int, labelled: pd.DataFrame, *, seed: int = 0) -> dict[str, float]:
    """A count corrected for what was missed and what was found in excess, with a 95 % interval.

    In the labelled articles the finder found so many, and there were so many: the count of the corpus is multiplied
    by that ratio. Its interval comes from drawing the labelled articles again and again (bootstrap), since errors
    cluster in articles.

    Parameters
    ----------
    found
        What was counted in the whole corpus.
    labelled
        A row a labelled article, with the columns `found` and `gold`. The articles should be like those of the
        corpus, and none that rules were developed on.
    seed
        Of the random draws.

    Returns
    -------
    dict of float
        `found`, `ratio` (true ones for each that is found), `adjusted`, `low` and `high`.

    Raises
    ------
    ValueError
        If there are fewer than two labelled articles, or nothing was found in them.

    Examples
    --------
    >>> import pandas as pd
    >>> labelled = pd.DataFrame({"found": [10, 20, 30], "gold": [11, 24, 31]})
    >>> count = adjusted_count(600, labelled)
    >>> round(count["adjusted"]), round(count["ratio"], 2)
    (660, 1.1)

    Source
    ------
    The ratio estimator: Cochran, Sampling Techniques, 1977, chapter 6. The bootstrap: Efron and Tibshirani, 1993.
    """
    import numpy as np

    pairs = labelled[["found", "gold"]].to_numpy(dtype=float)
    if len(pairs) < 2 or pairs[:, 0].sum() == 0:
        seen = f"{len(pairs)} labelled articles with {pairs[:, 0].sum():.0f} found in them"
        raise ValueError(f"adjusted_count(): {seen} are too few.\nGive it two or more, with something found.")
    ratio = float(pairs[:, 1].sum() / pairs[:, 0].sum())
    picks = np.random.default_rng(seed).integers(0, len(pairs), (2000, len(pairs)))
    sums = pairs[picks].sum(axis=1)
    sums = sums[sums[:, 0] > 0]
    low, high = map(float, np.quantile(found * sums[:, 1] / sums[:, 0], [0.025, 0.975]))
    return {"found": float(found), "ratio": ratio, "adjusted": found * ratio, "low": low, "high": high}
