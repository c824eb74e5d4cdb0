"""The set-up of dev.py: real environments, from an index of small wheels that the test makes.

The index offers newer releases of everything. What is installed must be what the lock names,
by whatever pip a Python brings, and whatever a person's own settings say.
"""

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Release(NamedTuple):
    """A small wheel: its name, version, needs, and the extra with needs of its own."""

    name: str
    version: str
    needs: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


LOCKED = (
    Release("alpha", "1.0", ("beta[more]>=1.0", "unlocked>=1")),  # "unlocked" proves no resolving
    Release("beta", "1.0", extra=("gamma>=1.0",)),
    Release("gamma", "1.0"),
)
NEWER = (
    Release("alpha", "2.0", ("beta[more]>=1.0",)),
    Release("beta", "2.0", extra=("gamma>=1.0",)),
    Release("gamma", "2.0"),
    Release("unlocked", "1.0"),
)


def _wheel(release: Release, folder: Path) -> Path:
    name, version = release.name, release.version
    about = [
        "Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", "Provides-Extra: more",
        *(f"Requires-Dist: {each}" for each in release.needs),
        *(f'Requires-Dist: {each} ; extra == "more"' for each in release.extra),
    ]  # fmt: skip
    files = {
        f"{name}.py": f"version = {version!r}\n",
        f"{name}-{version}.dist-info/METADATA": "\n".join(about) + "\n",
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{name}-{version}.dist-info/RECORD"
    rows = [f"{path},{_record_hash(text)},{len(text)}" for path, text in files.items()]
    files[record] = "\n".join([*rows, f"{record},,"]) + "\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel


def _record_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _index(folder: Path, *releases: Release) -> dict[Release, str]:
    """Make a simple index in a folder and return the hashes of its wheels."""
    hashes = {}
    for release in releases:
        project = folder / release.name
        project.mkdir(parents=True, exist_ok=True)
        hashes[release] = hashlib.sha256(_wheel(release, project).read_bytes()).hexdigest()
        links = [f'<a href="{each.name}">{each.name}</a>' for each in project.glob("*.whl")]
        (project / "index.html").write_text("<!DOCTYPE html>\n" + "\n".join(links))
    return hashes


def _lock(clone: Path, hashes: dict[Release, str], *releases: Release, name: str = "") -> None:
    lines = [f"{e.name}=={e.version} \\\n    --hash=sha256:{hashes[e]}\n" for e in releases]
    (clone / f"requirements{name}.lock").write_text("".join(lines))


class Clone(NamedTuple):
    """A clone of a small project, and the index its packages are in."""

    root: Path
    packages: Path
    hashes: dict[Release, str]

    def run(self, *arguments: str, python: Path | None = None, **env: str) -> tuple[int, str]:
        """Run its dev.py as a person would and return the exit code and all that was said."""
        ended = subprocess.run(
            [python or sys.executable, self.root / "dev.py", *(arguments or ("run", "x"))],
            env={**_environment(self.packages), **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    def dev(self) -> ModuleType:
        """Return its dev.py as a module."""
        spec = importlib.util.spec_from_file_location("dev_of_clone", self.root / "dev.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def installed(self) -> dict[str, str]:
        """Return what its environment holds, by name."""
        python = self.dev().PYTHON
        listing = "from importlib.metadata import distributions as d; import json; "
        listing += "print(json.dumps({e.name: e.version for e in d()}))"
        found = json.loads(subprocess.check_output([python, "-I", "-c", listing], text=True))
        return {name: found[name] for name in sorted(found) if name not in ("pip", "setuptools")}


def _environment(index: Path) -> dict[str, str]:
    """Return the environment of a person with an empty home, whose index is the test's."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_", "PYTHON"))}
    uri = index.as_uri()
    return {**kept, "PIP_INDEX_URL": uri, "UV_DEFAULT_INDEX": uri, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root = tmp_path / "a clone wïth $paces, 日本"
    (root / "src" / "reader").mkdir(parents=True)
    (root / "src" / "reader" / "__main__.py").write_text(
        "import alpha, beta, gamma\nprint('versions', alpha.version, beta.version, gamma.version)\n"
    )
    (root / "src" / "reader" / "__init__.py").touch()
    shutil.copy(ROOT / "src" / "reader" / "system.py", root / "src" / "reader")
    shutil.copy(ROOT / "dev.py", root)
    hashes = _index(tmp_path / "index", *LOCKED, *NEWER)
    _lock(root, hashes, *LOCKED)
    _lock(root, hashes, *LOCKED, NEWER[3], name="-dev")
    return Clone(root, tmp_path / "index", hashes)


@pytest.fixture
def quick(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """Give a clone that is set up by uv: seconds faster, for what is not about the installer."""
    _without_ensurepip(clone)
    monkeypatch.setenv("PATH", f"{_uv().parent}{os.pathsep}{os.environ['PATH']}")
    return clone


AS_LOCKED = {"alpha": "1.0", "beta": "1.0", "gamma": "1.0"}


def test_a_clone_is_set_up_with_what_the_lock_names(clone: Clone) -> None:
    code, said = clone.run()
    assert (code, "versions 1.0 1.0 1.0" in said) == (0, True), said
    assert clone.installed() == AS_LOCKED
    assert "Setting up" not in clone.run()[1]


@pytest.mark.parametrize("pip", ["22.3.1", "newest"])
def test_any_pip_installs_what_the_lock_names(clone: Clone, pip: str) -> None:
    """An old pip that resolves takes a newer release for an extra, and finds no hash for it."""
    if sys.version_info >= (3, 12) and pip.startswith("22."):
        pytest.skip("pip 22 does not run on Python 3.12 and newer")
    _without_ensurepip(clone)  # which is slow, and brings another pip
    dev = clone.dev()
    dev.BUILD.mkdir()
    with dev.one_at_a_time() as guard:
        dev.make_environment(guard)
    wanted = "pip" if pip == "newest" else f"pip=={pip}"
    there = [_uv(), "pip", "install", "-q", "--python", dev.PYTHON, wanted]
    if subprocess.run(there, check=False, capture_output=True, timeout=120).returncode:
        pytest.skip("no package index is reached that has this pip")
    assert dev.installer()[0][:3] == [dev.PYTHON, "-m", "pip"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_INDEX_URL", clone.packages.as_uri())
        dev.install(dev.RUN_LOCK)
    assert clone.installed() == AS_LOCKED


def _without_ensurepip(clone: Clone) -> None:
    """Let dev.py of the clone run on a Python that has neither ensurepip nor pip."""
    dev = clone.root / "dev.py"
    text = dev.read_text("utf-8")
    begin = "spec is not None and spec.origin is not None"
    assert text.count(begin) == 1
    dev.write_text(text.replace(begin, "False"), "utf-8")


def _uv() -> Path:
    from uv import find_uv_bin

    return Path(find_uv_bin())


def test_uv_installs_what_the_lock_names(clone: Clone, tmp_path: Path) -> None:
    _without_ensurepip(clone)
    path = f"{_uv().parent}{os.pathsep}{os.environ['PATH']}"
    code, said = clone.run(
        PATH=path, UV_TARGET=str(tmp_path / "elsewhere"), UV_NO_DEPS="0", UV_SYSTEM_PYTHON="1"
    )
    assert (code, "versions 1.0 1.0 1.0" in said) == (0, True), said
    assert clone.installed() == AS_LOCKED
    assert not (tmp_path / "elsewhere").exists()


def _swap_beta(clone: Clone) -> None:
    """Put another file under the name of the locked wheel of beta."""
    with zipfile.ZipFile(clone.packages / "beta" / "beta-1.0-py3-none-any.whl", "a") as archive:
        archive.writestr("stray.py", "")


@pytest.mark.parametrize("with_uv", [False, True], ids=["pip", "uv"])
def test_a_file_with_another_hash_is_not_installed(
    clone: Clone, tmp_path: Path, with_uv: bool
) -> None:
    _swap_beta(clone)
    if with_uv:
        _without_ensurepip(clone)
    code, said = clone.run(PATH=f"{_uv().parent}{os.pathsep}{os.environ['PATH']}")
    assert code == 3
    assert "could not be installed" in said
    assert "Traceback" not in said
    assert "beta" not in clone.installed()


@pytest.mark.parametrize("with_uv", [False, True], ids=["pip", "uv"])
def test_a_lock_without_hashes_is_not_installed(
    clone: Clone, tmp_path: Path, with_uv: bool
) -> None:
    lock = clone.root / "requirements.lock"
    lock.write_text("alpha==1.0\nbeta==1.0\ngamma==1.0\n")
    if with_uv:
        _without_ensurepip(clone)
    assert clone.run(PATH=f"{_uv().parent}{os.pathsep}{os.environ['PATH']}")[0] == 3


def test_settings_of_a_person_do_not_lead_the_installation_elsewhere(
    clone: Clone, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    stray = tmp_path / "stray"
    stray.mkdir()
    (stray / "alpha.py").write_text("version = 'stray'\n")
    pip_conf = Path.home() / (Path("pip", "pip.ini") if os.name == "nt" else ".pip/pip.conf")
    pip_conf.parent.mkdir(parents=True)
    pip_conf.write_text(
        "[global]\nrequire-virtualenv = true\nuser = true\n[install]\nno-binary = :all:\n"
        f"requirement = {tmp_path / 'missing.txt'}\n"
    )
    mirror = tmp_path / "mirror.conf"
    mirror.write_text(f"[global]\nindex-url = {clone.packages.as_uri()}\n")
    code, said = clone.run(
        PIP_CONFIG_FILE=str(mirror),  # which alone names the index
        PIP_INDEX_URL="",
        PIP_USER="1",
        PIP_TARGET=str(elsewhere),
        PIP_PREFIX=str(elsewhere),
        PIP_ROOT=str(elsewhere),
        PIP_REQUIRE_VIRTUALENV="1",
        PYTHONPATH=str(stray),
        PYTHONUSERBASE=str(elsewhere),
        PYTHONOPTIMIZE="2",
        VIRTUAL_ENV=str(elsewhere),
        PYTHONIOENCODING="ascii",
    )
    assert (code, "versions 1.0 1.0 1.0" in said) == (0, True), said
    assert clone.installed() == AS_LOCKED
    assert not elsewhere.exists()


def test_testing_adds_to_what_running_has(quick: Clone) -> None:
    quick.run()
    before = quick.dev().PYTHON.lstat().st_mtime_ns
    assert "No module named pytest" in quick.run("test")[1]
    assert quick.installed() == {**AS_LOCKED, "unlocked": "1.0"}
    assert quick.dev().PYTHON.lstat().st_mtime_ns == before
    assert "Setting up" not in quick.run()[1]


def test_a_new_lock_is_installed_anew(quick: Clone) -> None:
    quick.run()
    _lock(quick.root, quick.hashes, *NEWER[:3])
    _lock(quick.root, quick.hashes, *NEWER, name="-dev")
    assert "versions 2.0 2.0 2.0" in quick.run()[1]


def test_a_moved_clone_is_set_up_anew(quick: Clone, tmp_path: Path) -> None:
    quick.run()
    moved = quick._replace(root=quick.root.rename(tmp_path / "moved"))
    code, said = moved.run()
    assert code == 0
    assert "Setting up" in said
    assert str(tmp_path / "moved") in (moved.dev().BIN / "reader").read_text("utf-8")


def test_it_can_be_run_by_the_python_it_has_made(quick: Clone) -> None:
    quick.run()
    python = quick.dev().PYTHON
    _lock(quick.root, quick.hashes, *NEWER[:3])
    _lock(quick.root, quick.hashes, *NEWER, name="-dev")
    code, said = quick.run(python=python)
    assert (code, "versions 2.0 2.0 2.0" in said) == (0, True), said


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is for Unix")
@pytest.mark.parametrize(
    ("moment", "begun"), [("install", False), ("install", True), ("link_source", False)]
)
def test_what_was_killed_half_way_is_completed_by_the_next_call(
    quick: Clone, moment: str, begun: bool
) -> None:
    if begun:
        quick.run()
    killed = (
        f"import os, sys; sys.path.insert(0, {str(quick.root)!r}); import dev; "
        f"dev.{moment} = lambda *_: os.kill(os.getpid(), 9); sys.argv = ['dev.py', 'test']; "
        "dev.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", killed], env=_environment(quick.packages), check=False
    )
    assert ended.returncode == -9
    if begun:  # a package may be there in part, and look as if it were there
        next(quick.root.glob(".venv/lib/*/site-packages/beta.py")).unlink()
    code, said = quick.run()
    assert (code, "versions 1.0 1.0 1.0" in said) == (0, True), said


@pytest.mark.skipif(os.name == "nt", reason="the lock is for Unix")
def test_two_at_once_make_one_environment(quick: Clone) -> None:
    dev = quick.root / "dev.py"
    both = [
        subprocess.Popen(
            [sys.executable, dev, "run", "x"], env=_environment(quick.packages), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0], said
    assert sum("Setting up" in each for each in said) == 1
    assert quick.installed() == AS_LOCKED


@pytest.mark.skipif(os.name == "nt", reason="the lock is for Unix")
def test_the_child_of_a_killed_one_is_waited_for(quick: Clone) -> None:
    """A pip that outlives its dev.py would go on writing into the environment made after it."""
    code = (
        f"import sys; sys.path.insert(0, {str(quick.root)!r}); import dev\n"
        "with dev.one_at_a_time() as guard:\n"
        "    child = \"print('here', flush=True); input()\"\n"
        "    dev.done(sys.executable, '-c', child, guard=guard)\n"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert killed.stdout is not None
    assert killed.stdin is not None
    assert killed.stdout.readline() == "here\n"
    killed.kill()
    killed.wait()
    waiting = subprocess.Popen(
        [sys.executable, quick.root / "dev.py", "run", "x"], env=_environment(quick.packages),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert waiting.stdout is not None
    assert "waiting" in waiting.stdout.readline()
    killed.communicate("\n")
    assert waiting.communicate()[0].startswith("Setting up")
    assert waiting.returncode == 0


def test_an_index_that_is_not_reached_is_said(quick: Clone) -> None:
    shutil.rmtree(quick.packages)
    code, said = quick.run()
    assert code == 3
    assert "dev.py: The packages of requirements.lock could not be installed" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="root makes the apt of the test")
def test_a_python_without_ensurepip_names_the_package(clone: Clone, tmp_path: Path) -> None:
    _without_ensurepip(clone)
    dev = clone.root / "dev.py"
    dev.write_text(dev.read_text("utf-8").replace("works(BASE_PYTHON,", "not works(BASE_PYTHON,"))
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text("#!/bin/sh\nexit 100\n")
    apt.chmod(0o755)
    code, said = clone.run(PATH=str(apt.parent))
    assert code == 3
    assert f"apt-get install python3.{sys.version_info.minor}-venv" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.name == "nt", reason="a file in the way is another error there")
def test_a_place_that_cannot_be_written_is_said(clone: Clone) -> None:
    (clone.root / "build").write_text("a file where a folder has to be")
    code, said = clone.run()
    assert code == 3
    assert ".venv cannot be made" in said
    assert "Traceback" not in said
