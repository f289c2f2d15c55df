"""How the time of a piece of work grows with its input, measured so that a busy machine doesn't decide the test."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

Input = TypeVar("Input")
SHORT = 0.01  # seconds of CPU: below it, what is measured is the clock and the caches


def cpu_seconds(work: Callable[[Input], object], given: Input) -> float:
    """CPU seconds of one run, without the collection of garbage that others left."""
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        work(given)
        return process_time() - start
    finally:
        gc.enable()


def assert_linear(
    work: Callable[[Input], object], make: Callable[[int], Input], small: int, large: int, tries: int = 6
) -> None:
    """Fail where `work(make(large))` takes over three times what that of `make(small)` says a linear one would.

    Whatever comes between only adds time, so each size is run until the fastest of its runs pass, `tries` times at
    most. Work that is quadratic fails every time where `large` is six times `small` or more, and a run of `small` takes
    `SHORT` or more: sizes are to be chosen so.
    """
    work(make(small // 10 or 1))  # what is loaded at the first call
    times = [float("inf"), float("inf")]
    for _ in range(tries):  # made anew, since work may leave something with its input
        times = [min(before, cpu_seconds(work, make(size))) for before, size in zip(times, (small, large), strict=True)]
        if times[1] < 3 * large / small * max(times[0], SHORT):
            return
    raise AssertionError(f"{large / small:g} times the input takes {times[1] / times[0]:.1f} times as long: {times}")
