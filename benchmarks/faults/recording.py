"""The calls of a process that change a folder, recorded by strace, as a list of events."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults.damage import NotRun

_CALLS = (
    "open,openat,creat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,"
    "linkat,unlink,unlinkat,mkdir,mkdirat,rmdir"
)
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (\d+)(?:<.*>)?$", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|<((?:\\x[0-9a-f]{2})+)>')


class Event(NamedTuple):
    """A call: its kind, the paths it names, the bytes it writes, and a number."""

    kind: str
    paths: tuple[str, ...]
    data: bytes = b""
    number: int = 0


ACKNOWLEDGED = Event("acknowledged", ())


def recorder(file: Path) -> tuple[str, ...]:
    """Return the command that records another one into a file. Raises NotRun without strace."""
    if shutil.which("strace") is None:
        raise NotRun("power loss needs strace to record the writes")
    return ("strace", "-f", "-y", "-xx", "-s", "9999999", "-o", str(file), "-e", f"trace={_CALLS}")


def events(file: Path, folder: Path) -> list[Event]:
    """Return the events within a folder, and the first output as ``ACKNOWLEDGED``."""
    return [each for line in _joined(file) for each in _event(line, str(folder))]


def _joined(file: Path) -> Iterator[str]:
    """Yield a line for each call, also for those that another thread interrupted."""
    begun: dict[str, str] = {}
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in map(str.rstrip, lines):
            process = line.partition(" ")[0]
            if line.endswith("<unfinished ...>"):
                begun[process] = line.removesuffix("<unfinished ...>")
            elif " resumed>" in line and process in begun:
                yield begun.pop(process) + line.partition(" resumed>")[2]
            else:
                yield line


def _event(line: str, folder: str) -> Iterator[Event]:
    found = _LINE.match(line)
    if found is None:  # a failed call, an exit, a signal
        return
    _, call, arguments, result = found.groups()
    texts = [_decoded(one or other) for one, other in _TEXT.findall(arguments)]
    if call == "write" and arguments.startswith("1<"):
        yield ACKNOWLEDGED
    paths = tuple(os.fsdecode(each) for each in texts)
    yield from _of_call(call, paths, texts, arguments, int(result), folder)


def _of_call(
    call: str, paths: tuple[str, ...], texts: list[bytes], arguments: str, result: int, folder: str
) -> Iterator[Event]:
    here = tuple(each for each in paths if each == folder or each.startswith(folder + "/"))
    if not here:
        return
    if call in ("open", "openat", "creat"):
        if "O_CREAT" in arguments or call == "creat":
            yield Event("create", here[:1])
        if "O_TRUNC" in arguments:
            yield Event("truncate", here[:1], number=0)
    elif call in ("pwrite64", "write"):
        at = int(arguments.rpartition(" ")[2]) if call == "pwrite64" else -1
        yield Event("write", here[:1], texts[1][:result], at)
    elif call == "ftruncate":
        yield Event("truncate", here[:1], number=int(arguments.rpartition(" ")[2]))
    elif call in ("fsync", "fdatasync"):
        yield Event("sync", here[:1])
    elif call.startswith(("rename", "link", "unlink", "mkdir", "rmdir")):
        kind = "delete" if call in ("unlink", "unlinkat", "rmdir") else call.removesuffix("at2")
        yield Event(kind.removesuffix("at"), here)


def _decoded(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
