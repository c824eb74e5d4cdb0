"""Articles are exported in every format, and what cannot be is told."""

import json
from pathlib import Path

import pytest
from tests.commands.running import Ask, Lines, Run


def _names(folder: str) -> list[str]:
    return sorted(each.name for each in Path(folder).iterdir())


LINES: Lines = [
    ("export 1 3 --to csv a.csv", lambda _: len(Path("a.csv").read_text().splitlines()), 3),
    ("export --shelf queue --to bookmarks a.html --title Mine",
     lambda _: "<TITLE>Mine</TITLE>" in Path("a.html").read_text(), True),
    ("export --search title:beta --to text a.txt", lambda _: Path("a.txt").read_text()[:4], "Beta"),
    ("export --all --to jsonl a",
     lambda _: _names("a"), ["articles.jsonl", "images", "library.json", "sources", "texts"]),
    ("export 1 --to jsonl a.zip --json --no-highlights",
     lambda seen: [each["outcome"] for each in json.loads(seen.out)], ["added"]),
    ("export 1 3 --to epub a.epub", lambda _: Path("a.epub").read_bytes()[:2], b"PK"),
    ("export 1 3 --to markdown a", lambda _: len([*Path("a").glob("*.md")]), 2),
    ("export 1 --to html a.html", lambda _: "<html" in Path("a.html").read_text(), True),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("export --to csv a.csv", "--search or --all"),
        ("export 1 --all --to csv a.csv", "not both"),
        ("export 1 --to cvs a.csv", "no format “cvs”"),
        ("export 99 --to csv a.csv", "no article 99"),
        ("export 1 --to csv none/a.csv", "Nothing can be written to none"),
        ("export 1 --to jsonl none/a.zip", "Nothing can be written to none"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run: Run, line: str, said: str) -> None:
    seen = run(line)
    assert seen.code == 1
    assert said in seen.error
    assert not Path("a.csv").exists()
