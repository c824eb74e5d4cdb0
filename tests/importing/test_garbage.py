"""The garbage collector is as it was once no import is under way, however the imports end."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread

import pytest

from reader.importing.garbage import spared
from reader.progress import Cancelled, silent


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    usual = gc.get_threshold()
    yield
    assert gc.get_threshold() == usual


def is_spared() -> bool:
    return gc.get_threshold()[2] > 1_000_000


def test_a_full_collection_waits_until_the_import_is_over() -> None:
    with spared(silent) as report:
        assert is_spared()
        report(1, 2, "")
    assert not is_spared()


def test_a_stop_ends_it_too() -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), spared(stop) as report:
        report(1, 2, "")


def test_of_several_at_once_the_last_one_ends_it() -> None:
    first, second = ExitStack(), ExitStack()
    first.enter_context(spared(first.enter_context(spared(silent))))
    second.enter_context(spared(silent))
    first.close()
    assert is_spared()
    second.close()
    assert not is_spared()


def test_it_ends_on_every_thread() -> None:
    def work() -> None:
        for _ in range(50):
            with spared(silent):
                pass

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
