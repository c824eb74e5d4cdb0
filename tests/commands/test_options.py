"""Every command with every option, each on a copy of one small library; none is forgotten."""

import argparse
import json
import shlex
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from reader.cli import main
from reader.commands.options import COMMANDS
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Clipping, State

_PAGE = (
    "<html lang=en><head><title>The story</title><meta name=author content='Ann Able'></head>"
    f"<body><nav><a href=/x>Menu</a></nav><article><h1>The story</h1>"
    f"{'<p>A sentence, with commas, and enough words to be one of a text.</p>' * 12}"
    "<p><img src='a.png'> The end, with <a href='b.html'>a link</a>.</p></article></body></html>"
)
_LINE = "Bees fly internationally, with considerable determination, over hyphenation. "
_BODY = "".join(
    f'<h2>Part {n}</h2>\n<p>{_LINE * 12}<a href="https://c.example/">a link</a>'
    '<img src="" alt="Flowers"></p>\n'
    for n in range(5)
)


class Seen(NamedTuple):
    """What came of a command line: its exit code, what it printed, and the library after it."""

    code: int
    out: str
    error: str
    library: Library

    @property
    def ids(self) -> list[int]:
        return [each["id"] for each in json.loads(self.out)]

    @property
    def rows(self) -> list[tuple[str, int]]:
        return [(each["outcome"], each["article"]) for each in json.loads(self.out)]

    @property
    def queue(self) -> list[int]:
        return [row.id for row in self.library.rows(SHELF_QUERIES["queue"])]

    @property
    def states(self) -> str:
        return "".join(self.library.article(id).state[0] for id in (1, 2, 3, 4))

    @property
    def tags(self) -> list[tuple[str, ...]]:
        return [self.library.article(id).tags for id in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a library of four articles: two in the queue, one archived, one in the trash."""
    folder = tmp_path_factory.mktemp("options") / "library"
    with Library.open(folder) as library:
        for number, (title, words, language) in enumerate(
            [("Alpha", 2380, "en"), ("Beta", 500, "de"), ("Gamma", 9000, "en"), ("Delta", 1, "")], 1
        ):
            library.add(
                Clipping(
                    f"https://{title[0].lower()}.example/{number}", title, words=words,
                    site=f"{title[0].lower()}.example", language=language,
                    html=f"<p>{title}.</p>{_BODY}", source=_PAGE.encode(), source_type="text/html", base="https://a.example/1",
                )
            )  # fmt: skip
        library.add_tag([1, 2], "x")
        library.set_favourite([2], True)
        library.set_state([2], State.ARCHIVE)
        library.queue.to_top([1])
        library.set_state([4], State.TRASH)
    return folder


Run = Callable[[str], Seen]


@pytest.fixture
def run(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """Return what runs a command line on a copy of the library, in a folder with two files."""
    folder = tmp_path / "copy"
    shutil.copytree(made, folder)
    (tmp_path / "page.html").write_text(_PAGE)
    (tmp_path / "note.md").write_text("# Note\n\nWords of a note.\n")
    (tmp_path / "each").mkdir()
    monkeypatch.chdir(tmp_path)

    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror("no name service")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    libraries: list[Library] = []

    def line(words: str) -> Seen:
        capsys.readouterr()
        code = main(["--library", str(folder), *shlex.split(words)])
        said = capsys.readouterr()
        libraries.append(Library.open(folder))
        return Seen(code, said.out, said.err, libraries[-1])

    yield line
    for library in libraries:
        library.close()


_Ask = Callable[[Seen], object]
_ids: _Ask = lambda seen: seen.ids  # noqa: E731
_out: _Ask = lambda seen: seen.out  # noqa: E731
_rows: _Ask = lambda seen: seen.rows  # noqa: E731
_order: _Ask = lambda seen: seen.queue  # noqa: E731
_states: _Ask = lambda seen: seen.states  # noqa: E731
_tags: _Ask = lambda seen: seen.tags  # noqa: E731


def _key(name: str) -> _Ask:
    return lambda seen: json.loads(seen.out)[name]


def _lines(seen: Seen) -> int:
    return len(seen.out.splitlines())


_LINES: list[tuple[str, _Ask, object]] = [
    ("add note.md --json", _rows, [("added", 5)]),
    ("add note.md --archive", lambda seen: seen.library.article(5).state, State.ARCHIVE),
    ("add note.md --tag y --tag z", lambda seen: seen.library.article(5).tags, ("y", "z")),
    ("add https://e.example/5 --later", lambda x: (x.out, x.library.waiting()),
     ("1 added.\n", [5])),
    ("add https://a.example/1", _out, "1 unchanged.\n"),
    ("download 1 --json", lambda seen: (seen.code, seen.rows), (1, [("failed", 1)])),
    ("download --missing --json", lambda x: {y for y, _ in x.rows}, {"unchanged"}),
    ("extract page.html", lambda x: x.out.splitlines()[:3], ["The story", "Ann Able", ""]),
    ("extract page.html --html", lambda x: ("<p>A sentence" in x.out, "Menu" in x.out),
     (True, False)),
    ("extract page.html --json", _key("byline"), "Ann Able"),
    ("extract page.html --base https://e.example/p/ --json", _key("pictures"),
     ["https://e.example/p/a.png"]),
    ("extract --again 1 --json", _rows, [("unchanged", 1)]),
    ("extract --again 1 --anyway --json", _rows, [("updated", 1)]),
    ("extract --again --all --anyway --json", _rows,
     [("updated", 3), ("updated", 2), ("updated", 1)]),
    ("versions 1 --json", _out, "[]\n"),
    ("versions 1 --show 1", lambda seen: (seen.code, "has no text 1" in seen.error), (1, True)),
    ("versions 1 --use 1", lambda seen: (seen.code, "has no text 1" in seen.error), (1, True)),
    ("clean 1 --remove 'The end'", lambda x: "The end" in x.library.article(1).html, False),
    ("clean 1 --keep 'The end'", lambda x: "The end" in x.library.article(1).html, True),
    ("clean 1 --remove 'The end' --for-site", lambda seen: seen.code, 0),
    ("rules --json", _key("rules"), []),
    ("list --json", _ids, [3, 2, 1]),
    ("list --shelf queue --json", _ids, [1, 3]),
    ("list --shelf archive --json", _ids, [2]),
    ("list --shelf favourites --json", _ids, [2]),
    ("list --shelf trash --json", _ids, [4]),
    ("list --shelf begun --json", _ids, []),
    ("list --tag x --sort title --json", _ids, [1, 2]),
    ("list --site b.example --json", _ids, [2]),
    ("list --language DE --json", _ids, [2]),
    ("list --sort length --json", _ids, [2, 1, 3]),
    ("list --sort title --reverse --json", _ids, [3, 2, 1]),
    ("list --sort title --limit 2 --json", _ids, [1, 2]),
    ("list --sort title", lambda x: [y.split()[0] for y in x.out.splitlines()], ["1", "2", "3"]),
    ("search beta --json", _ids, [2]),
    ("search bees --limit 1 --json", lambda seen: len(seen.ids), 1),
    ("search gamma --rebuild", lambda x: x.out.split()[:2], ["3", "Gamma"]),
    ("show 1", lambda x: x.out.splitlines()[:2], ["Alpha", "a.example · https://a.example/1"]),
    ("show 1 --html", lambda x: x.out, f"<p>Alpha.</p>{_BODY}\n"),
    ("show 1 --json", _key("title"), "Alpha"),
    ("show 1 --source", _out, _PAGE),
    ("print 1 --pdf a.pdf", lambda _: Path("a.pdf").read_bytes()[:4], b"%PDF"),
    ("print --shelf queue --pdf a.pdf --title Mine",
     lambda _: _title(Path("a.pdf")), "Mine"),
    ("print 1 3 --pdf each/ --name '{number} {title}'",
     lambda _: sorted(x.name for x in Path("each").iterdir()),
     ["001 Alpha.pdf", "002 Gamma.pdf"]),
    ("archive 1", _states, "aaqt"),
    ("trash 1", _states, "taqt"),
    ("queue 2", lambda x: (x.states, len(x.queue)), ("qqqt", 3)),
    ("queue 2 --top", _order, [2, 1, 3]),
    ("queue 1 --end", _order, [3, 1]),
    ("queue 3 --next", _order, [3, 1]),
    ("queue 3 --before 1", _order, [3, 1]),
    ("queue 1 --after 3", _order, [3, 1]),
    ("queue --limit 1", _lines, 1),
    ("queue --json", _ids, [1, 3]),
    ("session 11 --json", _ids, [1]),
    ("session 11", _out, "1\t10 min\tAlpha\n1 article · 10 min\n"),
    ("favourite 1", lambda x: x.library.article(1).favourite, True),
    ("favourite 2 --off", lambda x: x.library.article(2).favourite, False),
    ("tag 3 --add y --add z", _tags, [("x",), ("x",), ("y", "z"), ()]),
    ("tag 1 2 --remove x", _tags, [(), (), (), ()]),
    ("tag 1 3", _out, "1\tx\n3\t\n"),
    ("tags --json", lambda x: json.loads(x.out)[0], {"tag": "x", "articles": 2, "colour": ""}),
    ("tags", _out, "2 x\n"),
    ("tag-rename x a/b", _tags, [("a/b",), ("a/b",), (), ()]),
    ("duplicates --json", lambda x: {y["older"]["id"] for y in json.loads(x.out)}, {1}),
    ("merge 3 1", _states, "qatt"),
    ("empty-trash --yes", lambda x: x.library.counts().trash, 0),
    ("empty-trash --yes --older-than 1", lambda x: x.library.counts().trash, 1),
    ("undo", _out, "Undone: Moved to the trash: “Delta”\n"),
    ("redo", _out, "There is nothing to do again.\n"),
    ("stats --json", _key("articles"), 0),
    ("info --json", lambda x: [json.loads(x.out)[y] for y in ("queue", "archive", "trash")],
     [2, 1, 1]),
    ("info", lambda seen: seen.out.splitlines()[-1].split(), ["damage:", "none", "found"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), _LINES, ids=[x for x, *_ in _LINES])
def test_a_command_line_does_what_it_says(run: Run, line: str, ask: _Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


# ---- the sheet


def _title(file: Path) -> str:
    with pikepdf.open(file) as pdf:
        return str(pdf.docinfo["/Title"])


class _Pdf(NamedTuple):
    size_mm: tuple[int, int]
    pages: int
    drawn: tuple[bytes, ...]
    tagged: bool


def _pdf(file: Path) -> _Pdf:
    with pikepdf.open(file) as pdf:
        _, _, wide, high = (round(float(x) / 72 * 25.4) for x in pdf.pages[0].mediabox)
        drawn = tuple(page.Contents.read_bytes() for page in pdf.pages)
        return _Pdf((wide, high), len(pdf.pages), drawn, "/StructTreeRoot" in pdf.Root)


_Holds = Callable[[_Pdf, _Pdf], bool]
_differs: _Holds = lambda pdf, plain: pdf.drawn != plain.drawn  # noqa: E731
_SHEETS: dict[str, _Holds] = {
    "--paper 148x210": lambda pdf, _: pdf.size_mm == (148, 210),
    "--landscape": lambda pdf, _: pdf.size_mm == (297, 210),
    "--preset Newspaper": _differs,
    "--size 20": lambda pdf, plain: pdf.pages > plain.pages,
    "--margin 70": lambda pdf, plain: pdf.pages > plain.pages,
    "--pages two-up": lambda pdf, plain: pdf.pages < plain.pages,
    "--tagged": lambda pdf, plain: pdf.tagged and not plain.tagged,
    "--run-on": lambda pdf, plain: pdf.pages < plain.pages,
    "--font sans": _differs, "--columns 2": _differs, "--links numbered": _differs,
    "--header section": _differs, "--justified": _differs, "--hyphenated": _differs,
    "--no-pictures": _differs, "--grey": _differs, "--no-footer": _differs, "--code": _differs,
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(made: Path, tmp_path_factory: pytest.TempPathFactory) -> _Pdf:
    return _printed(made, tmp_path_factory.mktemp("plain") / "a.pdf")


def _printed(folder: Path, target: Path, *options: str) -> _Pdf:
    words = ["--library", str(folder), "print", "1", "3", "--pdf", str(target), *options]
    assert main(words) == 0
    return _pdf(target)


@pytest.mark.parametrize("option", _SHEETS)
def test_a_choice_of_the_sheet_is_seen_on_paper(
    made: Path, plain: _Pdf, tmp_path: Path, option: str
) -> None:
    assert _SHEETS[option](_printed(made, tmp_path / "a.pdf", *option.split()), plain)


# ---- none is forgotten


def _options() -> set[tuple[str, str]]:
    found = set()
    for command, (_, fill) in COMMANDS.items():
        parser = argparse.ArgumentParser(add_help=False)
        fill(parser)
        found |= {
            (command, option) for each in parser._actions for option in each.option_strings[:1]
        }
        found |= {(command, "")}
    return found


def test_every_command_and_every_option_is_tried() -> None:
    lines = [shlex.split(line) for line, *_ in _LINES]
    tried = {(words[0], word) for words in lines for word in ["", *words] if word[:2] in ("", "--")}
    sheets = {word.replace("--no-", "--") for option in _SHEETS for word in option.split()}
    tried |= {("print", word) for word in sheets if word.startswith("--")}
    window = {("open", "")}  # tests/commands/test_window.py
    assert _options() - tried == window
