#!/usr/bin/env python3
"""Set up, run, test, check and measure the project. Needs nothing but Python 3.11.

It creates a virtual environment in ``.venv`` with exactly the packages of a lock file, and names
(or, as root on Debian and Ubuntu, installs) the system libraries that Qt needs.
"""

from __future__ import annotations  # lets an older Python get as far as the version check

import ast
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn, TextIO

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
BASE_PYTHON = getattr(
    sys, "_base_executable", sys.executable
)  # not that of .venv, which may run this
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"  # all of RUN_LOCK, and packages for tests and checks
BUILD = ROOT / "build"
TOOLS = ["src", "tests", "benchmarks", "dev.py", "hatch_build.py"]
NEEDS_HELP, STOPPED = 3, 130
TESTS_FAILED = 1  # of pytest's results; others mean that it could not run them

# Settings of pip and uv about access to an index. All others are ignored, because they could
# change the place, the resolution or the versions of packages.
INDEX_SETTINGS = {
    "index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert",
    "client-cert", "proxy", "timeout", "default-timeout", "retries", "cache-dir",
    "no-cache-dir", "keyring-provider", "use-feature", "use-deprecated",
}  # fmt: skip
UV_INDEX_SETTINGS = (
    "UV_INDEX", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX",
    "UV_INSECURE_HOST", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "UV_HTTP_", "UV_CACHE_DIR",
    "UV_NO_CACHE", "UV_LINK_MODE", "UV_KEYRING_PROVIDER", "UV_CONFIG_FILE", "UV_OFFLINE",
)  # fmt: skip
# Variables that point Python at modules outside of .venv, or disable assertions.
STRAY = {"PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONPLATLIBDIR", "PYTHONOPTIMIZE",
         "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}  # fmt: skip

# Programs that some tests need, and their Debian packages.
TEST_PROGRAMS = {"pdftotext": "poppler-utils", "Xvfb": "xvfb", "openbox": "openbox",
                 "xdotool": "xdotool"}  # fmt: skip


def main() -> int:
    """Set up missing packages, then run the chosen command."""
    commands = {
        "run": (run, RUN_LOCK),
        "test": (test, DEV_LOCK),
        "cover": (cover, DEV_LOCK),
        "static": (static, DEV_LOCK),
        "check": (check, DEV_LOCK),
        "mutate": (mutate, DEV_LOCK),
        "bench": (bench, DEV_LOCK),
        "format": (reformat, DEV_LOCK),
        "lock": (lock, DEV_LOCK),
    }
    speak_in_any_encoding()
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one may well run this file
        stop(f"Reader needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(f"usage: python3 dev.py {' | '.join(commands)}", file=sys.stderr)
        return 2
    command, locked = commands[sys.argv[1]]
    try:
        set_up(locked)
        look_for_libraries()
        return command(sys.argv[2:])
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    except KeyboardInterrupt:
        return STOPPED


def run(arguments: list[str]) -> int:
    """Open the window, or draw and print its contents if there is no screen."""
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
    """Run all tests in a random order, then once more, one by one, those that failed."""
    seed = int.from_bytes(os.urandom(4), "big")
    result = run_tests(seed, arguments)
    if result != TESTS_FAILED:
        return result
    print("Tests that failed run again, one by one. One that passes now wants too much of")
    print("a busy machine, or depends on others: it is listed as PASSED, and wants mending.")
    sys.stdout.flush()
    return call(
        PYTHON, "-m", "pytest", "--last-failed", "--last-failed-no-failures=none", "-rp",
        f"--randomly-seed={seed}", *arguments, env=offscreen(),
    )  # fmt: skip


def cover(arguments: list[str]) -> int:
    """Run the tests and print their coverage, which takes half as long again."""
    seed = int.from_bytes(os.urandom(4), "big")
    return run_tests(seed, ["--cov=reader", "--cov-report=term", *arguments])


def run_tests(seed: int, arguments: list[str]) -> int:
    """Run all tests once, on all processors."""
    look_for_test_programs()
    print(f"The order of the tests is that of --randomly-seed={seed}.", flush=True)
    return call(
        PYTHON, "-m", "pytest", "--numprocesses", os.cpu_count() or 1, "--dist=worksteal",
        f"--randomly-seed={seed}", *arguments, env=offscreen(),
    )  # fmt: skip


def mutate(arguments: list[str]) -> int:
    """Print the mutants of the program that the tests do not detect."""
    look_for_test_programs()
    return call(PYTHON, "-m", "tests.mutation", *arguments, env=offscreen())


def check(arguments: list[str]) -> int:
    """Run the checks of CI: format, lint, types, tests."""
    return static([]) or test(arguments)


def static(_: list[str]) -> int:
    """Check the code without running it: format, lint, types."""
    for command in (
        ["ruff", "format", "--check", *TOOLS],
        ["ruff", "check", *TOOLS],
        ["mypy"],
    ):
        done(PYTHON, "-m", *command)
    return 0


def bench(arguments: list[str]) -> int:
    """Print benchmarks measured on this machine."""
    env = offscreen()
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs are compiled once
    return call(PYTHON, "-m", "benchmarks", *arguments, env=env)


def reformat(_: list[str]) -> int:
    """Format the code and apply automatic fixes."""
    done(PYTHON, "-m", "ruff", "format", *TOOLS)
    return call(PYTHON, "-m", "ruff", "check", "--fix", *TOOLS)


def lock(_: list[str]) -> int:
    """Update both lock files to the newest versions, with hashes, for all systems."""
    development = ["--all-extras", "--group", "test", "--group", "check", "-c", RUN_LOCK]
    for target, extra in ((RUN_LOCK, []), (DEV_LOCK, development)):
        done(
            BIN / "uv", "pip", "compile", "pyproject.toml", *extra, "--universal",
            "--python-version", "3.11", "--generate-hashes", "--only-binary=:all:",
            "--no-header", "--no-annotate", "--no-emit-index-url", "--upgrade", "-q",
            "-o", target, env=uv_environment(),
        )  # fmt: skip
    return 0


# ---- set-up


def set_up(locked: Path) -> None:
    """Make ``.venv`` contain the packages of a lock file; return at once if it does."""
    if holds(DEV_LOCK) or holds(locked):
        return
    try:
        with one_at_a_time() as guard:
            if not (holds(DEV_LOCK) or holds(locked)):
                print("Setting up .venv (once) ...", flush=True)
                fill(locked, guard)
    except OSError as error:
        stop(f".venv cannot be made: {error}. Is {ROOT} yours to write, and the disk not full?")


def fill(locked: Path, guard: TextIO) -> None:
    """Install a lock file into ``.venv``, which is created again unless it is complete."""
    whole = holds(RUN_LOCK)
    # The environment counts as incomplete until the end of this function.
    for lock_file in (RUN_LOCK, DEV_LOCK):
        stamp(lock_file).unlink(missing_ok=True)
    if not whole:
        make_environment(guard)
    install(locked, guard)
    link_source()
    stamp(locked).write_text(fingerprint(locked))


def holds(locked: Path) -> bool:
    """Return whether ``.venv`` was made from this lock file, by this Python, in this place."""
    try:
        return PYTHON.exists() and stamp(locked).read_text() == fingerprint(locked)
    except (OSError, ValueError):
        return False


def stamp(locked: Path) -> Path:
    """Return the file that marks a lock file as installed."""
    return ENV / f"{locked.stem}.stamp"


def fingerprint(locked: Path) -> str:
    """Return everything that must be unchanged for an environment to be used again."""
    place = f"{os.fsencode(ENV)!r} {sys.version} {sysconfig.get_platform()}"
    return hashlib.sha256(locked.read_bytes() + place.encode()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[TextIO]:
    """Wait until no other dev.py, and no child of a killed one, is setting up."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "set-up.lock").open("w") as guard:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another dev.py is setting up .venv; waiting ...", flush=True)
                fcntl.flock(guard, fcntl.LOCK_EX)
        yield guard


def make_environment(guard: TextIO) -> None:
    """Replace the virtual environment by an empty one."""
    if ENV.exists():
        shutil.rmtree(ENV)
    if not (has_ensurepip() or shutil.which("uv") or works(BASE_PYTHON, "-m", "pip", "--version")):
        install_packages(f"python3.{sys.version_info.minor}-venv")
        importlib.invalidate_caches()
    pip = [] if has_ensurepip() else ["--without-pip"]
    try:
        done(BASE_PYTHON, "-m", "venv", *pip, ENV, env=plain_environment(), guard=guard)
    except subprocess.CalledProcessError:
        stop(f"Python could not make a virtual environment in {ENV}; its output is above.")


def has_ensurepip() -> bool:
    """Return whether this Python can install pip; Debian has a separate package for that."""
    spec = importlib.util.find_spec("ensurepip")
    return spec is not None and spec.origin is not None  # not an empty folder of that name


def install(locked: Path, guard: TextIO | None = None) -> None:
    """Install exactly the packages of a lock file: no resolving, no building, only with hashes."""
    command, env = installer()
    exact = ["-q", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", locked]
    try:
        done(*command, *exact, env=env, guard=guard)
    except subprocess.CalledProcessError:
        stop(
            f"The packages of {locked.name} could not be installed; the output of the installer is "
            "above. Check that the package index is reached (PIP_INDEX_URL names a mirror, "
            "PIP_PROXY a proxy) and that the disk is not full, then give the same command again."
        )


def installer() -> tuple[list[object], dict[str, str]]:
    """Return pip or uv, whichever can install into ``.venv``, and its environment."""
    if works(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip", "install"], pip_environment()
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--python", PYTHON], uv_environment()
    return [BASE_PYTHON, "-m", "pip", "--python", PYTHON, "install"], pip_environment()


def pip_environment() -> dict[str, str]:
    """Return an environment in which pip uses the user's index and ignores all other settings.

    A ``user``, ``target``, ``prefix`` or ``no-binary`` setting, in a variable or in a file, would
    install packages elsewhere or others than those of the lock file.
    """
    python = PYTHON if works(PYTHON, "-m", "pip", "--version") else BASE_PYTHON
    # These are options of "config" too, and would leave out the other files.
    env = {**plain_environment(), "PIP_USER": "0", "PIP_GLOBAL": "0", "PIP_SITE": "0"}
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"],
        env=env, capture_output=True, text=True, errors="replace", check=False,
    ).stdout  # fmt: skip
    settings = {}
    for section in ("global.", "install.", ":env:."):  # as in pip, the later one wins
        for line in listed.splitlines():
            name, _, value = line.removeprefix(section).partition("=")
            if line.startswith(section) and name in INDEX_SETTINGS and ast.literal_eval(value):
                settings[f"PIP_{name.upper().replace('-', '_')}"] = str(ast.literal_eval(value))
    plain = {k: v for k, v in plain_environment().items() if not k.upper().startswith("PIP_")}
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}
    return {**plain, **settings, **quiet, "PIP_CONFIG_FILE": os.devnull}


def uv_environment() -> dict[str, str]:
    """Return an environment in which uv uses the user's index and ignores other variables."""
    plain = plain_environment()
    return {k: v for k, v in plain.items() if k[:3] != "UV_" or k.startswith(UV_INDEX_SETTINGS)}


def link_source() -> None:
    """Add the source to the environment in place, with the command ``reader``."""
    asked: list[str | Path] = [
        PYTHON,
        "-c",
        "import sysconfig; print(ascii(sysconfig.get_path('purelib')))",
    ]
    site = ast.literal_eval(subprocess.check_output(asked, text=True, env=plain_environment()))
    # A relative path is ASCII, in whatever encoding Python reads the file.
    Path(site, "reader-source.pth").write_text(os.path.relpath(ROOT / "src", site) + "\n")
    if os.name != "nt":
        command = BIN / "reader"
        command.write_bytes(
            b"#!/bin/sh\nexec " + os.fsencode(shlex.quote(str(PYTHON))) + b' -m reader "$@"\n'
        )
        command.chmod(0o755)


def look_for_libraries() -> None:
    """Install or name the libraries that Qt needs before it is imported: it would only abort."""
    if sys.platform != "linux":
        return
    system = knowledge_of_qt()
    wanted = dict(system.QT)
    wanted |= system.X11 if os.environ.get("DISPLAY") else {}
    wanted |= system.WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {}
    missing = {library: package for library, package in wanted.items() if not loads(library)}
    if missing and not shutil.which("apt-get"):
        stop(f"Qt needs libraries that the system lacks. Please install: {', '.join(missing)}")
    if missing:
        install_packages(*missing.values())


def knowledge_of_qt() -> ModuleType:
    """Return the module of Reader that lists the libraries that Qt loads from the system."""
    sys.path.insert(0, str(ROOT / "src"))
    from reader import system  # an older Python could not import it

    return system


def look_for_test_programs() -> None:
    """Install programs that tests need, or print that these tests are skipped."""
    if sys.platform != "linux":
        return
    missing = [name for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
    missing += [name for library, name in knowledge_of_qt().X11.items() if not loads(library)]
    if not missing:
        return
    try:
        install_packages(*missing)
    except SystemExit:
        print(f"Tests that need {', '.join(missing)} are skipped.", file=sys.stderr, flush=True)


def install_packages(*names: str) -> None:
    """Install packages of Debian or Ubuntu as root, else print the command and stop."""
    how = f"apt-get install {' '.join(names)}"
    if not shutil.which("apt-get"):
        stop(f"These Debian packages are missing: {' '.join(names)}.")
    if os.geteuid() != 0:
        stop(f"System packages are missing. Please install them: sudo {how}")
    print(f"Installing {' '.join(names)} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    works(
        "apt-get", "-qq", "update", env=env
    )  # old lists may be sufficient; if not, the next command fails
    try:
        done("apt-get", "-qq", "-y", "install", "--no-install-recommends", *names, env=env)
    except subprocess.CalledProcessError:
        stop(
            "apt-get could not install the missing packages; its output is above. Once it can "
            f"(is the network there, is no other apt running?), give this command: {how}"
        )


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
    """Return an environment in which Qt needs no screen."""
    return {**plain_environment(), "QT_QPA_PLATFORM": "offscreen"}


def plain_environment() -> dict[str, str]:
    """Return the environment without variables that lead Python out of ``.venv``."""
    return {name: value for name, value in os.environ.items() if name not in STRAY}


def speak_in_any_encoding() -> None:
    """Print a question mark for characters that the terminal lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def stop(text: str) -> NoReturn:
    """Print a message and exit."""
    print(f"dev.py: {text}", file=sys.stderr)
    raise SystemExit(NEEDS_HELP)


def works(*command: object, env: dict[str, str] | None = None) -> bool:
    """Return whether a command succeeds, without showing its output."""
    words, env = [str(word) for word in command], env or plain_environment()
    try:
        return subprocess.run(words, env=env, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def call(*command: object, env: dict[str, str] | None = None) -> int:
    """Run a command from the root of the project and return its exit code."""
    words = [str(word) for word in command]
    return subprocess.call(words, cwd=ROOT, env=env or plain_environment())


def done(*command: object, env: dict[str, str] | None = None, guard: TextIO | None = None) -> None:
    """Run a command that must succeed; it keeps ``guard`` open while it runs."""
    words = [str(word) for word in command]
    kept = (guard.fileno(),) if guard and os.name != "nt" else ()
    subprocess.run(words, cwd=ROOT, env=env or plain_environment(), check=True, pass_fds=kept)


if __name__ == "__main__":
    sys.exit(main())
