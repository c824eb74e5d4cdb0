"""Rules for sites: lines a person can read and change, wrong ones told of, none in the way."""

from pathlib import Path

import pytest

from reader.errors import IngestError
from reader.ingest.rules import FILE, Rule, Rules, judged, read, remember, replace, rules_for


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


def test_only_the_line_of_a_changed_rule_is_written(tmp_path: Path) -> None:
    mine = "# mine\n\nexample.org   remove .a\n  other.example keep  p\nnonsense\n"
    (tmp_path / FILE).write_text(mine)
    first = read(tmp_path)[0]
    replace(tmp_path, first, first._replace(selector="div.b"))
    written = mine.replace("example.org   remove .a", "example.org  remove  div.b")
    assert (tmp_path / FILE).read_text() == written
    replace(tmp_path, read(tmp_path)[0], None)
    assert (tmp_path / FILE).read_text() == mine.replace("example.org   remove .a\n", "")
    replace(tmp_path, None, Rule(0, "third.example", "keep", "aside"))
    assert (tmp_path / FILE).read_text().endswith("nonsense\nthird.example  keep    aside\n")


def test_a_rule_that_is_off_changes_nothing_and_can_be_switched_on(tmp_path: Path) -> None:
    remember(tmp_path, "example.org", Rules((".a", ".b")))
    rule = read(tmp_path)[0]
    replace(tmp_path, rule, rule._replace(on=False))
    assert rules_for(tmp_path, "example.org") == Rules((".b",))
    assert "#off example.org  remove  .a\n" in (tmp_path / FILE).read_text()
    off = read(tmp_path)[0]
    assert (off.on, off.selector, off.trouble) == (False, ".a", "")
    replace(tmp_path, off, off._replace(on=True))
    assert rules_for(tmp_path, "example.org") == Rules((".a", ".b"))


def test_a_file_that_was_changed_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    remember(tmp_path, "example.org", Rules((".a",)))
    rule = read(tmp_path)[0]
    (tmp_path / FILE).write_text("# one line\nexample.org  keep  .other\n")
    for number in (2, rule.line, 99):
        with pytest.raises(IngestError, match="changed in another program"):
            replace(tmp_path, rule._replace(line=number), None)
    assert (tmp_path / FILE).read_text() == "# one line\nexample.org  keep  .other\n"


def test_bytes_that_are_no_text_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"# caf\xe9\nexample.org  remove  .a\n")
    replace(tmp_path, read(tmp_path)[0], None)
    remember(tmp_path, "example.org", Rules((".b",)))
    assert (tmp_path / FILE).read_bytes() == b"# caf\xe9\nexample.org  remove  .b\n"


def test_a_rule_needs_a_site() -> None:
    assert "begins with a site" in judged(Rule(0, "", "remove", "p")).trouble
    assert judged(Rule(0, "example.org", "remove", "p")).trouble == ""
