"""Conversion of units with pint, by what `rules/units.csv` says pint calls each of ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from newslab import rules
from newslab.figures.units import dimension_of

if TYPE_CHECKING:
    import pandas as pd
    import pint

DIFFERENCE = "rules:difference"  # `found_by` of a temperature that is a difference: 1.5C more is 2.7F more


@cache
def _registry() -> pint.UnitRegistry:
    import pint

    registry: pint.UnitRegistry = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    registry.define("basis_point = 0.01 percent")
    registry.define("million_btu = 1e6 Btu")
    registry.define("ppb = 1e-9")
    return registry


@cache
def pint_name(unit: str) -> str | None:
    """What pint calls a unit of ours, or None where it has no single meaning."""
    for row in rules.read("units"):
        if row["unit"] == unit:
            return row["pint"] or None
    for row in rules.read("units"):
        if unit in row["words"].split("|"):
            return row["pint"] or None  # metric ton, kilometer
    top, per, bottom = unit.partition(" per ")
    if per:
        above, below = pint_name(top), pint_name(bottom)
        return f"({above}) / ({below})" if above and below else None
    return None


def ambiguous(unit: str | None) -> str | None:
    """Why a unit has no single meaning (ton, gallon, pint), or None if it has one."""
    for row in rules.read("units"):
        if unit in (row["unit"], row["unit"] + "s"):
            note = row["source"]
            return note.removeprefix("newslab: ") if not row["pint"] and "ambiguous" in note else None
    return None


def factor(unit: str, to: str) -> tuple[float, float] | None:
    """Slope and offset that turn an amount in `unit` into one in `to`; None if they measure different things.

    >>> factor("mile", "kilometre")
    (1.609344, 0.0)
    """
    import pint

    source, target = pint_name(unit), pint_name(to) or to
    if source is None:
        return None
    registry = _registry()
    try:
        offset = registry.Quantity(0.0, source).to(target).magnitude
        one = registry.Quantity(1.0, source).to(target).magnitude
    except (pint.errors.DimensionalityError, pint.errors.UndefinedUnitError, pint.errors.OffsetUnitCalculusError):
        return None
    return round(one - offset, 12), round(offset, 12)


def convert(quantities: pd.DataFrame, to: str, *, meaning: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The rows that measure what `to` measures, with `value`, `low` and `high` in that unit.

    Parameters
    ----------
    quantities
        A table with columns `value`, `low`, `high` and `unit`, such as `notes.quantities`.
    to
        A unit: one of `rules/units.csv` ("kilometre", "hectare"), or any that pint knows ("furlong").
        Or a currency code: rows in that currency come back as they are, since no rate of exchange is kept here;
        "USD per kilogram" has those in dollars per tonne, too.
    meaning
        What ambiguous units mean in these articles, such as `{"ton": "short ton", "gallon": "litre"}`.
        "ton" may be short (907 kg), long (1,016 kg) or metric; "gallon" US (3.785 l) or imperial (4.546 l).

    Returns
    -------
    pandas.DataFrame
        A new table; a difference of temperatures (`found_by` is "rules:difference") gets no offset, so that
        1.5 celsius warmer is 2.7 fahrenheit warmer. Rows of other dimensions are left out: per cent and percentage
        points stay apart, and so do work and torque.

    Raises
    ------
    ValueError
        If `to` is no unit, or is ambiguous, or if rows have an ambiguous unit and `meaning` does not say which.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"value": [10.0], "low": [10.0], "high": [10.0], "unit": ["mile"]})
    >>> float(convert(rows, to="kilometre").value.iloc[0])
    16.09344
    """

    meaning = dict(meaning or {})
    codes = {row["code"] for row in rules.read("currencies")}
    if to in codes:
        return quantities[quantities["unit"] == to].copy()
    currency, per, _ = to.partition(" per ")
    if per and currency in codes:
        priced = quantities[quantities["unit"].astype("object").map(lambda unit: str(unit).startswith(currency + per))]
        return _converted(priced, to, {unit: _price(unit, to, meaning) for unit in priced["unit"].unique()})
    if ambiguous(to):
        raise ValueError(
            f"convert(to={to!r}): this unit is {ambiguous(to)}."
            " Name one of them, such as 'tonne', 'short ton' or 'litre'."
        )
    target = pint_name(to) or to
    try:
        wanted = _registry().Quantity(1.0, target).dimensionality
    except Exception as error:  # pint has many kinds of error for a string that is no unit
        raise ValueError(
            f"convert(to={to!r}): there is no such unit. Use a name from rules/units.csv, such as 'kilometre'."
        ) from error
    slopes: dict[str, tuple[float, float] | None] = {}
    unclear: dict[str, str] = {}
    for unit in quantities["unit"].dropna().unique():
        known = meaning.get(unit, unit)
        why = ambiguous(known)
        if why:
            row_dimension = dimension_of(unit)
            if any(
                pint_name(row["unit"])
                and row["dimension"] == row_dimension
                and _registry().Quantity(1.0, pint_name(row["unit"])).dimensionality == wanted
                for row in rules.read("units")
            ):
                unclear[unit] = why
            continue
        slopes[unit] = factor(known, target) if _measure_the_same(known, to) else None
    if unclear:
        listed = "; ".join(f"{unit} is {why}" for unit, why in unclear.items())
        raise ValueError(
            f"convert(to={to!r}): {listed}."
            f" Say which with meaning={{{next(iter(unclear))!r}: ...}}, or drop these rows."
        )
    return _converted(quantities, to, slopes)


def _measure_the_same(unit: str, to: str) -> bool:
    """Whether two units have one dimension, as far as we list them; pint takes per cent for percentage points."""
    listed = {row["unit"]: row["dimension"] for row in rules.read("units")}
    return unit not in listed or to not in listed or listed[unit] == listed[to]


def _price(unit: str, to: str, meaning: Mapping[str, str]) -> tuple[float, float] | None:
    """What turns a price for one measure into the price for another: per tonne, per kilogram."""
    ours, theirs = unit.partition(" per ")[2], to.partition(" per ")[2]
    slope = (1.0, 0.0) if ours == theirs else factor(meaning.get(ours, ours), theirs)
    return (1 / slope[0], 0.0) if slope is not None and slope[0] else None


def _converted(quantities: pd.DataFrame, to: str, by_unit: Mapping[str, tuple[float, float] | None]) -> pd.DataFrame:
    """The rows whose unit has a slope and an offset, with both applied."""
    slopes = {unit: slope for unit, slope in by_unit.items() if slope is not None}
    out = quantities[quantities["unit"].isin(list(slopes))].copy()
    for column in ("value", "low", "high"):
        by = out["unit"].map(lambda unit: slopes[unit][0]), out["unit"].map(lambda unit: slopes[unit][1])
        offset = by[1].astype(float)
        if "found_by" in out:
            offset = offset.where(out["found_by"] != DIFFERENCE, 0.0)
        out[column] = out[column].astype(float) * by[0].astype(float) + offset
    out["unit"] = to
    return out
