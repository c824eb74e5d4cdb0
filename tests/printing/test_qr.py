"""Codes hold web addresses alone, as large as they must be."""

import pytest

from reader.printing.qr import code_of


def test_a_web_address_has_a_code_with_its_three_marks() -> None:
    for scheme in ("http", "https"):
        made = code_of(f"{scheme}://example.org/a")
        assert made is not None
        size = len(made)
        assert size == len(made[0]) >= 21
        for y, x in ((0, 0), (0, size - 7), (size - 7, 0)):
            mark = [row[x : x + 7] for row in made[y : y + 7]]
            assert all(mark[0]), "a finder pattern begins and ends dark"
            assert all(mark[6])
            assert mark[1] == (True, *[False] * 5, True)
            assert mark[3] == (True, False, True, True, True, False, True)
        assert not made[size - 7][size - 7] or not all(made[size - 7][size - 7 :]), "the fourth"


@pytest.mark.parametrize(
    "url", ["", "file:///x", "mailto:a@example.org", "https://example.org/" + "x" * 5000]
)
def test_what_no_code_can_hold_has_none(url: str) -> None:
    assert code_of(url) is None


def test_longer_addresses_have_larger_codes() -> None:
    sizes = [len(code_of("https://example.org/" + "x" * n) or ()) for n in (1, 60, 400)]
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= 21
