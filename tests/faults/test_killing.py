"""A killed repair, migration or copy leaves the former state or the new one; again, it is done."""

import random
from pathlib import Path

import pytest
from tests.faults.killing import WORKS, Trial

_KILLS = 4


@pytest.mark.parametrize("name", WORKS)
def test_a_kill_leaves_the_former_state_or_the_new_one(name: str, tmp_path: Path) -> None:
    trial = Trial(name, tmp_path)
    for seed in range(_KILLS):
        trial.kill(random.Random(seed))
