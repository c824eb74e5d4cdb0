"""One flipped bit is put right if a hash proves it, and nothing else is changed."""

import random
from hashlib import sha256

import pytest

from reader.library.repair import flipped_bits


@pytest.mark.parametrize("seed", range(5))
def test_one_flipped_bit_is_flipped_back(seed: int) -> None:
    chance = random.Random(seed)
    right = chance.randbytes(300)
    wrong = bytearray(right)
    wrong[chance.randrange(300)] ^= 1 << chance.randrange(8)
    assert flipped_bits.put_right(bytes(wrong), sha256(right).digest(), lambda: None) == right


def test_two_flipped_bits_stay_as_they_are() -> None:
    wrong = bytearray(b"a text of a few words")
    digest = sha256(wrong).digest()
    wrong[3] ^= 1
    wrong[9] ^= 1
    assert flipped_bits.put_right(bytes(wrong), digest, lambda: None) is None


def test_a_report_can_stop_it() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        flipped_bits.put_right(b"x" * 3000, bytes(32), stop)


def test_the_time_is_known_before() -> None:
    assert flipped_bits.seconds(500) < 0.1 < flipped_bits.seconds(20_000) < 20
