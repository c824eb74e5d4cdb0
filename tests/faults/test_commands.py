"""Every command, whatever is damaged: it works, or says in a sentence what is in the way."""

import argparse
import shutil
from pathlib import Path

import pytest
from tests.faults.damage import HARMS, STATES, harmed, make

from reader import cli, paths
from reader.commands import COMMANDS, add_options
from reader.commands.arguments import id_number, positive, step_number


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "library"
    make(folder)
    return folder


def _words(name: str, folder: Path) -> list[str]:
    """Return a command line with something for each argument that a command takes."""
    parser = argparse.ArgumentParser()
    add_options(name, parser)
    kinds: dict[object, str] = {id_number: "1", step_number: "1", positive: "5"}
    words = [name, *(["--yes"] if name == "empty-trash" else [])]
    for action in parser._actions:
        if not action.option_strings:
            words.append(kinds.get(action.type, str(folder / "new.md")))
    to = {
        "print": ["--pdf", str(folder / "out.pdf")],
        "export": ["--to", "text", str(folder / "out")],
    }
    return words + to.get(name, [])


@pytest.mark.logs
@pytest.mark.parametrize("harm", [*HARMS, *STATES])
def test_a_command_works_or_says_what_is_in_the_way(
    whole: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
) -> None:
    (tmp_path / "new.md").write_text("# New\n\nText.\n")
    for name in sorted(COMMANDS.keys() - {"open"}):  # the window, which is tried apart
        monkeypatch.setenv("READER_HOME", str(tmp_path / name))
        folder = Path(shutil.copytree(whole, paths.library_dir()))
        with harmed(harm, folder):
            code = cli.main(_words(name, tmp_path))
        out, said = (text.strip() for text in capsys.readouterr())
        # What these are asked for is what is wrong.
        said = said or (out if name in ("check", "info", "repair") else "")
        assert code in (0, 1), (name, said)
        assert said or code == 0, name
        sentences = [line for line in said.splitlines() if not line.startswith(" ")]
        assert code == 0 or sentences[-1].endswith((".", ")")), (name, said)
        for word in ("Traceback", "SQLite", "apsw", "Errno"):
            assert word not in said, (name, said)
