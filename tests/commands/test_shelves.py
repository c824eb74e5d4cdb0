"""Tags, duplicates and the trash from the command line."""

import json
from pathlib import Path

import pytest

from reader.cli import main

Said = pytest.CaptureFixture[str]
_TEXT = " ".join(f"word{number} and" for number in range(60))


@pytest.fixture(autouse=True)
def articles(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "1-one.md").write_text(f"# One\n\n{_TEXT}\n")
    (folder / "2-two.md").write_text(f"# Two\n\n{_TEXT} at last.\n")
    (folder / "3-three.md").write_text("# Three\n\nAnother text.\n")
    main(["add", str(folder)])
    main(["tag", "1", "2", "--add", "art/music"])
    capsys.readouterr()


def _said(capsys: Said, *words: str, code: int = 0) -> list[str]:
    capsys.readouterr()
    assert main(words) == code
    return capsys.readouterr().out.splitlines()


def test_tags_are_listed_and_renamed(capsys: Said) -> None:
    assert _said(capsys, "tags") == ["2 art", "2 art/music"]
    assert _said(capsys, "tag-rename", "art/music", "music") == [
        "Renamed the tag “art/music” to “music”."
    ]
    assert json.loads("".join(_said(capsys, "tags", "--json"))) == [
        {"tag": "music", "articles": 2, "colour": ""}
    ]
    assert _said(capsys, "tag-rename", "music", "music") == ["Nothing to change."]
    assert main(["tag-rename", "none", "other"]) == 1
    assert "no tag “none”" in capsys.readouterr().err


def test_a_tag_lists_what_lies_within_it(capsys: Said) -> None:
    assert len(_said(capsys, "list", "--tag", "art")) == 2
    assert len(_said(capsys, "list", "--shelf", "queue", "--tag", "art")) == 2


def test_duplicates_are_listed_merged_and_parted(capsys: Said) -> None:
    found = _said(capsys, "duplicates")
    assert [line.split()[0] for line in found[1:3]] == ["1", "2"]
    assert found[-1] == "1 pair. “reader merge A B” makes one of two."
    pair = json.loads("".join(_said(capsys, "duplicates", "--json")))[0]
    assert (pair["older"]["title"], pair["newer"]["title"]) == ("One", "Two")
    assert _said(capsys, "merge", "2", "1") == [
        "Merged two copies of “One”; it is 1. “reader undo” parts them."
    ]
    assert _said(capsys, "duplicates") == ["0 pairs."]
    _said(capsys, "undo")
    assert len(_said(capsys, "duplicates")) == 4


def test_the_trash_is_emptied_only_when_that_is_meant(capsys: Said) -> None:
    assert _said(capsys, "empty-trash") == ["There is nothing to delete."]
    main(["trash", "3"])
    assert _said(capsys, "empty-trash", "--older-than", "30") == ["There is nothing to delete."]
    capsys.readouterr()
    assert main(["empty-trash"]) == 1
    assert "Say “--yes”" in capsys.readouterr().err
    assert _said(capsys, "empty-trash", "--yes")[0].startswith("1 article deleted for good")
    assert main(["show", "3"]) == 1


def test_a_question_on_a_terminal_is_answered(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["trash", "3"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert _said(capsys, "empty-trash") == ["Nothing was deleted."]
    monkeypatch.setattr("builtins.input", lambda _: "Y")
    assert _said(capsys, "empty-trash")[0].startswith("1 article deleted")
