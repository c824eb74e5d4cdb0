"""The texts of articles on the command line: anew, older ones, cleaned up, with their pictures."""

import io
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from reader import paths
from reader.cli import main
from reader.errors import IngestError
from reader.ingest import again, web
from reader.ingest.fetch import Fetched, Unreachable
from reader.ingest.rules import FILE, Rules, remember, rules_for
from reader.library.library import Library
from reader.model import Clipping, Edit

_URL = "https://example.org/walk"
_LINES = [f"Step {n} of the walk, past trees, over stones, and along the water." for n in range(14)]
_PAGE = f"""<html><head><title>A walk</title></head><body>
<article><h1>A walk</h1>{"".join(f"<p>{each}</p>" for each in _LINES)}
<div class="shoes"><p>Good shoes for a walk are sold next door, and they are not dear.</p></div>
<figure><img src="/trees.png" alt="Trees"></figure></article>
<aside class="weather"><p>The weather for the walk: dry, and some wind from the west.</p></aside>
</body></html>"""


class _Web:
    """A web of one page with one picture; each can be out of reach."""

    up = True
    pictures = True

    def get(self, address: str, **_: object) -> Fetched:
        if not self.up:
            raise Unreachable("example.org cannot be reached.")
        if not address.endswith(".png"):
            return Fetched(address, _PAGE.encode(), "text/html", "", True)
        if not self.pictures:
            raise IngestError("gone")
        out = io.BytesIO()
        Image.new("RGB", (200, 150), "green").save(out, "PNG")
        return Fetched(address, out.getvalue(), "image/png", "", True)


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> _Web:
    made = _Web()
    monkeypatch.setattr(web, "download", partial(web.download, get=made.get))
    monkeypatch.setattr(again, "fetch_missing", partial(again.fetch_missing, get=made.get))
    return made


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(paths.library_dir()) as made:
        yield made


