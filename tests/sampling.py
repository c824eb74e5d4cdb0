"""A part of all that could be tried, another one in each run and each test."""

import os
import random
from collections.abc import Iterable
from typing import TypeVar

import pytest

T = TypeVar("T")


def sample(items: Iterable[T], share: float, request: pytest.FixtureRequest) -> list[T]:
    """Return a share of some items in their order, drawn by the seed of the run.

    All of them if the variable READER_TEST_ALL is set.
    """
    if os.environ.get("READER_TEST_ALL"):
        return list(items)
    seed = request.config.getoption("randomly_seed", 0)
    drawn = random.Random(f"{seed} {request.node.nodeid}")
    return [item for item in items if drawn.random() < share]
