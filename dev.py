#!/usr/bin/env python3
"""One entry for everything: run, test, check, bench, format, lock. Needs Python 3.11, no more.

It makes a virtual environment in ``.venv`` with exactly what the lock file names, and tells
(or, as root on Debian and Ubuntu, installs) the system libraries that Qt needs.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
BUILD = ROOT / "build"
TOOLS = ["src", "tests", "benchmarks", "dev.py"]
NEEDS_HELP = 3

# What Qt loads, and the Debian package that has it.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-client.so.0": "libwayland-client0",
}


def main() -> int:
    """Set up what is missing, then do what is asked for."""
    commands = {
        "run": run,
        "test": test,
        "static": static,
        "check": check,
        "bench": bench,
        "format": reformat,
        "lock": lock,
    }
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(f"usage: python3 dev.py {' | '.join(commands)}", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one may well run this file
        print("dev.py: Reader needs Python 3.11 or newer.", file=sys.stderr)
        return NEEDS_HELP
    try:
        set_up()
        return commands[sys.argv[1]](sys.argv[2:])
    except subprocess.CalledProcessError as error:
        return error.returncode or 1


def run(arguments: list[str]) -> int:
    """Open the window; where there is no screen, draw and print what it would show."""
    if arguments or has_display():
        return call(PYTHON, "-m", "reader", *arguments)
    BUILD.mkdir(exist_ok=True)
    picture, paper = BUILD / "reader.png", BUILD / "welcome.pdf"
    library = ["--library", str(BUILD / "library")]
    welcome = sorted((ROOT / "resources" / "welcome").glob("*.md"))
    done(PYTHON, "-m", "reader", *library, "add", *welcome)
    done(PYTHON, "-m", "reader", *library, "--snapshot", picture)
    done(PYTHON, "-m", "reader", *library, "print", "1", "--pdf", paper)
    print(f"There is no screen here. The window is drawn in {picture},")
    print(f"its first article is printed in {paper}.")
    return 0


def test(arguments: list[str]) -> int:
    """Run all tests and print the coverage."""
    return call(
        PYTHON, "-m", "pytest", "--cov=reader", "--cov-report=term", *arguments, env=offscreen()
    )


def check(arguments: list[str]) -> int:
    """Do what CI does: format, lint, types, tests."""
    return static([]) or test(arguments)


def static(_: list[str]) -> int:
    """Look at the code without running it: format, lint, types."""
    for command in (
        ["ruff", "format", "--check", *TOOLS],
        ["ruff", "check", *TOOLS],
        ["mypy"],
    ):
        done(PYTHON, "-m", *command)
    return 0


def bench(arguments: list[str]) -> int:
    """Print the figures of speed, measured on this machine."""
    env = offscreen()
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once
    return call(PYTHON, "-m", "benchmarks", *arguments, env=env)


def reformat(_: list[str]) -> int:
    """Format the code and mend what can be mended."""
    done(PYTHON, "-m", "ruff", "format", *TOOLS)
    return call(PYTHON, "-m", "ruff", "check", "--fix", *TOOLS)


def lock(_: list[str]) -> int:
    """Write the lock file anew: the newest of everything, with hashes, for all systems."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        uv = Path(folder, BIN.name, "uv")
        done(Path(folder, BIN.name, PYTHON.name), "-m", "pip", "install", "-q", "uv")
        done(
            uv, "pip", "compile", "pyproject.toml", "--all-extras", "--universal",
            "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url",
            "--upgrade", "-q", "-o", LOCK,
        )  # fmt: skip
    return 0


# ---- set-up


def set_up() -> None:
    """Make what is missing; a moment where nothing is."""
    stamp = ENV / "reader.stamp"
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not (PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted):
        print("Setting up .venv (once) …", flush=True)
        make_environment()
        install("--require-hashes", "--no-deps", "-r", str(LOCK))
        link_source()
        stamp.write_text(wanted)
    look_for_libraries()


def make_environment() -> None:
    """Make the virtual environment anew; Debian keeps what that needs in a package apart."""
    shutil.rmtree(ENV, ignore_errors=True)
    if not works(sys.executable, "-c", "import ensurepip") and not shutil.which("uv"):
        install_packages("python3-venv")
    venv.create(ENV, with_pip=works(sys.executable, "-c", "import ensurepip"))


def install(*what: str) -> None:
    """Install with the pip of the environment, or with uv where that is all there is."""
    if works(PYTHON, "-m", "pip", "--version"):
        quiet = ["-q", "--disable-pip-version-check", "--no-warn-script-location"]
        done(PYTHON, "-m", "pip", "install", *quiet, *what)
    else:
        done("uv", "pip", "install", "-q", "--python", PYTHON, *what)


def link_source() -> None:
    """Let the environment find the source where it lies, and the command ``reader``."""
    site = subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    Path(site.strip(), "reader-source.pth").write_text(f"{ROOT / 'src'}\n")
    if os.name != "nt":
        command = BIN / "reader"
        command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m reader "$@"\n')
        command.chmod(0o755)


def look_for_libraries() -> None:
    """Install or name what Qt lacks, before it is imported: it would only abort."""
    if sys.platform != "linux":
        return
    wanted = dict(LIBRARIES)
    wanted |= X11 if os.environ.get("DISPLAY") else {}
    wanted |= WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {}
    missing = [package for library, package in wanted.items() if not loads(library)]
    if not missing:
        return
    install_packages(*missing)


def install_packages(*names: str) -> None:
    """Install packages of the system where we may, else name them and stop."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print(f"Installing {' '.join(names)} …", flush=True)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done(apt, "-qq", "update", env=env)
        done(apt, "-qq", "-y", "install", "--no-install-recommends", *names, env=env)
        return
    how = f"sudo apt-get install {' '.join(names)}" if apt else ", ".join(names)
    print(f"dev.py: Something of the system is missing. Please install: {how}", file=sys.stderr)
    raise SystemExit(NEEDS_HELP)


def loads(library: str) -> bool:
    """Return whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Return whether a window can be opened."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def offscreen() -> dict[str, str]:
    """Return the environment in which Qt needs no screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def works(*command: object) -> bool:
    """Return whether a command ends well, without a sound."""
    found = subprocess.run([str(each) for each in command], capture_output=True, check=False)
    return found.returncode == 0


def call(*command: object, env: dict[str, str] | None = None) -> int:
    """Run a command from the top of the project and return its exit code."""
    return subprocess.call([str(each) for each in command], cwd=ROOT, env=env)


def done(*command: object, env: dict[str, str] | None = None) -> None:
    """Run a command that has to end well."""
    subprocess.run([str(each) for each in command], cwd=ROOT, env=env, check=True)


if __name__ == "__main__":
    sys.exit(main())
