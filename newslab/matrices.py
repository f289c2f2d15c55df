"""Products of matrices for spaCy's pipes: by numpy's library, on one thread."""

from __future__ import annotations

from threading import Lock
from typing import Any

from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

_blas, _lock = ThreadpoolController(), Lock()


class OneThread(NumpyOps):
    """thinc's operations, with numpy's BLAS on one thread instead of BLIS, since workers are processes.

    The number of threads is the whole process's; the lock keeps threads from restoring each other's.
    """

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, *args: Any, **options: Any) -> Any:
        with _lock, _blas.limit(limits=1, user_api="blas"):
            return super().gemm(*args, **options)
