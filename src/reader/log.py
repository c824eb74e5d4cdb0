"""Where the program writes down what went wrong: a small rotating file, and stderr for warnings."""

import logging
import sys
from logging.handlers import RotatingFileHandler

from reader import paths


def start(*, verbose: bool = False) -> None:
    """Begin logging; a log folder that cannot be written is no reason not to read."""
    root = logging.getLogger("reader")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    console = logging.StreamHandler(sys.stderr)
    console.setLevel(logging.DEBUG if verbose else logging.ERROR)
    root.addHandler(console)
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        target = paths.log_dir() / "reader.log"
        file = RotatingFileHandler(target, maxBytes=500_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)
