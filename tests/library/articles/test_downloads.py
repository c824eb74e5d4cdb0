"""What downloads left behind: failures with their next attempts, and an icon for each site."""

from pathlib import Path
from typing import Any

import pytest

from reader.library.articles import downloads
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.library.store import clock
from reader.library.store.database import rows
from reader.model import Clipping, Edit, Failure, FailureKind, Query, State

_URL = "https://example.org/story"
_NOW = 1_800_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the time of the library, as a list of one number that a test may change."""
    moment = [_NOW]
    monkeypatch.setattr(clock, "seconds", lambda: moment[0])
    return moment


@pytest.fixture
def id(library: Library) -> int:
    return library.add(Clipping(_URL, "Waits")).id


def _row(library: Library, id: int) -> Failure | None:
    row, article = library.rows_of([id])[0], library.article(id)
    assert row.failure == article.failure
    return row.failure


def test_the_last_failure_of_an_article_is_kept_with_the_number_of_attempts(
    library: Library, id: int, at: list[int]
) -> None:
    assert _row(library, id) is None
    library.downloads.note_failure(id, FailureKind.OFFLINE)
    at[0] += 60
    told = library.downloads.note_failure(id, FailureKind.GONE, 404)
    assert told == Failure(FailureKind.GONE, 404, clock.text(_NOW + 60), 2, "")
    assert _row(library, id) == told
    assert library.rows(Query())[0].failure == told


@pytest.mark.parametrize("kind", FailureKind)
def test_only_what_may_pass_is_tried_again_by_itself(
    library: Library, id: int, at: list[int], kind: FailureKind
) -> None:
    failure = library.downloads.note_failure(id, kind)
    passing = kind in (FailureKind.OFFLINE, FailureKind.SLOW, FailureKind.SERVER)
    assert bool(failure.again_at) == passing
    assert library.downloads.due() == []
    at[0] += clock.DAY
    assert library.downloads.due() == ([id] if passing else [])


def test_the_pauses_grow_to_a_day(library: Library, id: int, at: list[int]) -> None:
    pauses = list[str]()
    for _ in range(8):
        pauses.append(library.downloads.note_failure(id, FailureKind.SLOW).again_at)
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (clock.text(_NOW + 300), clock.text(_NOW + clock.DAY))


def test_a_server_may_ask_for_a_longer_pause_but_not_for_years(
    library: Library, id: int, at: list[int]
) -> None:
    told = library.downloads.note_failure(id, FailureKind.REFUSED, 429, pause=7200)
    assert told.again_at == clock.text(_NOW + 7200)
    told = library.downloads.note_failure(id, FailureKind.SERVER, 503, pause=10**9)
    assert told.again_at == clock.text(_NOW + 7 * clock.DAY)


def test_a_start_tries_what_was_offline_at_once(library: Library, id: int, at: list[int]) -> None:
    slow = library.add(Clipping(f"{_URL}/slow")).id
    fresh = library.add(Clipping(f"{_URL}/fresh")).id
    trashed = library.add(Clipping(f"{_URL}/trashed")).id
    library.set_state([trashed], State.TRASH)
    library.add(Clipping("file:///tmp/a.md"))
    library.downloads.note_failure(id, FailureKind.OFFLINE)
    library.downloads.note_failure(slow, FailureKind.SLOW)
    assert library.downloads.due() == [fresh]
    assert library.downloads.due(at_start=True) == [id, fresh]


def test_a_clock_that_was_wrong_delays_nothing(library: Library, id: int, at: list[int]) -> None:
    at[0] += 400 * clock.DAY
    library.downloads.note_failure(id, FailureKind.SERVER, 500)
    at[0] = _NOW
    assert library.downloads.due() == [id]


def test_a_text_ends_the_failure(library: Library, id: int) -> None:
    library.downloads.note_failure(id, FailureKind.SERVER, 500)
    library.add(Clipping(_URL, "Waits", html="<p>It came.</p>"))
    assert _row(library, id) is None
    with library._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM download_failure").get == 0


def test_a_failure_counts_only_while_there_is_no_text(library: Library, id: int) -> None:
    library.downloads.note_failure(id, FailureKind.GONE, 404)
    library.edit("Pasted", [Edit(id, text=Clipping("", html="<p>Pasted.</p>", words=1))])
    assert library.article(id).html == "<p>Pasted.</p>"
    assert _row(library, id) is None
    library.history.undo()
    assert library.article(id).html == ""
    failure = _row(library, id)
    assert failure is not None
    assert failure.kind is FailureKind.GONE
    library.history.redo()
    assert library.article(id).html == "<p>Pasted.</p>"
    assert library.check() == ()


def test_what_failed_is_found_by_the_search(library: Library, id: int) -> None:
    other = library.add(Clipping(f"{_URL}/other")).id
    library.downloads.note_failure(id, FailureKind.GONE, 404)
    assert library.search.ids(question("is:failed")) == [id]
    assert library.search.ids(question("-is:failed")) == [other]
    assert library.search.ids(question("is:waiting waits is:failed")) == [id]


def test_a_failure_of_an_article_that_is_gone_is_not_kept(library: Library, id: int) -> None:
    library.set_state([id], State.TRASH)
    library.trash.delete([id])
    library.downloads.note_failure(id, FailureKind.OFFLINE)
    assert library.check() == ()
    with library._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM download_failure").get == 0


def test_an_article_without_a_text_is_never_read(library: Library, id: int) -> None:
    from reader.anchor import Anchor

    library.reading_log.count_view(id)
    library.reading_log.keep_position(id, Anchor(), 1.0)
    library.set_state([id], State.ARCHIVE, done=True)
    article = library.article(id)
    assert (article.views, article.opened_at, article.read_at, article.progress) == (0, "", "", 0)
    with library._database.writing() as connection:  # as an older Reader left it
        connection.execute("UPDATE article SET progress = 1.0")
    assert library.rows_of([id])[0].progress == 0


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("", None),
        ("gone 404 2026-01-01 3 ", Failure(FailureKind.GONE, 404, "2026-01-01", 3)),
        ("nonsense x y z", Failure(FailureKind.OTHER, 0, "y", 1)),
        ("slow -1", Failure(FailureKind.SLOW)),
        ("slow 99999999999999999999", Failure(FailureKind.SLOW)),
    ],
)  # fmt: skip
def test_a_damaged_failure_is_read_as_well(stored: str, wanted: Failure | None) -> None:
    assert downloads.failure_of(stored) == wanted


# ---- icons


def test_a_site_is_asked_for_its_icon_once_a_month(library: Library, at: list[int]) -> None:
    assert library.downloads.wants_icon(_URL)
    library.downloads.keep_icon(_URL, "")
    assert not library.downloads.wants_icon(f"{_URL}/other")
    assert library.downloads.wants_icon("https://example.org:8080/story")
    at[0] += 31 * clock.DAY
    assert library.downloads.wants_icon(_URL)
    at[0] -= 400 * clock.DAY  # a clock that was wrong
    assert library.downloads.wants_icon(_URL)


def test_all_articles_of_a_site_have_its_icon(library: Library) -> None:
    name = library.keep_picture(_PNG, "png")
    mine = [library.add(Clipping(url)).id for url in (_URL, "https://example.org/")]
    others = [
        "https://example.org:8080/a",
        "http://other.example/example.org/",
        "paste:example.org",
    ]
    other = [library.add(Clipping(url)).id for url in others]
    library.downloads.keep_icon(_URL, name)
    assert [row.icon for row in library.rows_of([*mine, *other])] == [name, name, "", "", ""]
    assert library.article(mine[0]).icon == name


def test_a_site_that_has_no_icon_any_more_keeps_the_old_one(library: Library) -> None:
    id, name = library.add(Clipping(_URL)).id, library.keep_picture(_PNG, "png")
    library.downloads.keep_icon(_URL, name)
    library.downloads.keep_icon(_URL, "")
    assert library.article(id).icon == name


def test_an_icon_is_no_loose_picture_until_another_takes_its_place(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    icon, later = (library.keep_picture(_PNG + letter, "png") for letter in (b"a", b"b"))
    shown = Clipping(_URL, "Shows it", html=f'<p><img src="{icon}"></p>', pictures=(icon,))
    id = library.add(shown).id
    library.downloads.keep_icon(_URL, icon)
    library.set_state([id], State.TRASH)
    really = clock.seconds()
    monkeypatch.setattr(clock, "seconds", lambda: really + 12 * 3600)
    library.trash.empty(0)
    monkeypatch.setattr(clock, "seconds", lambda: really + 30 * 3600)
    library.trash.empty(0)
    assert library.picture_path(icon) is not None
    library.downloads.keep_icon(_URL, later)
    monkeypatch.setattr(clock, "seconds", lambda: really + 50 * 3600)
    for _ in range(2):
        library.trash.empty(0)
    assert library.picture_path(later) is not None
    assert library.picture_path(icon) is None


def test_both_survive_the_repair_of_a_library(library: Library, id: int, tmp_path: Path) -> None:
    from reader.library.repair import rescue
    from reader.progress import silent

    library.downloads.note_failure(id, FailureKind.GONE, 404)
    library.downloads.keep_icon(_URL, "a" * 64 + ".png")
    before = library.article(id)
    library.close()
    folder = tmp_path / "mended"
    folder.mkdir()
    assert rescue.rewrite(library.folder / "library.db", folder / "library.db", silent).lost == 0
    with Library.open(folder) as mended:
        after = mended.article(id)
    assert (after.failure, after.icon) == (before.failure, before.icon) != (None, "")


def test_an_index_finds_what_waits_among_many_articles(library: Library, id: int) -> None:
    asked: list[tuple[str, Any]] = []

    def trace(_: object, sql: str, values: object) -> bool:
        asked.append((sql, values))
        return True

    with library._database.reading() as connection:
        connection.exec_trace = trace
        found = (library.downloads.due(), library.downloads.waiting())
        connection.exec_trace = None
        selects = [each for each in asked if each[0].startswith("SELECT id FROM article")]
        plans = [rows(connection, f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in selects]
    assert found == ([id], [id])
    assert [plan[0][3] for plan in plans] == ["SCAN article USING INDEX without_text"] * 2
