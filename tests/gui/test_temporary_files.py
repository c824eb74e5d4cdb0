"""Nothing is left in the folder for temporary files, or in that of the cache."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import paths
from reader.library.library import Library

_SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9'/></svg>"

_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from reader import paths
from reader.gui import app as program
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping
from reader.settings_store import SettingsStore
app = program._application()
opened = []
QDesktopServices.openUrl = lambda url: opened.append(Path(url.toLocalFile()).read_bytes()) or True
QFileDialog.getSaveFileName = lambda *_: (sys.argv[1], "")
with Library.open(paths.library_dir()) as library:
    pdf = Clipping("https://example.org/a", "A", html="<p>x</p>", source=b"%PDF",
                   source_type="application/pdf")
    id = library.add(pdf).id
    window = Window(library, SettingsStore.open(paths.settings_file()))
    window.show()
    window.navigation.open(id)
    window.controllers.cleanup.open_original()
    window.controllers.page.printing.save_pdf()
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    window.controllers.cleanup.open_rules()
    window.controllers.cleanup.open_rules_file()
    window.controllers.health.check_daily()
    app.processEvents()
    window.close()
assert opened[0] == b"%PDF", opened
assert opened[1].startswith(b"# How Reader cleans up"), opened
assert Path(sys.argv[1]).is_file()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.mark.parametrize(
    "argv",
    [
        ["-m", "reader", "add", "page.md"],
        ["-m", "reader", "add", "page.html"],
        ["-m", "reader", "print", "page.md", "--pdf", "out.pdf"],
        ["-m", "reader", "print", "page.html", "--pdf", "out.pdf", "--code", "--tagged"],
        ["-m", "reader", "--library", "library", "--snapshot", "out.png"],
        ["-c", _WINDOW, "out.pdf"],
    ],
    ids=lambda argv: " ".join(argv[1:3])[:40],
)
def test_no_temporary_file_is_left(argv: list[str], tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "page.md").write_text("# Page\n\nText.\n\n![A](a.svg)\n")
    (tmp_path / "a.svg").write_text(_SVG)
    (tmp_path / "page.html").write_text("<title>P</title><p>Text.<p><img src='a.svg'>")
    Library.open(tmp_path / "library").close()
    done = subprocess.run(
        [sys.executable, *argv], cwd=tmp_path, env=os.environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert [*temporary.rglob("*")] == []
    assert {each.name for each in paths.cache_dir().rglob("*")} <= {"originals.lock"}
