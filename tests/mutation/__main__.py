"""Tell how many wrong programs the tests notice: ``python3 dev.py mutate --help``.

All tests are run once to learn which of them execute which line and how long each takes; the
answer is kept until source or tests change. Each mutant is then tried in a copy of the project
with the tests that execute its line, quickest first.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import coverage
from coverage.parser import PythonParser
from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
_PARTS = ("src", "tests", "benchmarks", "docs", "resources", "dev.py", "pyproject.toml")
_PARTS_OF_ROOT = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE")
_MOST_SECONDS = 60.0
_PATIENCE = 4.0


class Found(NamedTuple):
    """What became of a mutant: killed, survived, or never run by any test."""

    file: str
    mutant: Mutant
    fate: str


def main() -> None:
    """Try the mutants that are asked for and print what became of them."""
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files or folders (else all of src)")
    parser.add_argument("--since", metavar="REV", help="only lines changed since a revision")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many, drawn at random")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    told = parser.parse_args()
    wanted = list(_wanted(told.files, told.since))
    if told.sample is not None and told.sample < len(wanted):
        wanted = random.Random(told.seed).sample(wanted, told.sample)
    print(f"{len(wanted)} mutants, seed {told.seed}", flush=True)
    covering = _covering()
    show(list(_tried(wanted, covering, told.jobs)))


def show(found: Sequence[Found]) -> None:
    """Print what the tests did not notice, a line each, and a table of all files."""
    for each in sorted(found):
        if each.fate != "killed":
            print(f"{each.fate:9} {each.file}:{each.mutant}")
    print(f"{'killed':>7} {'survived':>9} {'not run':>8}  file")
    for file in [*sorted({each.file for each in found}), ""]:
        fates = [each.fate for each in found if file in ("", each.file)]
        counts = [fates.count(fate) for fate in ("killed", "survived", "not run")]
        share = f" {100 * counts[0] / max(1, len(fates)):.0f} %" if not file else ""
        print(f"{counts[0]:7} {counts[1]:9} {counts[2]:8}  {file or 'all'}{share}")


# ---- which mutants


def _wanted(files: Sequence[Path], since: str | None) -> Iterator[tuple[str, Mutant]]:
    roots = [each.resolve() for each in files] or [ROOT / "src"]
    for root in roots:
        for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
            name = str(file.relative_to(ROOT))
            lines = _changed(name, since) if since else None
            for each in mutants(file.read_text("utf-8")):
                if lines is None or each.line in lines:
                    yield name, each


def _changed(file: str, since: str) -> set[int]:
    diff = subprocess.check_output(
        ["git", "diff", "--unified=0", since, "--", file], cwd=ROOT, text=True
    )
    lines: set[int] = set()
    for line in diff.splitlines():
        if line.startswith("@@"):
            begin, _, count = line.split("+")[1].split(" ")[0].partition(",")
            lines.update(range(int(begin), int(begin) + int(count or 1)))
    return lines


# ---- which tests


class Covering(NamedTuple):
    """The tests that execute each statement of each file, and the seconds each test takes.

    Statements are named by their first lines. One that runs outside the tests, while its file is
    imported, has the empty name among its tests and belongs to all tests of the file.
    """

    tests: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]

    def of(self, file: str, line: int) -> list[str]:
        """Return the tests of a line, quickest first, as many as fit into a minute."""
        chosen: list[str] = []
        total = 0.0
        lines = self.tests.get(file, {})
        found = lines.get(_first_lines(file).first_line(line), set())
        tests = set().union(*lines.values()) if "" in found else found
        for test in sorted(tests - {""}, key=lambda test: self.seconds.get(test, 1.0)):
            total += self.seconds.get(test, 1.0)
            if chosen and total > _MOST_SECONDS:
                break
            chosen.append(test)
        return chosen


def _covering() -> Covering:
    data, seconds = WORK / "coverage", WORK / "seconds.json"
    stamp, state = WORK / "state", _state()
    if not (stamp.exists() and stamp.read_text() == state):
        WORK.mkdir(parents=True, exist_ok=True)
        print("Running all tests once to learn what they execute …", flush=True)
        env = _environment(ROOT) | {
            "COVERAGE_FILE": str(data), "READER_TEST_DURATIONS": str(seconds)
        }  # fmt: skip
        command = ["--cov=reader", "--cov-context=test", "--cov-report=", "-p", _PLUGIN]
        workers = ["--numprocesses", str(os.cpu_count() or 1), "--dist=worksteal"]
        done = subprocess.run([*_PYTEST, *command, *workers], cwd=ROOT, env=env, check=False)
        if done.returncode:
            sys.exit("dev.py: Tests fail without any mutant; mend them first.")
        stamp.write_text(state)
    return Covering(_lines(data), json.loads(seconds.read_text("utf-8")))


def _lines(data: Path) -> dict[str, dict[int, set[str]]]:
    held = coverage.CoverageData(str(data))
    held.read()
    lines: dict[str, dict[int, set[str]]] = {}
    for file in sorted(map(Path, held.measured_files())):
        if file.is_relative_to(ROOT) and file.exists():
            name = str(file.relative_to(ROOT))
            statements = lines.setdefault(name, {})
            for line, contexts in held.contexts_by_lineno(str(file)).items():
                tests = statements.setdefault(_first_lines(name).first_line(line), set())
                tests.update(each.partition("|")[0] for each in contexts)
    return lines


@cache
def _first_lines(file: str) -> PythonParser:
    parser = PythonParser(text=(ROOT / file).read_text("utf-8"))
    parser.parse_source()
    return parser


def _state() -> str:
    """Return a hash of everything the tests depend on."""
    digest = hashlib.sha256()
    for part in ("src", "tests"):
        for file in sorted((ROOT / part).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


# ---- trying


_PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
_PLUGIN = "tests.mutation.recorder"


def _tried(wanted: Sequence[tuple[str, Mutant]], covering: Covering, jobs: int) -> Iterator[Found]:
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        copies.put(_copy(WORK / f"copy-{number}"))

    def one(each: tuple[str, Mutant]) -> Found:
        file, mutant = each
        tests = covering.of(file, mutant.line)
        if not tests:
            return Found(file, mutant, "not run")
        copy = copies.get()
        try:
            seconds = sum(covering.seconds.get(test, 1.0) for test in tests)
            noticed = _noticed(copy, file, mutant, tests, seconds)
        finally:
            copies.put(copy)
        return Found(file, mutant, "killed" if noticed else "survived")

    with ThreadPoolExecutor(jobs) as pool:
        for done, found in enumerate(pool.map(one, wanted), 1):
            print(f"\r{done} of {len(wanted)}", end="", file=sys.stderr, flush=True)
            yield found
    print(file=sys.stderr)


def _noticed(copy: Path, file: str, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
    """Return whether a test fails with a mutant; one that never ends is noticed too."""
    source = (ROOT / file).read_text("utf-8")
    (copy / file).write_text(mutant.applied(source), "utf-8")
    chosen = copy / "tests.txt"
    chosen.write_text("\n".join(tests), "utf-8")
    command = [*_PYTEST, "-x", "-p", "no:randomly", "-p", "no:xdist", f"@{chosen}"]
    try:
        done = subprocess.run(
            command, cwd=copy, env=_environment(copy), capture_output=True, check=False,
            timeout=20 + _PATIENCE * seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    finally:
        (copy / file).write_text(source, "utf-8")
    return done.returncode != 0


def _copy(target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in (*_PARTS, *_PARTS_OF_ROOT):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, target / name)
    return target


def _environment(root: Path) -> dict[str, str]:
    return {
        **os.environ, "PYTHONPATH": str(root / "src"), "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


if __name__ == "__main__":
    main()
