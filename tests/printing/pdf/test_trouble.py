"""A PDF that cannot be written leaves all as it was, and a sentence that says what to do."""

import errno
import os
from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write

from reader.errors import PrintError
from reader.printing.pdf.trouble import trouble


def _refusal(number: int, winerror: int = 0) -> OSError:
    error = OSError(number, os.strerror(number))
    if winerror:
        error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (_refusal(errno.EACCES, 32), "is open in another program; close it there, or choose"),
        (_refusal(errno.EACCES, 33), "is open in another program; close it there, or choose"),
        (_refusal(errno.EACCES), "may not be changed; close it if it is open"),
        (_refusal(errno.EPERM), "may not be changed; close it if it is open"),
        (_refusal(errno.ENOSPC), "is full; a.pdf was not written. Make room, or choose another"),
        (OSError(), "is full; a.pdf was not written. Make room, or choose another"),
        (_refusal(errno.EROFS), "Nothing can be written to /folder; choose another place"),
        (_refusal(errno.ENOENT), "The folder /folder is no longer there; choose another place"),
        (_refusal(errno.ENAMETOOLONG), "is too long; choose a shorter one"),
        (_refusal(errno.EIO), f"({os.strerror(errno.EIO)}); choose another place"),
    ],
)
def test_each_error_of_a_system_says_what_to_do(error: OSError, said: str) -> None:
    assert said in str(trouble(Path("/folder/a.pdf"), error))


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EIO, errno.ENOENT])
def test_a_file_that_cannot_be_replaced_stays_as_it_is(
    article: MakeArticle, book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:  # fmt: skip
    target = tmp_path / "a.pdf"
    target.write_text("older")

    def refuse(_self: Path, _target: Path) -> Path:
        raise _refusal(number, 32 if number == errno.EACCES else 0)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PrintError, match=r"choose another|Make room"):
        write(book(article("Words.")), target)
    monkeypatch.undo()
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_text() == "older"


def test_a_name_that_is_too_long_is_told_before_anything_is_laid_out(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    with pytest.raises(PrintError, match="too long; choose a shorter one"):
        write(book(article("x")), tmp_path / f"{'n' * 300}.pdf")
    assert not [*tmp_path.iterdir()]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_what_is_no_file_is_not_replaced_by_one(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    with pytest.raises(PrintError, match="is not a file; choose another place"):
        write(book(article("x")), target)
    assert target.is_fifo()


def test_a_folder_that_vanishes_meanwhile_is_told(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    made = book(article("Words."))

    def gone() -> None:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()

    from reader.printing.pdf.write import to_pdf

    steps = to_pdf(made, folder / "a.pdf")
    with pytest.raises(PrintError, match=r"no longer there|choose another place"):
        for _, _, text in steps:
            if text.startswith("Page") and folder.exists():
                gone()
    assert not folder.exists()
