"""The default programs for kinds of files, kept unchanged when Reader is installed.

A menu entry of the user takes precedence over those of the system. If no default is set, desktops
take the first entry they find, which would be Reader's.
"""

import contextlib
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

_HEAD = "[Default Applications]\n"
_QUESTIONS = (("gio", "mime"), ("xdg-mime", "query", "default"))


def default_program(kind: str) -> str:
    """Return the entry of the program that opens a kind of file by default, else ``""``."""
    for question in _QUESTIONS:
        try:
            asked = subprocess.run(
                [*question, kind], env={**os.environ, "LC_ALL": "C.UTF-8"}, text=True,
                capture_output=True, check=False, timeout=10, errors="replace",
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            continue
        if match := re.match(r"[^\n]*?(\S+\.desktop)\s*(\n|$)", asked.stdout):
            return match[1]
    return ""


def chosen() -> set[str]:
    """Return the kinds of files that have a default program in the user's list."""
    file = _list()
    text = file.read_text("utf-8", errors="replace") if file.exists() else ""
    section = text.partition(_HEAD)[2].partition("\n[")[0]
    return {line.partition("=")[0].strip() for line in section.splitlines() if "=" in line}


def keep(defaults: Mapping[str, str]) -> None:
    """Write defaults by name into the user's list, as a settings window does."""
    file = _list()
    text = file.read_text("utf-8") if file.exists() else ""
    if _HEAD not in text:
        text += ("" if text.endswith("\n") or not text else "\n") + _HEAD
    lines = "".join(f"{kind}={program}\n" for kind, program in defaults.items())
    _write(file, text.replace(_HEAD, _HEAD + lines, 1))


def forget(defaults: Mapping[str, str]) -> None:
    """Remove the lines that ``keep`` has written, if they are still unchanged."""
    file = _list()
    if not defaults or not file.exists():
        return
    text = file.read_text("utf-8")
    for kind, program in defaults.items():
        text = re.sub(rf"(?m)^{re.escape(kind)}={re.escape(program)}\n", "", text, count=1)
    text = text.removesuffix(_HEAD)
    if text:
        _write(file, text)
    else:
        file.unlink()
        with contextlib.suppress(OSError):  # the file usually holds other settings
            file.parent.rmdir()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, "utf-8")
    new.replace(file.resolve())


def _list() -> Path:
    named = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".config") / "mimeapps.list"
