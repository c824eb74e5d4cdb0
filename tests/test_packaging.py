"""The wheel brings everything a person needs, and nothing of a developer's."""

import email
import importlib.util
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from reader import __version__
from reader.cli import make_parser
from reader.commands.completion import commands

ROOT = Path(__file__).resolve().parents[1]
SHARED = f"reader_articles-{__version__}.data/data/"
PLACES = {
    "share/man/man1/reader.1",
    "share/bash-completion/completions/reader",
    "share/zsh/site-functions/_reader",
    "share/fish/vendor_completions.d/reader.fish",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the wheel from a copy of the source and return its files."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("src", "resources", "docs", "tests", "tools", "benchmarks"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy(file, source)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run([*map(str, build)], cwd=source, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _files(folder: Path) -> set[str]:
    return {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and "__pycache__" not in each.parts
    }


def test_it_has_all_of_the_program_and_its_resources(wheel: dict[str, bytes]) -> None:
    program = {f"reader/{each}" for each in _files(ROOT / "src" / "reader")}
    resources = {f"reader/_resources/{each}" for each in _files(ROOT / "resources")}
    inside = {each for each in wheel if each.startswith("reader/")}
    assert inside == program | resources


def test_every_typeface_has_its_licence_beside_it(wheel: dict[str, bytes]) -> None:
    fonts = [each for each in wheel if each.endswith(".ttf")]
    assert fonts
    for font in fonts:
        family = font.rpartition("/")[2].partition("-")[0]
        assert f"reader/_resources/fonts/OFL-{family}.txt" in wheel
        assert any(each.endswith(f"licenses/resources/fonts/OFL-{family}.txt") for each in wheel)


def test_nothing_of_developers_is_in_it(wheel: dict[str, bytes]) -> None:
    rooms = {each.partition("/")[0] for each in wheel}
    assert rooms == {
        "reader",
        *(f"reader_articles-{__version__}.{e}" for e in ("data", "dist-info")),
    }
    resources = [each for each in wheel if "/_resources/" in each]
    assert not [each for each in resources if each.endswith((".py", ".sh"))]
    assert not [each for each in wheel if "conftest" in each or "/test_" in each]


def test_installers_find_man_page_and_completion(wheel: dict[str, bytes]) -> None:
    assert {each.removeprefix(SHARED) for each in wheel if each.startswith(SHARED)} == PLACES


def test_the_man_page_has_every_command_and_option(wheel: dict[str, bytes]) -> None:
    page = wheel[f"{SHARED}share/man/man1/reader.1"].decode().replace(r"\-", "-")
    page = page.replace(r"\&", "")
    for command in commands(make_parser()):
        part = page
        if command.name:
            found = re.search(rf"(?m)^\.It Cm {command.name}\b.*$((?s:.*?))(?=^\.It Cm|\Z)", page)
            assert found, command.name
            part = found[1]
        for option in command.options:
            for name in set(option.names) - {"-h", "--help"}:
                assert re.search(rf"Fl {name[1:]}(\s|$)", part), f"{command.name} {name}"


def test_the_man_page_is_right(wheel: dict[str, bytes], tmp_path: Path) -> None:
    """Proved by mandoc, if it is installed, and by what is in every page."""
    page = tmp_path / "reader.1"
    page.write_bytes(wheel[f"{SHARED}share/man/man1/reader.1"])
    text = page.read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith(".Sh NAME")]
    assert text.count("\n.Bl ") == text.count("\n.El")
    if mandoc := shutil.which("mandoc"):
        found = subprocess.run([mandoc, "-T", "lint", page], capture_output=True, text=True)
        assert found.stdout + found.stderr == ""


def test_it_says_what_it_is(wheel: dict[str, bytes]) -> None:
    about = next(each for each in wheel if each.endswith("dist-info/METADATA"))
    said = email.message_from_bytes(wheel[about])
    assert said["Author"] == "The Reader developers"
    assert "Programming Language :: Python :: 3.14" in said.get_all("Classifier", [])
    assert said.get_all("Provides-Extra") == ["heic"]
    assert said.get_all("Project-URL") is None
    assert said["Home-page"] is None


def test_it_has_a_command_and_one_without_a_terminal(wheel: dict[str, bytes]) -> None:
    points = wheel[f"reader_articles-{__version__}.dist-info/entry_points.txt"].decode()
    assert "[console_scripts]\nreader = reader.cli:main" in points
    assert "[gui_scripts]\nreader-window = reader.cli:main" in points


def test_building_needs_nothing_but_hatchling() -> None:
    """The parser is read while building, where no package of the program is installed."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); from reader import cli; "
    code += "from reader.commands import completion; completion.script('zsh', cli.make_parser())"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_what_is_made_for_the_wheel_has_a_place_in_it() -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    build: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert set(build.made()) == set(build.PLACES)
