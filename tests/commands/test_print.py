"""Articles and files are printed on any sheet."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from tests.commands.running import Ask, Capsys, Lines, Run

from reader.cli import main


def _title(file: Path) -> str:
    with pikepdf.open(file) as pdf:
        return str(pdf.docinfo["/Title"])


LINES: Lines = [
    ("print 1 --pdf a.pdf", lambda _: Path("a.pdf").read_bytes()[:4], b"%PDF"),
    ("print --shelf queue --pdf a.pdf --title Mine",
     lambda _: _title(Path("a.pdf")), "Mine"),
    ("print --weekly --pdf a.pdf", lambda _: _title(Path("a.pdf")), "My Weekly"),
    ("print 1 3 --pdf each/ --name '{number} {title}'",
     lambda _: sorted(x.name for x in Path("each").iterdir()),
     ["001 Alpha.pdf", "002 Gamma.pdf"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_an_article_and_a_file_are_printed(
    files: Path, tmp_path: Path, capsys: Capsys, home: Path
) -> None:
    file = files / "1-one.md"
    assert main(["print", str(file), "--pdf", str(tmp_path / "file.pdf")]) == 0
    assert not (home / "library").exists(), "a file is printed without touching the library"
    main(["add", str(file)])
    assert main(["print", "1", "--pdf", str(tmp_path / "id.pdf"), "--paper", "A5"]) == 0
    assert (tmp_path / "file.pdf").read_bytes()[:4] == b"%PDF"
    assert (tmp_path / "id.pdf").read_bytes()[:4] == b"%PDF"
    assert main(["print", "1", "--pdf", str(tmp_path / "none" / "x.pdf")]) == 1


def test_many_articles_become_a_book_or_a_pdf_each(
    files: Path, tmp_path: Path, capsys: Capsys
) -> None:
    main(["add", str(files)])
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
        (["--paper", "huge"], "is not a known paper"),
        (["--preset", "none"], "there are Article"),
        (["--size", "500"], "too small or too large"),
        (["--margin", "-3"], "too small or too large"),
        ([], "Name the target"),
    ],
)
def test_a_sheet_that_cannot_be_is_explained(
    files: Path, tmp_path: Path, capsys: Capsys, options: list[str], said: str
) -> None:
    target = ["--pdf", str(tmp_path / "a.pdf")] if options else []
    assert main(["print", str(files / "1-one.md"), *target, *options]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()


def test_a_wrong_template_is_explained_before_anything_is_printed(
    files: Path, tmp_path: Path, capsys: Capsys
) -> None:
    main(["add", str(files / "1-one.md")])
    assert main(["print", "1", "--pdf", f"{tmp_path}/", "--name", "{nothing}"]) == 1
    assert "its fields are {title}" in capsys.readouterr().err


def test_presets_are_listed(capsys: Capsys) -> None:
    assert main(["print", "--preset", "list"]) == 0
    assert "Newspaper" in capsys.readouterr().out.splitlines()


# ---- the sheet


class _Pdf(NamedTuple):
    size_mm: tuple[int, int]
    pages: int
    drawn: tuple[bytes, ...]
    tagged: bool
    archived: bool


def _pdf(file: Path) -> _Pdf:
    with pikepdf.open(file) as pdf:
        _, _, wide, high = (round(float(x) / 72 * 25.4) for x in pdf.pages[0].mediabox)
        drawn = tuple(page.Contents.read_bytes() for page in pdf.pages)
        tagged, attached = "/StructTreeRoot" in pdf.Root, "/AF" in pdf.Root
        return _Pdf((wide, high), len(pdf.pages), drawn, tagged, attached)


_Holds = Callable[[_Pdf, _Pdf], bool]
_differs: _Holds = lambda pdf, plain: pdf.drawn != plain.drawn  # noqa: E731
SHEETS: dict[str, _Holds] = {
    "--paper 148x210": lambda pdf, _: pdf.size_mm == (148, 210),
    "--landscape": lambda pdf, _: pdf.size_mm == (297, 210),
    "--preset Newspaper": _differs,
    "--size 20": lambda pdf, plain: pdf.pages > plain.pages,
    "--margin 70": lambda pdf, plain: pdf.pages > plain.pages,
    "--pages two-up": lambda pdf, plain: pdf.pages < plain.pages,
    "--tagged": lambda pdf, plain: pdf.tagged and not plain.tagged,
    "--archived": lambda pdf, plain: pdf.archived and not plain.archived,
    "--run-on": lambda pdf, plain: pdf.pages < plain.pages,
    "--font sans": _differs, "--columns 2": _differs, "--links numbered": _differs,
    "--notes end": _differs, "--header section": _differs, "--justified": _differs,
    "--hyphenated --margin 70": _differs, "--front magazine": _differs,
    "--preset Newspaper --no-finely": _differs,
    "--front none": lambda pdf, plain: pdf.pages < plain.pages,
    "--no-pictures": _differs, "--grey": _differs, "--no-footer": _differs, "--code": _differs,
}  # fmt: skip


@pytest.fixture(scope="session")
def plain(four_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> _Pdf:
    return _printed(four_articles, tmp_path_factory.mktemp("plain") / "a.pdf")


def _printed(files: Path, target: Path, *options: str) -> _Pdf:
    words = ["--library", str(files), "print", "1", "3", "--pdf", str(target), *options]
    assert main(words) == 0
    return _pdf(target)


@pytest.mark.parametrize("option", SHEETS)
def test_a_choice_of_the_sheet_is_seen_on_paper(
    four_articles: Path, plain: _Pdf, tmp_path: Path, option: str
) -> None:
    assert SHEETS[option](_printed(four_articles, tmp_path / "a.pdf", *option.split()), plain)


# ---- an issue


def test_the_week_becomes_a_newspaper_with_its_date(run: Run) -> None:
    seen = run("print --weekly --pdf each/")
    today = date.today().isoformat()
    (file,) = Path("each").iterdir()
    assert (seen.code, file.name) == (0, f"My Weekly {today}.pdf")
    assert _title(file) == "My Weekly"
    with pikepdf.open(file) as pdf:
        links = [
            str(link.A.get("/D", "")) for link in pdf.pages[0].get("/Annots", []) if "/A" in link
        ]
    assert links, "the front page leads to the articles"


def test_an_empty_week_is_a_sentence_and_no_file(run: Run) -> None:
    run("archive 1 3")
    seen = run("print --weekly --pdf a.pdf")
    assert seen.code == 1
    assert "My Weekly is empty" in seen.error
    assert not Path("a.pdf").exists()


def test_the_week_chooses_its_articles_itself(run: Run) -> None:
    seen = run("print 1 --weekly --pdf a.pdf")
    assert (seen.code, Path("a.pdf").exists()) == (1, False)
    assert "leave out ids" in seen.error


def test_a_newspaper_is_set_finely_unless_told_otherwise(tmp_path: Path) -> None:
    words = "The weather of a computer is predictable, and a butterfly changes it. " * 12
    page, target = tmp_path / "a.html", tmp_path / "a.pdf"
    page.write_text(f"<title>T</title><main><h1>T</h1><p>{words}</p><p>{words}</p></main>")
    drawn = []
    for more in ([], ["--finely"], ["--no-finely"]):
        line = ["print", str(page), "--pdf", str(target), "--preset", "Newspaper", *more]
        assert main(line) == 0
        drawn.append(_pdf(target).drawn)
    assert drawn[0] == drawn[1] != drawn[2]


def test_words_are_divided_if_wished(four_articles: Path, tmp_path: Path) -> None:
    narrow = ("--margin", "70")
    plain = _printed(four_articles, tmp_path / "a.pdf", *narrow)
    assert _differs(_printed(four_articles, tmp_path / "b.pdf", *narrow, "--hyphenated"), plain)
