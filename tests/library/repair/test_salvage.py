"""Whatever happens to the bytes of a library, what is left is read, and nothing raises."""

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.damaging import PAGE, overwrite, pages

from reader.damage import Kind
from reader.errors import LibraryError, LibraryTooNew
from reader.library.library import Library
from reader.library.repair import rescue, texts
from reader.library.repair.salvaged import Source
from reader.library.store import migrate
from reader.library.store.database import rows
from reader.model import Clipping, Query, State
from reader.progress import Cancelled, silent

_COUNT = 30
_MUTATIONS = 60

Mutation = Callable[[bytearray, random.Random], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    with Library.open(folder) as library, library.together():
        for number in range(1, _COUNT + 1):
            text = f"<p>{f'word{number} ü ' * (20 * number)}</p>"
            clipping = Clipping(f"https://example.org/{number}", f"Title {number}", html=text)
            library.add(clipping._replace(
                source=b"source", tags=(f"art/{number % 3}",), aliases=(f"short:{number}",),
            ))  # fmt: skip
            if number % 4 == 0:
                library.add(clipping._replace(html=f"<p>newer {number}</p>"))
        library.set_state([2, 3], State.ARCHIVE, done=True)
    return folder / "library.db"


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole.parent, tmp_path / "harmed")) / "library.db"


def _articles(file: Path) -> dict[str, Any]:
    with Library.open(file.parent, create=False) as library:
        ids = [*library.ids(Query()), *library.ids(Query(State.TRASH))]
        return {library.article(id).uid: library.article(id) for id in ids}


def _numbers(file: Path, *owners: str) -> list[int]:
    return [page.number for page in pages(file) if page.owner in owners]


# ---- what is gone


@pytest.mark.parametrize("seed", [None, 1])
def test_all_is_read_if_the_first_page_is_gone(whole: Path, file: Path, seed: int | None) -> None:
    overwrite(file, 1, seed)
    assert rescue.mend(file, silent).rows == 0
    assert _articles(file) == _articles(whole)


def test_all_is_read_if_the_schema_is_gone(whole: Path, file: Path) -> None:
    for number in {1, *_numbers(whole, "sqlite_schema")}:
        overwrite(file, number, seed=number)
    rescue.mend(file, silent, with_loss=True)
    assert _articles(file) == _articles(whole)


@pytest.mark.parametrize("owner", ["article", "content", "change"])
def test_all_is_read_if_an_inner_page_is_gone(whole: Path, file: Path, owner: str) -> None:
    inner = [p.number for p in pages(whole) if (p.owner, p.kind) == (owner, "internal")]
    assert inner
    for number in inner:
        overwrite(file, number, seed=number)
    assert rescue.mend(file, silent, with_loss=True).rows == 0
    assert _articles(file) == _articles(whole)


def test_an_older_library_is_read_without_its_schema(tmp_path: Path) -> None:
    old, file = apsw.Connection(str(tmp_path / "old.db")), tmp_path / "old.db"
    migrate.make(old, 5)
    for number in range(1, 40):
        old.execute(
            "INSERT INTO article (uid, url, title, title_key, byline, site, site_key, language, "
            "excerpt, words, published_at, added_at, downloaded_at, state, place) VALUES "
            "(?, ?, 'One', 'one', '', '', '', '', '', 1, '', '2020-01-01', '', 'queue', 'a')",
            (f"{number:032x}", f"https://example.org/{number}"),
        )
    old.close()
    for number in _numbers(file, "sqlite_schema"):
        overwrite(file, number)
    found = rescue.rewrite(file, tmp_path / "library.db", silent)
    assert found.articles == 39


# ---- one bit


def test_a_single_flipped_bit_of_a_text_is_flipped_back(whole: Path, file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.index(b"word9 ") + 2] ^= 4
    file.write_bytes(data)
    mended = rescue.mend(file, silent)
    [origin] = mended.findings.origins
    assert (origin.title, origin.field, origin.source) == ("Title 9", "text", Source.HASH)
    assert _articles(file) == _articles(whole)


def test_a_text_with_a_wrong_hash_is_said_to_be_damaged(whole: Path, file: Path) -> None:
    data = bytearray(file.read_bytes())
    at = data.index(b"word9 ")
    data[at : at + 6] = b"\xff\xfe....."[:6]
    file.write_bytes(data)
    mended = rescue.mend(file, silent)
    [found] = mended.findings.damaged
    assert (found.kind, found.title) == (Kind.TEXT, "Title 9")
    assert mended.findings.whole == _COUNT - 1
    with Library.open(file.parent) as library:
        assert Kind.TEXT in {each.kind for each in library.check()}


def test_a_damaged_hash_is_known_from_the_log(whole: Path, file: Path) -> None:
    digest = sha256(_text_of(whole, 9)).digest()
    data = bytearray(file.read_bytes())
    at = data.index(digest)
    data[at : at + 4] = b"....."[:4]
    file.write_bytes(data)
    assert rescue.mend(file, silent).findings.damaged == ()
    assert _articles(file) == _articles(whole)


