"""Mutants: each is another program, and no kind of change is forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from tests.mutation.mutants import mutants

SOURCE = Path(__file__).resolve().parents[2] / "src" / "reader"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("x = a < b", "a <= b"),
        ("x = a and b", "b"),
        ("x = not a", "a"),
        ("x = 3", "4"),
        ("x = True", "False"),
        ("x = f(a, b=c)", "f(a)"),
        ("f()", "pass"),
        ("f()\ng()", "g()\nf()"),
        ("if a:\n    b()", "not (a)"),
        ("try:\n    a()\nexcept (B, C):\n    d()", "(C,)"),
        ("try:\n    a()\nexcept B:\n    d()", "()"),
        ("x = 'ä' + b", "'ä' - b"),
    ],
)
def test_each_kind_of_change_is_made(source: str, wanted: str) -> None:
    assert wanted in [each.after for each in mutants(source)]


def test_what_does_nothing_is_left_alone() -> None:
    source = '"""Doc."""\nfrom a import b\n\ndef f(x: "int" = None) -> "str":\n    """Doc."""\n'
    assert mutants(source) == []


def _statements(tree: ast.Module | ast.ClassDef) -> Iterator[ast.stmt]:
    for each in tree.body:
        yield from _statements(each) if isinstance(each, ast.ClassDef) else [each]


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py"))[::9], ids=lambda file: file.name)
def test_every_mutant_is_another_program(file: Path) -> None:
    """One function after the other: each mutant is read whole, which adds up in a long file."""
    whole = file.read_text("utf-8")
    for each in _statements(ast.parse(whole)):
        source = dedent(ast.get_source_segment(whole, each, padded=True) or "")
        right = ast.dump(ast.parse(source))
        for mutant in mutants(source):
            assert ast.dump(ast.parse(mutant.applied(source))) != right, str(mutant)
