"""Mutants: each is another program, and no kind of change is forgotten."""

import ast
from pathlib import Path

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


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py"))[::9], ids=lambda file: file.name)
def test_every_mutant_is_another_program(file: Path) -> None:
    source = file.read_text("utf-8")
    right = ast.dump(ast.parse(source))
    for each in mutants(source):
        assert ast.dump(ast.parse(each.applied(source))) != right, str(each)
