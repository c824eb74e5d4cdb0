"""The pages of the recovery window: their counts add up, and every row of a table has words."""

from pathlib import Path

import pytest

from reader.damage import Damage, Kind
from reader.gui.recovery import pages
from reader.gui.recovery.pages import Line, Mark, Page
from reader.library.backup.copy import Copy, Reason
from reader.library.repair import shapes
from reader.library.repair.salvaged import Findings, Mended, Origin, Rows, Source
from reader.library.store import migrate
from reader.library.store.damaged_pages import DERIVED

_COPY = Copy("a", Path("/a"), 1_795_000_000.0, Reason.CHANGES, articles=12)


def _damage(id: int, title: str, kind: Kind = Kind.UNREADABLE) -> Damage:
    return Damage(kind, id, title)


def _origin(uid: str, field: str, source: Source) -> Origin:
    return Origin(uid, f"Title {uid}", field, source)


FOUND = Findings(
    10,
    (Rows("article", 8, 0, 2), Rows("content", 8, 0, 3), Rows("tag", 4, 1, 1)),
    (_damage(1, "One"), _damage(2, "Two"), _damage(2, "Two", Kind.VERSION)),
    (
        _origin("c1", "html", Source.COPY),
        _origin("c1", "title", Source.COPY),
        _origin("l1", "", Source.LOG),
        _origin("a1", "", Source.AGAIN),
    ),
)


def _counts(page: Page) -> dict[str, int]:
    return {each.label: each.number for each in page.counts}


def _lines(page: Page, name: str) -> list[Line]:
    return [line for each in page.sections if each.name == name for line in each.lines]


def test_the_counts_of_a_report_add_up() -> None:
    page = pages.of_repair(Mended(FOUND, Path("/x/library-damaged.db")), _COPY)
    counts = _counts(page)
    assert counts == {
        "whole, as they were": 5,
        f"from the copy of {pages.day_of(_COPY)}": 1,
        "from other parts of the file": 1,
        "in part": 2,
        "lost": 2,
        "found again": 1,
    }
    assert sum(counts.values()) - counts["lost"] == FOUND.articles
    assert _lines(page, "From the Copy") == [Line("Title c1", "text, title")]
    assert _lines(page, "Found Again") == [Line("Title a1", "the whole article")]
    assert _lines(page, "In Part")[1] == Line("Two", "cannot be read, an older text")
    assert page.note == "The damaged file is kept as library-damaged.db."
    assert page.mark is Mark.WARN
    assert pages.found_again(FOUND) == {"a1": "Title a1"}


def test_an_article_that_stays_damaged_is_counted_once() -> None:
    found = FOUND._replace(origins=(Origin("c1", "One", "html", Source.COPY),))
    counts = _counts(pages.of_repair(Mended(found, None), _COPY))
    assert counts["in part"] == 2
    assert counts["whole, as they were"] == 8
    assert not any(label.startswith("from the copy") for label in counts)


def test_a_repair_without_a_loss_is_good() -> None:
    found = Findings(3, (Rows("article", 3),), ())
    page = pages.of_repair(Mended(found, Path("/x/a.db")), None)
    assert page.mark is Mark.GOOD
    assert page.sentence == "It has 3 articles, and all of them are whole."
    assert _counts(page) == {"whole, as they were": 3}


def test_damage_is_shown_with_the_copy_that_may_help(tmp_path: Path) -> None:
    page = pages.of_damage(FOUND, [_COPY], tmp_path)
    assert [each.number for each in page.counts] == [8, 2, 12]
    assert "takes what is missing from the newest copy" in page.note
    assert _lines(page, "Other Entries") == [
        Line("2 articles", "cannot be read"),
        Line("1 tag", "cannot be read"),
        Line("1 tag", "can be read in part"),
    ]
    assert _lines(page, "Copies")[0].detail == "after changes · 12 articles"
    alone = pages.of_damage(FOUND, [], tmp_path)
    assert "copy" not in alone.note
    assert pages.of_damage(None, [], tmp_path).note.startswith("There is no copy beside it.")


@pytest.mark.parametrize(
    ("table", "count", "words"),
    [
        ("change", 1, "1 entry of the history"),
        ("change", 2, "2 entries of the history"),
        ("saved", 2, "2 saved searches"),
        ("alias", 3, "3 further addresses of an article"),
        ("unheard_of", 2, "2 entries of “unheard_of”"),
    ],
)
def test_the_rows_of_every_table_have_words(
    tmp_path: Path, table: str, count: int, words: str
) -> None:
    found = Findings(1, (Rows(table, 1, 0, count),), ())
    assert _lines(pages.of_damage(found, [], tmp_path), "Other Entries")[0].title == words


def test_no_table_that_can_lose_rows_is_called_by_its_name(tmp_path: Path) -> None:
    newest = shapes.of_version(migrate.newest())
    tables = {name for name, shape in newest.items() if not shape.is_index}
    kept = {name for name in tables - DERIVED if not name.startswith(("search", "sqlite_"))}
    assert kept - {"content"} <= {*pages._TABLES}


def test_every_kind_of_damage_has_words() -> None:
    assert set(pages._DETAILS) == set(Kind)


def test_pictures_are_counted(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for name in "abc":
        (tmp_path / "images" / name).touch()
    assert pages.of_damage(FOUND, [], tmp_path).note.endswith(" 3 pictures lie beside it.")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "images").touch()
    note = pages.of_damage(FOUND, [], tmp_path / "other").note
    assert note.endswith("The folder of pictures could not be read.")


def test_a_report_as_text_has_all_of_the_page() -> None:
    page = pages.of_repair(Mended(FOUND, None), _COPY)
    text = pages.as_text(page)
    for count in page.counts:
        assert f"{count.number}  {count.label}" in text
    for section in page.sections:
        assert not section.lines or f"{section.name} ({len(section.lines)})" in text
        for line in section.lines:
            assert f"  {line.title} – {line.detail}" in text
