"""Samples of hostile pages, addresses, servers, pictures, archives: none gets through."""

from pathlib import Path

from benchmarks.hostile import run

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "hostile"


def test_nothing_hostile_gets_through() -> None:
    found = run(SAMPLES)
    assert sorted(found) == ["html_own", "http", "images", "mhtml_bytes", "urls"]
    wrong = {name: lines[1:] for name, lines in found.items() if len(lines) > 1}
    assert wrong == {}
