"""Libraries and a web for command lines."""

import shlex
import shutil
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.commands.running import BODY, MARK, NOTE, PAGE, Capsys, Run, Seen, Web

from reader import paths
from reader.cli import main
from reader.ingest import reprocess, web
from reader.library.library import Library
from reader.model import Clipping, State


@pytest.fixture(scope="session")
def four_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
                    html=f"<p>{title}.{MARK}</p>{BODY}{NOTE}",
                    source=PAGE.encode(), source_type="text/html", base="https://a.example/1",
                )
            )  # fmt: skip
        library.tags.add([1, 2], "x")
        library.set_favourite([2], True)
        library.set_state([2], State.ARCHIVE)
        library.queue.to_top([1])
        library.set_state([4], State.TRASH)
    return folder


@pytest.fixture
def run(
    four_articles: Path, tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """Return a function that runs a command line on a copy of the library, beside two files."""
    folder = tmp_path / "copy"
    shutil.copytree(four_articles, folder)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "note.md").write_text("# Note\n\nWords of a note.\n")
    (tmp_path / "each").mkdir()
    monkeypatch.chdir(tmp_path)

    def no_network(*_: object, **__: object) -> None:
        raise socket.gaierror("no name service")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    libraries: list[Library] = []

    def run(words: str) -> Seen:
        capsys.readouterr()
        code = main(["--library", str(folder), *shlex.split(words)])
        printed = capsys.readouterr()
        libraries.append(Library.open(folder))
        return Seen(code, printed.out, printed.err, libraries[-1])

    yield run
    for library in libraries:
        library.close()


@pytest.fixture
def library() -> Iterator[Library]:
    """Open the library that command lines use if none is named."""
    with Library.open(paths.library_dir()) as opened:
        yield opened


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Web:
    """Put a web of one page in the place of the network."""
    small_web = Web()
    monkeypatch.setattr(web, "download", partial(web.download, get=small_web.get))
    monkeypatch.setattr(
        reprocess, "fetch_missing", partial(reprocess.fetch_missing, get=small_web.get)
    )
    return small_web


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Make a folder of two articles and a file that is none."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "1-one.md").write_text("# One\n\nFirst text.\n")
    (folder / "2-two.html").write_text("<title>Two</title><p>Second <b>text</b>.</p>")
    (folder / "3-bad.md").write_bytes(bytes(range(256)))
    return folder


@pytest.fixture
def similar(tmp_path: Path, capsys: Capsys) -> None:
    """Add two similar articles with a tag, and a third."""
    text = " ".join(f"word{number} and" for number in range(60))
    folder = tmp_path / "similar"
    folder.mkdir()
    (folder / "1-one.md").write_text(f"# One\n\n{text}\n")
    (folder / "2-two.md").write_text(f"# Two\n\n{text} at last.\n")
    (folder / "3-three.md").write_text("# Three\n\nAnother text.\n")
    main(["add", str(folder)])
    main(["tag", "1", "2", "--add", "art/music"])
    capsys.readouterr()
