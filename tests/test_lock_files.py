"""The lock files are complete: they can be installed as they are, on any day, with no resolving."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
RUN, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PYTHONS = ("3.11.0", "3.11.7", "3.12.1", "3.13.0", "3.14.0")
SYSTEMS = {
    "linux": ("posix", "Linux", "x86_64"),
    "darwin": ("posix", "Darwin", "arm64"),
    "win32": ("nt", "Windows", "AMD64"),
}


def _entries(lock: Path) -> list[str]:
    return re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())


def _locked(lock: Path, environment: dict[str, str]) -> dict[str, str]:
    """Return names and versions that a lock file installs in an environment."""
    found = [Requirement(each.split("\\")[0]) for each in _entries(lock)]
    return {
        canonicalize_name(each.name): str(each.specifier).removeprefix("==")
        for each in found
        if each.marker is None or each.marker.evaluate(environment)
    }


def _wanted(lock: Path) -> list[Requirement]:
    """Return what pyproject.toml asks for by itself."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(told["project"]["dependencies"])
    if lock == DEV:
        for group in (told["project"]["optional-dependencies"], told["dependency-groups"]):
            wanted += [each for some in group.values() for each in some]
    return [Requirement(each) for each in wanted]


def _environment(python: str, system: str) -> dict[str, str]:
    os_name, platform_system, machine = SYSTEMS[system]
    return {
        **{key: str(value) for key, value in default_environment().items()},
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "implementation_version": python,
        "sys_platform": system,
        "os_name": os_name,
        "platform_system": platform_system,
        "platform_machine": machine,
    }


def _followed(lock: Path, environment: dict[str, str]) -> Iterator[Requirement]:
    """Yield all that is needed, what is needed by the needed too.

    What a package needs is read from the one that is installed here; one that is for other
    systems only cannot be asked.
    """
    wanted = [x for x in _wanted(lock) if x.marker is None or x.marker.evaluate(environment)]
    waiting, seen = wanted, set()
    while waiting:
        asked = waiting.pop()
        yield asked
        key = (canonicalize_name(asked.name), frozenset(asked.extras))
        if key in seen or not _is_here(asked.name):
            continue
        seen.add(key)
        for each in map(Requirement, requires(asked.name) or ()):
            extras = ("", *asked.extras)
            if each.marker is None or any(
                each.marker.evaluate({**environment, "extra": extra}) for extra in extras
            ):
                waiting.append(each)


def _is_here(name: str) -> bool:
    here = _environment(".".join(map(str, sys.version_info[:3])), sys.platform)
    return canonicalize_name(name) in _locked(DEV, here)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", [RUN, DEV], ids=["run", "dev"])
def test_a_lock_names_all_that_is_needed_and_nothing_else(
    lock: Path, python: str, system: str
) -> None:
    environment = _environment(python, system)
    locked = _locked(lock, environment)
    needed = set()
    for each in _followed(lock, environment):
        name = canonicalize_name(each.name)
        assert name in locked, f"{each} is not locked for Python {python} on {system}"
        assert each.specifier.contains(locked[name], prereleases=True), f"{each}: {locked[name]}"
        needed.add(name)
    assert set(locked) == needed


def test_the_release_that_aborts_is_excluded() -> None:
    qt = next(each for each in _wanted(RUN) if each.name == "PySide6-Essentials")
    assert not qt.specifier.contains("6.12.0")
    assert "pyside6-essentials==6.12.0" not in RUN.read_text("utf-8")


@pytest.mark.parametrize("lock", [RUN, DEV], ids=["run", "dev"])
def test_every_entry_is_pinned_with_hashes_and_names_no_index(lock: Path) -> None:
    for entry in _entries(lock):
        assert re.match(r"[a-z0-9-]+==[^ ]+", entry), entry
        assert "--hash=sha256:" in entry
    assert "://" not in lock.read_text("utf-8")


def test_both_locks_name_the_same_releases() -> None:
    assert set(_entries(RUN)) <= set(_entries(DEV))


def test_running_installs_no_tool_of_developers() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    tools = {canonicalize_name(Requirement(x).name) for group in groups.values() for x in group}
    everywhere = {
        name for system in SYSTEMS for name in _locked(RUN, _environment("3.11.7", system))
    }
    assert tools & everywhere <= {"packaging"}  # which pikepdf needs as well