def _text_of(file: Path, id: int) -> bytes:
    with closing(apsw.Connection(str(file))) as connection:
        sql = "SELECT CAST(html AS BLOB) FROM content WHERE article = ?"
        return bytes(connection.execute(sql, (id,)).get)


def test_a_lost_text_is_taken_from_its_versions(whole: Path, file: Path) -> None:
    for number in _numbers(whole, "content"):
        overwrite(file, number)
    found = rescue.mend(file, silent, with_loss=True).findings
    again = {each.title for each in found.origins if each.source is Source.VERSION}
    assert again == {f"Title {number}" for number in range(4, _COUNT + 1, 4)}
    assert {each.kind for each in found.damaged} == {Kind.UNREADABLE}
    with Library.open(file.parent) as library:
        assert library.article(4).html.startswith("<p>word4 "), "the version before"
        assert library.article(5).html == texts.UNREADABLE


# ---- what was deleted


@pytest.mark.parametrize("owner", ["article", "content"])
def test_what_was_deleted_does_not_come_back(whole: Path, file: Path, owner: str) -> None:
    leaves = [p.number for p in pages(whole) if (p.owner, p.kind) == (owner, "leaf")]
    old = [whole.read_bytes()[(number - 1) * PAGE : number * PAGE] for number in leaves]
    with Library.open(file.parent) as library:
        library.set_state([*range(1, 20)], State.TRASH)
        library.trash.delete([*range(1, 20)])
    before = _articles(file)
    leaf = [p.number for p in pages(file) if (p.owner, p.kind) == (owner, "leaf")][-1]
    for number in (1, leaf):  # the list of free pages is on the first one
        overwrite(file, number, seed=2)
    with file.open("ab") as opened:
        opened.write(b"".join(old))  # pages that were freed
    mended = rescue.mend(file, silent, with_loss=True)
    assert {uid for uid in _articles(file) if uid not in before} == set()
    assert mended.findings.articles == len(before)


def test_an_article_without_a_tombstone_is_found_again_on_free_pages(file: Path) -> None:
    uid = _uid(file, 30)
    with closing(apsw.Connection(str(file))) as connection:
        connection.pragma("secure_delete", 0)
        for (name,) in rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM content; DELETE FROM change")
        connection.execute("DELETE FROM article")
    found = rescue.mend(file, silent, with_loss=True).findings
    assert found.articles == 0, "none of its tables is damaged"
    assert sum(each.again for each in found.tables) > 0
    assert uid not in _articles(file)


def _uid(file: Path, id: int) -> str:
    with closing(apsw.Connection(str(file))) as connection:
        return str(connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get)


# ---- anything


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 300))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _header(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 30))):
        data[chance.randrange(100)] ^= 1 << chance.randrange(8)


def _noise(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(data) // PAGE)
    data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)


def _swap(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE] = data[other : other + PAGE]


def _page_header(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(data) // PAGE) * PAGE
    for _ in range(chance.choice((1, 4))):
        data[page + chance.randrange(30)] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(PAGE, len(data)) :]


_KINDS: tuple[Mutation, ...] = (_flip, _header, _noise, _swap, _page_header, _page_header, _cut)


@pytest.mark.parametrize("seed", range(_MUTATIONS))
def test_no_mutation_raises_or_shows_a_wrong_text_as_whole(file: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(file.read_bytes())
    for kind in chance.choices(_KINDS[:-1], k=chance.choice((1, 1, 3))):
        kind(data, chance)
    if seed % 9 == 0:
        _cut(data, chance)
    file.write_bytes(data)
    try:
        mended = rescue.mend(file, silent, with_loss=True)
    except LibraryError:
        assert file.read_bytes() == data
        return
    told = {each.article for each in mended.findings.damaged}
    with closing(apsw.Connection(str(file))) as connection:
        for id, html, digest in connection.execute(
            "SELECT article, CAST(html AS BLOB), sha256 FROM content"
        ):
            assert sha256(html).digest() == digest or id in told
    assert mended.aside is not None and mended.aside.read_bytes() == data


# ---- what is not written


def test_an_examination_writes_nothing_beside_the_library(whole: Path, file: Path) -> None:
    overwrite(file, 1)
    before = {each.name: each.read_bytes() for each in file.parent.iterdir() if each.is_file()}
    assert rescue.examine(file).articles == _COUNT
    assert before == {e.name: e.read_bytes() for e in file.parent.iterdir() if e.is_file()}


def test_a_library_of_a_newer_reader_is_left_alone(file: Path) -> None:
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("CREATE TABLE of_the_future (x)")
        connection.pragma("user_version", migrate.newest() + 1)
    before = file.read_bytes()
    with pytest.raises(LibraryTooNew):
        rescue.mend(file, silent, with_loss=True)
    assert file.read_bytes() == before


def test_a_repair_can_be_stopped(file: Path) -> None:
    before = file.read_bytes()

    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rescue.mend(file, stop, with_loss=True)
    assert file.read_bytes() == before
    assert not [*file.parent.glob("*.new*")]
