"""The card of ARCHITECTURE.md, proved from the source: imports only go down."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.source import SOURCE, files, tree

ROOT = Path(__file__).resolve().parents[1]

FLOORS = [
    {
        "anchor",
        "article_links",
        "model",
        "outcomes",
        "entries",
        "own_export",
        "own_lines",
        "exchange_phrases",
        "file_names",
        "steps",
        "step_phrases",
        "sheet",
        "errors",
        "folding",
        "damage",
        "progress",
        "phrases",
        "backup_phrases",
        "reasons",
        "paths",
        "private",
        "resources",
        "desktop",
        "default_programs",
        "settings",
        "settings_store",
        "locks",
        "themes",
        "own_themes",
        "log",
        "system",
        "instance",
    },
    {"library", "body"},
    {"document"},
    {"ingest", "printing"},
    {"importing", "exporting", "lookup"},
    {"cli", "commands", "gui", "__main__"},
]
GROUND = FLOORS[0]

ONLY_IN = {
    "PySide6": {"document", "printing", "gui"},
    "PySide6.QtWidgets": {"gui"},
    "apsw": {"library"},
    "appdirs": {"paths"},
    "markdown": {"body"},
    "lxml": {"body", "ingest", "importing", "exporting"},
    "PIL": {"ingest"},
    "rapidfuzz": {"body"},
    "resvg_py": {"ingest"},
    "sqlite3": set(),
    "pickle": set(),
}
NETWORK = {"socket", "ssl", "http.client"}


def _room(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _floor(room: str) -> int:
    return next(index for index, rooms in enumerate(FLOORS) if room in rooms)


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_imports_only_go_down(file: Path) -> None:
    room = _room(file)
    if room == "__init__":
        return
    for name in _imports(file):
        other = name.split(".")[1] if name.startswith("reader.") else ""
        if not other or other == room or other == "__version__":
            continue
        lower = _floor(other) < _floor(room)
        same_ground = room in GROUND and other in GROUND
        same_door = {room, other} <= {"cli", "commands", "__main__"}
        to_window = room in ("cli", "commands") and other == "gui"
        assert lower or same_ground or same_door or to_window, f"{room} imports {other}"


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_every_library_stays_in_its_room(file: Path) -> None:
    for name in _imports(file):
        for library, rooms in ONLY_IN.items():
            if name == library or name.startswith(library + "."):
                assert _room(file) in rooms, f"{name} in {file.name}"


def test_the_network_is_in_one_file() -> None:
    for file in files():
        if file not in (SOURCE / "ingest" / "fetch.py", SOURCE / "instance.py"):
            assert not NETWORK & set(_imports(file)), file.name


def test_windows_talk_through_sockets_of_this_computer_only() -> None:
    text = (SOURCE / "instance.py").read_text("utf-8")
    used = {
        node.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "socket"
    }
    assert used == {"socket", "AF_UNIX"}
    assert text.count("socket.socket(") == text.count("socket.socket(socket.AF_UNIX)")


def test_the_system_is_asked_for_its_proxy_and_nothing_is_opened_so() -> None:
    harmless = {"urllib.request", "urllib.request.getproxies", "urllib.request.proxy_bypass"}
    for file in files():
        named = {each for each in _imports(file) if each.startswith("urllib.request")}
        assert named <= (harmless if file.name == "proxy.py" else set()), file.name


def test_nothing_is_imported_by_star() -> None:
    for file in files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ImportFrom):
                assert all(alias.name != "*" for alias in node.names), file.name


def test_files_and_functions_stay_readable() -> None:
    for file in files():
        text = file.read_text("utf-8")
        assert text.count("\n") <= 400, f"{file.name} has more than 400 lines"
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 50, f"{file.name}: {node.name} has {length} lines"


def test_listing_starts_without_qt_and_parsers() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from reader import commands, cli; cli.make_parser(); "
        "heavy = {'PySide6', 'lxml', 'markdown', 'PIL', 'pygments', 'yaml', 'logging.handlers'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert found.strip() == "[]"


def _commands() -> set[str]:
    from reader.commands import COMMANDS

    return {name.replace("-", "_") for name in COMMANDS}


SHARED = {
    "arguments",
    "completion",
    "copies",
    "installation",
    "interrupts",
    "library",
    "streams",
    "terminal",
}


def test_every_command_has_its_file() -> None:
    import inspect
    from importlib import import_module

    files = {file.stem for file in (SOURCE / "commands").glob("*.py")} - {"__init__"}
    assert files == _commands() | SHARED
    for name in _commands():
        command = import_module(f"reader.commands.{name}")
        inspect.signature(command.add_options).bind("parser")
        assert [*inspect.signature(command.run).parameters] == ["options"], name


def test_every_file_of_the_command_line_has_its_tests() -> None:
    tests = {file.stem.removeprefix("test_") for file in (ROOT / "tests" / "commands").iterdir()}
    assert _commands() | SHARED <= tests


def test_the_options_of_commands_need_no_package() -> None:
    import subprocess
    import sys

    code = (
        f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); from reader import cli; "
        "cli.make_parser(); cli.make_parser(with_options=False)"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_help_imports_no_command() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from reader import cli; cli.make_parser(with_options=False); "
        "cli.make_parser(['undo']); print(*sys.modules)"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert {name for name in _commands() if f"reader.commands.{name}" in loaded} == {"undo"}
