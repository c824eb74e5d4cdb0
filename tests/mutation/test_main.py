"""The trial of mutants: which tests are tried with each line, and what is printed of them."""

import os
import shutil
import sys
import textwrap
from pathlib import Path

import pytest
from tests.mutation import __main__ as trial
from tests.mutation.mutants import mutants

SOURCE = """
LIMIT = 3


def inside(number):
    return (
        number
        < LIMIT
    )


def started():
    return 5


def forgotten():
    return 1
"""
TESTS = """
import subprocess, sys
from reader.small import inside

def test_number():
    assert inside(2) and not inside(3)

def test_child():
    subprocess.run([sys.executable, "-c", "import reader.small as s; s.started()"], check=True)

def test_of_something_else():
    pass
"""
SETTINGS = """
[tool.pytest.ini_options]
testpaths = ["tests"]
[tool.coverage.run]
source = ["reader"]
branch = true
parallel = true
patch = ["subprocess"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of one file and its tests, and let the trial take it for this one."""
    root = tmp_path / "project"
    files = {
        "src/reader/__init__.py": "", "src/reader/small.py": SOURCE, "tests/test_small.py": TESTS,
        "pyproject.toml": SETTINGS,
    }  # fmt: skip
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(textwrap.dedent(text), "utf-8")
    here = Path(__file__).resolve().parents[2]
    (root / "tests" / "mutation").mkdir()
    shutil.copy(here / "tests" / "mutation" / "recorder.py", root / "tests" / "mutation")
    monkeypatch.setattr(trial, "ROOT", root)
    monkeypatch.setattr(trial, "WORK", root / "build" / "mutation")
    monkeypatch.setattr(sys, "argv", ["mutate"])
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_cov.plugin,xdist.plugin")
    for name in [each for each in os.environ if each.startswith(("COV_", "COVERAGE_"))]:
        monkeypatch.delenv(name)
    trial._first_lines.cache_clear()
    return root


def test_each_line_is_tried_with_the_tests_that_run_it(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    covering = trial._covering()
    lines = {text: number for number, text in enumerate(SOURCE.splitlines(), 1)}
    number, child = "tests/test_small.py::test_number", "tests/test_small.py::test_child"

    def tests(text: str) -> set[str]:
        return set(covering.of("src/reader/small.py", lines[text]))

    assert tests("        < LIMIT") == {number}, "a line inside a statement"
    assert tests("    return 5") == {child}, "a line that only a child process runs"
    assert tests("LIMIT = 3") == {number, child}, "a line that runs while the file is imported"
    assert tests("    return 1") == set(), "a line that nothing runs"

    trial.main()
    printed = capfd.readouterr().out
    count = len(mutants(SOURCE))
    assert f"{count} mutants, seed" in printed
    assert "not run   src/reader/small.py:17 constant: 1 -> 2" in printed
    assert "survived  src/reader/small.py:13 constant: 5 -> 6" in printed
    killed, survived, not_run = map(int, printed.splitlines()[-1].split()[:3])
    assert (killed + survived + not_run, not_run > 0, survived > 0) == (count, True, True)