def _out(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(words) == code
    return capsys.readouterr().out


def _trouble(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(words) == 1
    return capsys.readouterr().err


def _worsen(library: Library, id: int = 1) -> None:
    library.edit("Made worse", [Edit(id, text=Clipping("", html="<p>Step 0</p>", words=2))])


# ---- addresses that wait


def test_an_address_in_a_list_was_not_typed_and_one_on_the_command_line_was(
    capsys: pytest.CaptureFixture[str], library: Library, tmp_path: Path
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("http://127.0.0.1/a\nhttp://127.0.0.1/b\n")
    _out(capsys, "add", "--later", str(listed), "http://127.0.0.1/b")
    assert [library.is_typed(id) for id in (1, 2)] == [False, True]


def test_a_password_on_the_command_line_is_not_kept_or_shown(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    said = _out(capsys, "add", "--json", "https://anna:wood@example.org/walk")
    said += _out(capsys, "list", "--json") + _out(capsys, "show", "1", "--json")
    assert "A walk" in said and "wood" not in said
    assert library.article(1).url == _URL


def test_an_address_that_waits_is_fetched_when_it_is_added_again(
    capsys: pytest.CaptureFixture[str], pages: _Web, library: Library
) -> None:
    assert _out(capsys, "add", _URL, "--later") == "1 added.\n"
    pages.up = False
    assert _out(capsys, "add", _URL) == "1 unchanged.\n"
    assert library.waiting() == [1]
    pages.up = True
    assert _out(capsys, "add", _URL) == "1 updated.\n"
    assert library.waiting() == []
    assert "Step 3" in library.article(1).html
    assert _out(capsys, "add", _URL) == "1 unchanged.\n"


def test_a_known_address_that_cannot_be_reached_says_why(
    capsys: pytest.CaptureFixture[str], pages: _Web
) -> None:
    pages.up = False
    main(["add", _URL])
    row = json.loads(_out(capsys, "add", _URL, "--json"))[0]
    assert (row["outcome"], row["article"]) == ("unchanged", 1)
    assert row["note"] == "example.org cannot be reached. It waits."


# ---- extracted again


def test_articles_are_extracted_again_row_by_row(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    library.add(Clipping("paste:1", "A note", html="<p>note</p>", words=1))
    _worsen(library)
    rows = json.loads(_out(capsys, "extract", "--again", "1", "2", "--json"))
    assert [row["outcome"] for row in rows] == ["updated", "unchanged"]
    assert "Step 13" in library.article(1).html
    assert _out(capsys, "undo") == "Undone: Extracted again: “A walk”\n"
    assert library.article(1).html == "<p>Step 0</p>"
    assert _out(capsys, "extract", "--again", "--all") == "1 updated, 1 unchanged.\n"


def test_a_longer_text_stays_unless_anyway(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    long = f"{library.article(1).html}\n<p>{'more ' * 300}</p>"
    library.edit("Made longer", [Edit(1, text=Clipping("", html=long, words=900))])
    assert _out(capsys, "extract", "--again", "1") == "1 unchanged.\n"
    assert _out(capsys, "extract", "--again", "1", "--anyway") == "1 updated.\n"


def test_what_to_extract_has_to_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", _URL])
    assert "or their numbers" in _trouble(capsys, "extract", "--again")
    assert "Say which page" in _trouble(capsys, "extract")
    assert "is no number" in _trouble(capsys, "extract", "--again", "one")
    assert "no article 9" in _trouble(capsys, "extract", "--again", "1", "9")


# ---- older texts


def test_the_texts_of_an_article_are_listed_shown_and_chosen(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    assert _out(capsys, "versions", "1") == "There is no other text of this article.\n"
    _worsen(library)
    told = json.loads(_out(capsys, "versions", "1", "--json"))
    assert [(each["number"], each["in_use"]) for each in told] == [(2, True), (1, False)]
    assert (told[1]["made_by"], told[0]["words"]) == ("downloaded", 2)
    lines = _out(capsys, "versions", "1").splitlines()
    assert lines[0].split()[0] == "2"
    assert lines[0].endswith("in use")
    assert "downloaded" in lines[1]
    assert _out(capsys, "versions", "1", "--show", "2") == "Step 0\n"
    assert "Step 13" in _out(capsys, "versions", "1", "--show", "1")
    assert _out(capsys, "versions", "1", "--use", "2") == "Nothing to change.\n"
    assert "Chose another text" in _out(capsys, "versions", "1", "--use", "1")
    assert "Step 13" in library.article(1).html
    main(["undo"])
    assert library.article(1).html == "<p>Step 0</p>"


def test_numbers_of_texts_stay_when_another_is_chosen(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    library.add(Clipping("paste:1", "One", html="<p>first</p>", words=1))
    library.add(Clipping("paste:1", "One", html="<p>second</p>", words=1))
    for used in (1, 2, 1):
        main(["versions", "1", "--use", str(used)])
        assert _out(capsys, "versions", "1", "--show", "1") == "first\n"
        assert _out(capsys, "versions", "1", "--show", "2") == "second\n"


def test_a_text_that_is_not_there_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", _URL])
    assert "has no text 7" in _trouble(capsys, "versions", "1", "--use", "7")
    assert "has no text 0" in _trouble(capsys, "versions", "1", "--show", "0")
    assert "no article 5" in _trouble(capsys, "versions", "5")


# ---- pictures


def test_missing_pictures_are_fetched(
    capsys: pytest.CaptureFixture[str], pages: _Web, library: Library
) -> None:
    library.add(Clipping("paste:1", "A note", html='<p>Written: &lt;img src=""&gt;</p>', words=1))
    pages.pictures = False
    main(["add", _URL])
    assert library.with_missing_pictures() == [2]
    assert _out(capsys, "download", "--missing", code=1) == "1 failed.\n"
    pages.pictures = True
    assert _out(capsys, "download", "--missing") == "1 updated.\n"
    assert len(library.article(2).pictures) == 1
    assert library.with_missing_pictures() == []
    assert _out(capsys, "download", "--missing", "2") == "1 unchanged.\n"
    assert "no article 7" in _trouble(capsys, "download", "--missing", "2", "7")


def test_articles_in_the_trash_get_no_pictures_unasked(pages: _Web, library: Library) -> None:
    pages.pictures = False
    main(["add", _URL])
    main(["trash", "1"])
    assert library.with_missing_pictures() == []


# ---- cleaning up and rules


def test_blocks_are_taken_out_and_brought_back_by_what_they_say(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    before = library.article(1).html
    out = _out(capsys, "clean", "1", "--remove", "good  SHOES", "Step 5", "--keep", "The weather")
    assert out.splitlines() == [
        "removed: Step 5 of the walk, past trees, over stones, and along the water.",
        "removed: Good shoes for a walk are sold next door, and they are not dear.",
        "brought back: The weather for the walk: dry, and some wind from the west.",
        "Cleaned up “A walk”.",
    ]
    html = library.article(1).html
    assert ("shoes" in html, "Step 5" in html, "weather" in html) == (False, False, True)
    assert _out(capsys, "clean", "1", "--remove", "good shoes") == "Nothing to change.\n"
    main(["undo"])
    assert library.article(1).html == before


def test_the_blocks_of_an_article_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", _URL])
    lines = _out(capsys, "clean", "1").splitlines()
    assert f"+ {_LINES[0]}" in lines
    assert "+ [Trees]" in lines
    assert "- The weather for the walk: dry, and some wind from the west." in lines


def test_a_text_that_no_block_says_changes_nothing(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    before = library.article(1).html
    assert "says “boots”" in _trouble(capsys, "clean", "1", "--remove", "shoes", "boots")
    assert "No block" in _trouble(capsys, "clean", "1", "--remove", " ")
    assert "nothing of the article" in _trouble(capsys, "clean", "1", "--remove", "e")
    assert library.article(1).html == before


def test_cleaning_becomes_rules_of_the_site(
    capsys: pytest.CaptureFixture[str], library: Library
) -> None:
    main(["add", _URL])
    out = _out(capsys, "clean", "1", "--remove", "Good shoes", "--for-site")
    assert out.endswith("1 rule for example.org remembered.\n")
    assert rules_for(library.folder, "example.org") == Rules(("div.shoes",))


def test_rules_are_listed_with_their_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    folder = paths.library_dir()
    assert str(folder / FILE) in _out(capsys, "rules")
    folder.mkdir(parents=True)
    remember(folder, "example.org", Rules(("div.shoes",)))
    first = _out(capsys, "rules").splitlines()
    assert first[0] == f"{folder / FILE}:"
    assert first[1].split() == ["4", "example.org", "remove", "div.shoes"]
    with Path(folder / FILE).open("a") as file:
        file.write("example.org hide p\n")
    assert "A rule is a site" in _out(capsys, "rules", code=1)
    told = json.loads(_out(capsys, "rules", "--json", code=1))
    assert told["file"] == str(folder / FILE)
    assert [(each["line"], bool(each["trouble"])) for each in told["rules"]] == [
        (4, False),
        (5, True),
    ]
