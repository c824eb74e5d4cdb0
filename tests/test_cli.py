"""The command line, from one end to the other."""

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from reader.cli import main
from reader.library.library import Library
from reader.model import Clipping


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "1-one.md").write_text("# One\n\nFirst text.\n")
    (made / "2-two.html").write_text("<title>Two</title><p>Second <b>text</b>.</p>")
    (made / "3-bad.md").write_bytes(bytes(range(256)))
    return made


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_journey_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(folder), "--tag", "new"]) == 1
    seen = capsys.readouterr()
    assert seen.out == "2 added, 1 failed.\n"
    assert "3-bad.md" in seen.err
    assert main(["list", "--shelf", "queue"]) == 0
    assert [line.split()[2] for line in _lines(capsys)] == ["One", "Two"]
    assert main(["show", "1"]) == 0
    assert _lines(capsys)[-1] == "First text."
    assert main(["archive", "1"]) == 0
    assert _lines(capsys) == ["Archived “One”."]
    assert main(["list", "--shelf", "archive", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["title"] == "One"
    assert main(["undo"]) == 0
    assert main(["tag", "2", "--add", "x", "--remove", "new"]) == 0
    capsys.readouterr()
    assert main(["tag", "1", "2"]) == 0
    assert _lines(capsys) == ["1\tnew", "2\tx"]
    assert main(["favourite", "2"]) == 0
    assert main(["trash", "1"]) == 0
    assert main(["queue", "1"]) == 0
    capsys.readouterr()
    assert main(["info", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["queue"], told["favourites"], told["damage"]) == (2, 1, [])


def test_adding_again_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", str(folder / "1-one.md")])
    capsys.readouterr()
    assert main(["add", str(folder / "1-one.md"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "unchanged"
    (folder / "1-one.md").write_text("# One\n\nOther text.\n")
    main(["add", str(folder / "1-one.md")])
    assert _lines(capsys) == ["1 updated."]


def test_standard_input_is_added(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("# From a pipe\n\nText."))
    assert main(["add", "-", "--archive"]) == 0
    assert main(["list", "--shelf", "archive"]) == 0
    assert "From a pipe" in capsys.readouterr().out


def test_trouble_is_a_sentence_and_exit_code_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert main(["list"]) == 1
    assert "“reader add FILE” makes one" in capsys.readouterr().err
    main(["add", str(folder / "1-one.md")])
    for command in (["show", "99"], ["archive", "1", "99"], ["tag", "99", "--add", "x"]):
        assert main(command) == 1
        assert capsys.readouterr().err.startswith("reader: There is no article 99.")
    assert main(["tag", "1", "--add", " "]) == 1


@pytest.mark.parametrize(
    "words", [["nonsense"], ["show"], ["list", "--sort", "x"], ["--size", "x"]]
)
def test_wrong_usage_is_exit_code_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_without_a_screen_the_window_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 1
    assert "There is no screen" in capsys.readouterr().err
    assert main(["open", "1"]) == 1


def test_foreign_text_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.html"
    file.write_text("<title>\x1b]0;evil\x07 \u202etitle</title><p>\x9b31m text</p>")
    main(["add", str(file)])
    main(["list"])
    main(["show", "1"])
    out = capsys.readouterr().out
    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_an_article_and_a_file_are_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    file = folder / "1-one.md"
    assert main(["print", str(file), "--pdf", str(tmp_path / "file.pdf")]) == 0
    assert not (home / "library").exists(), "a file is printed without touching the library"
    main(["add", str(file)])
    assert main(["print", "1", "--pdf", str(tmp_path / "id.pdf"), "--paper", "A5"]) == 0
    assert (tmp_path / "file.pdf").read_bytes()[:4] == b"%PDF"
    assert (tmp_path / "id.pdf").read_bytes()[:4] == b"%PDF"
    assert main(["print", "1", "--pdf", str(tmp_path / "none" / "x.pdf")]) == 1


def test_many_articles_become_a_book_or_a_pdf_each(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", str(folder)])
    book = tmp_path / "book.pdf"
    assert main(["print", "--shelf", "queue", "--pdf", str(book), "--preset", "newspaper"]) == 0
    assert book.read_bytes()[:4] == b"%PDF"
    each = tmp_path / "each"
    each.mkdir()
    capsys.readouterr()
    assert main(["print", "1", "2", "99", "--pdf", f"{each}/", "--name", "{number}"]) == 1
    said = capsys.readouterr()
    assert sorted(file.name for file in each.iterdir()) == ["001.pdf", "002.pdf"]
    assert "2 PDFs, 1 failed." in said.out
    assert "There is no article 99" in said.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--paper", "huge"], "is no paper"),
        (["--preset", "none"], "there are Article"),
        (["--size", "500"], "too small or too large"),
        (["--margin", "-3"], "too small or too large"),
        ([], "Say where to"),
    ],
)
def test_a_sheet_that_cannot_be_is_explained(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    target = ["--pdf", str(tmp_path / "a.pdf")] if options else []
    assert main(["print", str(folder / "1-one.md"), *target, *options]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()


def test_a_wrong_template_is_explained_before_anything_is_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", str(folder / "1-one.md")])
    assert main(["print", "1", "--pdf", f"{tmp_path}/", "--name", "{nothing}"]) == 1
    assert "it may hold {title}" in capsys.readouterr().err


def test_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", "--preset", "list"]) == 0
    assert "Newspaper" in capsys.readouterr().out.splitlines()


def test_a_library_elsewhere_is_used(folder: Path, tmp_path: Path, home: Path) -> None:
    place = ["--library", str(tmp_path / "elsewhere")]
    assert main([*place, "add", str(folder / "1-one.md")]) == 0
    assert (tmp_path / "elsewhere" / "library.db").is_file()
    assert not (home / "library").exists()


def test_a_closed_pipe_is_no_trouble(folder: Path) -> None:
    main(["add", str(folder / "1-one.md")])
    command = f"{sys.executable} -m reader show 1 --html | true"
    done = subprocess.run(
        command, shell=True, capture_output=True, check=False, env=dict(os.environ)
    )
    assert done.stderr == b""


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in ("add", "list", "show", "open", "print", "archive", "tag", "info", "exit codes"):
        assert word in text


def test_stats_says_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(tmp_path / "l") as library:
        id = library.add(Clipping("https://example.org/a", "A \x1b[31mtitle", site="a.example")).id
        library.diary.note(date.today().isoformat(), id, 3900, 1200)
    assert main(["--library", str(tmp_path / "l"), "stats"]) == 0
    said = capsys.readouterr().out
    assert "1 h 5 min, 1 article, 1,200 words" in said
    assert "a.example" in said
    assert "\x1b" not in said
    assert main(["--library", str(tmp_path / "l"), "stats", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["seconds"], found["streak"]) == (3900, 1)
    assert found["weeks"][-1]["words"] == 1200
    assert found["oldest"]["id"] == id


def test_the_queue_is_listed_with_places_and_put_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two", "three", "four"):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\n" + "Words. " * 500)
        main(["add", str(tmp_path / f"{name}.md")])
    capsys.readouterr()
    orders = {
        ("3", "--top"): "3124",
        ("2", "4", "--before", "3"): "2431",
        ("2", "--after", "1"): "4312",
        ("4", "--end"): "3124",
        ("2", "--next"): "2314",
    }
    for arguments, order in orders.items():
        assert main(["queue", *arguments]) == 0
        capsys.readouterr()
        main(["queue", "--json"])
        told = json.loads(capsys.readouterr().out)
        assert [row["id"] for row in told] == [int(each) for each in order]
        assert [row["place"] for row in told] == [1, 2, 3, 4]
    assert main(["queue", "--limit", "2"]) == 0
    assert [line.split()[:2] for line in _lines(capsys)] == [["1.", "2"], ["2.", "3"]]
    assert main(["undo"]) == 0
    assert _lines(capsys) == ["Undone: Next up: “Two”"]
    assert main(["queue", "--top"]) == 1
    assert "Say which articles" in capsys.readouterr().err
    assert main(["queue", "77", "--top"]) == 1


def test_a_session_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, words in (("one", 2380), ("two", 9000), ("three", 1190)):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\n" + "word " * words)
        main(["add", str(tmp_path / f"{name}.md")])
    capsys.readouterr()
    assert main(["session", "20"]) == 0
    assert _lines(capsys) == ["1\t10 min\tOne", "3\t5 min\tThree", "2 articles · 15 min"]
    assert main(["session", "5", "--json"]) == 0
    assert [row["minutes"] for row in json.loads(capsys.readouterr().out)] == [5]
    assert main(["session", "1"]) == 0
    assert _lines(capsys) == ["Nothing in the queue fits into 1 min."]


def test_searching_shows_the_best_first_with_the_place_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.write_text("# Gardens\n\nOn the café in the old garden.\n")
    other.write_text("# Coffee\n\nA *café* is no garden.\n")
    main(["add", str(one), str(other), "--tag", "new"])
    capsys.readouterr()
    assert main(["search", "garden*"]) == 0
    first, inside, *_ = _lines(capsys)
    assert first.split()[:2] == ["1", "Gardens"]
    assert inside.strip() == "On the café in the old garden."
    assert main(["search", "cafe", "tag:new", "--limit", "1", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["marks"] == ["café"]
    assert told["snippet"] in ("A café is no garden.", "On the café in the old garden.")
    assert main(["search", "café", "--", "-old"]) == 0
    assert [line.split()[0] for line in _lines(capsys)] == ["2", "A"]
    assert main(["search", "nowhere", "--rebuild"]) == 0
    assert capsys.readouterr() == ("", "Nothing was found.\n")
    assert main(["search"]) == 0
    assert capsys.readouterr() == ("", "")
