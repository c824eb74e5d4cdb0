"""The rooms of gui and library: imports only go down, and classes are whole."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.source import SOURCE, files, tree

FLOORS = {
    "gui": [
        {"widgets", "settings_signals", "requests", "action"},
        {"jobs", "panes"},
        {"history"},
        {"list"},
        {"context"},
        {"viewer", "adding", "editing", "printing", "session", "recovery"},
        {
            "search",
            "cleanup",
            "duplicates",
            "statistics",
            "failures",
            "backups",
            "importing",
            "exporting",
            "appearance",
            "contents",
            "pictures",
            "tables",
            "turning",
            "tabs",
            "lookup",
        },
        {"sidebar"},
        {
            "trash",
            "settings",
            "window_actions",
            "window_geometry",
            "navigation",
            "full_screen",
        },
        {"actions"},
        {"page_controllers", "around_page"},
        {"controllers"},
        {"window"},
        {"app"},
    ],
    "library": [
        {"store"},
        {"history"},
        {"shelves", "reading", "highlights", "vocabulary"},
        {"articles"},
        {"search"},
        {"registry"},
        {"imports"},
        {"backup"},
        {"repair", "moving"},
        {"transactions"},
        {"library"},
        {"session", "known_libraries", "conflicts"},
    ],
}
"""The rooms and the single files of a package, from the ground up."""

_MOST_PARAMETERS = 5
_FILES = [(package, file) for package in FLOORS for file in (SOURCE / package).rglob("*.py")]


def _floor(package: str, room: str) -> int:
    return next(n for n, rooms in enumerate(FLOORS[package]) if room in rooms)


def _imports(node: ast.AST) -> Iterator[str]:
    """Yield the names that are imported when the program runs, not those for types only."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        else:
            yield from _imports(child)


@pytest.mark.parametrize(("package", "file"), _FILES, ids=lambda value: str(value)[-60:])
def test_imports_go_down_from_room_to_room(package: str, file: Path) -> None:
    room = file.relative_to(SOURCE / package).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    for name in _imports(tree(file)):
        parts = name.split(".")
        if parts[:2] == ["reader", package] and parts[2:] and parts[2] != room:
            assert _floor(package, parts[2]) < _floor(package, room), name


def _classes() -> list[tuple[Path, ast.ClassDef]]:
    return [
        (file, node)
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
    ]


def test_no_class_inherits_from_another_of_ours_but_widgets_and_errors() -> None:
    classes = _classes()
    bases = {node.name: [ast.unparse(base) for base in node.bases] for _, node in classes}

    def is_allowed(name: str) -> bool:
        """Return whether a class is a Qt widget, an error, or a value."""
        import PySide6.QtWidgets

        above = bases.get(name, [])
        return (
            hasattr(PySide6.QtWidgets, name)
            or name in ("Exception", "OSError", "NamedTuple", "StrEnum", "Enum", "Flag")
            or any(is_allowed(base) for base in above)
        )

    wrong = [
        f"{node.name}({base})"
        for _, node in classes
        for base in bases[node.name]
        if base in bases and not is_allowed(base)
    ]
    assert wrong == []


def test_a_class_with_behaviour_is_made_from_five_things_at_most() -> None:
    wrong = [
        f"{file.name}: {node.name}"
        for file, node in _classes()
        for made in node.body
        if isinstance(made, ast.FunctionDef)
        and made.name == "__init__"
        and len([*made.args.args, *made.args.kwonlyargs]) - 1 > _MOST_PARAMETERS
    ]
    assert wrong == []


def test_every_test_stands_in_the_room_of_what_it_tests() -> None:
    """A test of a room of gui or library lies in the room of the same name."""
    tests = Path(__file__).parent
    for package in FLOORS:
        rooms = {
            each.name for each in (SOURCE / package).iterdir() if (each / "__init__.py").exists()
        }
        for folder in (tests / package).iterdir():
            if folder.is_dir() and folder.name != "__pycache__":
                assert folder.name in rooms, folder
