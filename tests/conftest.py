"""What all tests share: the model, the example of ../shared where it is, and how hard hypothesis tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
EXAMPLES = int(os.environ.get("EXAMPLES", "2000"))
settings.register_profile("soak", max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def nlp():
    from newslab.parsing import load_model

    return load_model()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the example and the public sets, which only developers have."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "data" / "sample"
