"""Lines near the title are short, and the nearest comes first."""

from reader.ingest.extract.near_title import lines_near_title
from reader.ingest.extract.page import parse


def _lines(body: str) -> list[str]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return lines_near_title(root)


def test_the_lines_behind_the_title_come_first() -> None:
    assert _lines("<p>a</p><p>b</p><h1>T</h1><p>c</p><div>d</div>") == ["c", "d", "b", "a"]


def test_without_a_first_heading_the_second_is_the_title() -> None:
    assert _lines("<p>a</p><h2>T</h2><p>b</p>") == ["b", "a"]
    assert _lines("<p>a</p><h3>T</h3><p>b</p>") == []


def test_a_long_text_is_a_dash_and_facts_are_left_out() -> None:
    facts = "<table><tr><th>Died<td>3 May</table>"
    assert _lines(f"<h1>T</h1><p>{'x' * 101}</p>{facts}<p>b</p>") == ["-", "b"]
