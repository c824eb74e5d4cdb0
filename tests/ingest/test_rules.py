"""Rules for sites: lines a person can read and change, wrong ones told of, none in the way."""

from pathlib import Path

import pytest

from reader.errors import IngestError
from reader.ingest.rules import FILE, Rules, read, remember, rules_for


def test_rules_are_remembered_and_read_again(tmp_path: Path) -> None:
    remember(tmp_path, "example.org", Rules(("div.promo",), ("aside.note > p",)))
    remember(tmp_path, "other.example", Rules(("p",)))
    assert rules_for(tmp_path, "example.org") == Rules(("div.promo",), ("aside.note > p",))
    assert rules_for(tmp_path, "news.example.org").remove == ("div.promo",)
    assert rules_for(tmp_path, "badexample.org") == Rules()
    said = (tmp_path / FILE).read_text()
    assert said.startswith("# How Reader cleans up")
    assert "example.org  remove  div.promo\n" in said


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    mine = "# mine\n\nexample.org   remove .a\nnonsense\n"
    (tmp_path / FILE).write_text(mine)
    remember(tmp_path, "example.org", Rules((".a", ".b")))
    assert (tmp_path / FILE).read_text() == mine + "example.org  remove  .b\n"


def test_the_opposite_of_a_rule_takes_its_place(tmp_path: Path) -> None:
    remember(tmp_path, "example.org", Rules(("div.promo", "p.x")))
    remember(tmp_path, "example.org", Rules(keep=("div.promo",)))
    assert rules_for(tmp_path, "example.org") == Rules(("p.x",), ("div.promo",))


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("example.org", "A rule is"),
        ("example.org remove", "A rule is"),
        ("example.org delete p", "A rule is"),
        ("example.org remove p[", "no CSS selector"),
        ("example.org keep ::before", "no CSS selector"),
        ("example.org remove " + ":not(" * 3000, "no CSS selector"),
    ],
)
def test_a_wrong_line_is_told_of_and_left_out(tmp_path: Path, line: str, trouble: str) -> None:
    (tmp_path / FILE).write_text(f"# first\n{line}\nexample.org remove p.good\n")
    wrong, right = read(tmp_path)
    assert (wrong.line, right.trouble) == (2, "")
    assert trouble in wrong.trouble
    assert rules_for(tmp_path, "example.org") == Rules(("p.good",))


def test_a_file_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="cleaned up all the same"):
        remember(tmp_path / "nowhere", "example.org", Rules(("p",)))
