"""Kill the program while it does an operation: the library is as before, or as after."""

import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import apsw

from benchmarks.faults.damage import Record
from benchmarks.faults.operations import Held, Operation, held, operation
from benchmarks.faults.program import Program, Said

_KILLS = 8


class Trial:
    """An operation on a library, its states before and after, and how long it takes."""

    def __init__(self, name: str, work: Path) -> None:
        self.name = name
        self.operation: Operation = operation(name, work / "files")
        self._work = work
        program = self.fresh("unharmed")
        self.before = _state(program.library)
        begin = time.monotonic()
        self.said = program.ended(self.start(program), self.operation.words)
        self.seconds = time.monotonic() - begin
        self.after = _state(program.library)

    def fresh(self, name: str) -> Program:
        """Return a program with a library of its own in the state before."""
        kept = self._work / "kept"
        if not kept.exists():
            program = Program(kept / "home", kept / "library")
            self.operation.make(program.library)
            self.operation.prepare(program)
        shutil.copytree(kept, self._work / name)
        return Program(self._work / name / "home", self._work / name / "library")

    def start(self, program: Program) -> "subprocess.Popen[bytes]":
        """Start the operation."""
        words = self.operation.words
        return program.process(*words) if words[0] == "-c" else program.start(*words)


def _state(folder: Path) -> Held:
    try:
        return held(folder)
    except apsw.Error:
        return {"damaged": True}


def kill(work: Path, record: Record) -> Iterator[str]:
    """Kill an operation at random moments; yield the faults of the library then."""
    trial = Trial(record["operation"], work)
    yield trial.said.trouble()
    if trial.said.code:
        yield f"the operation itself ends with {trial.said.code}: {trial.said.error[-200:]}"
    chance = random.Random(f"{record['operation']} {record['seed']}")
    for number in range(_KILLS):
        program = trial.fresh(f"killed {number}")
        process = trial.start(program)
        time.sleep(chance.uniform(0, trial.seconds))
        process.kill()
        said = program.ended(process, trial.operation.words)
        yield from _judge(trial, program, said)
        shutil.rmtree(program.library.parent)


def _judge(trial: Trial, program: Program, said: Said) -> Iterator[str]:
    acknowledged = said.code == 0
    if trial.name == "repair":
        yield program("repair", "--yes").trouble()
    try:
        now = held(program.library)
    except apsw.Error as error:
        yield f"the library cannot be read any more: {error}"
        return
    yield from wrong_state(trial, now, acknowledged=acknowledged)
    if now:
        yield from _works(program)
    if trial.name == "settings_save":
        yield from _settings(program, acknowledged=acknowledged)


def wrong_state(trial: Trial, now: Held, *, acknowledged: bool) -> Iterator[str]:
    """Yield the faults of a library after an operation that did not end."""
    if "damaged" in now:
        yield "the library is damaged"
    elif trial.name == "repair" and now != trial.after:
        yield "not all is given back by a second repair"
    elif acknowledged and now != trial.after:
        yield "what was acknowledged is lost"
    elif trial.operation.is_in_steps:
        yield from _wrong_steps(trial, now)
    elif now not in (trial.before, trial.after) and (trial.before or now.get("article")):
        yield "half of the operation is done"


def _wrong_steps(trial: Trial, now: Held) -> Iterator[str]:
    for name, rows in now.items():
        there = {*map(str, rows)}
        if not {*map(str, trial.before.get(name, ()))} <= there:
            yield f"rows of {name} are lost"
        if not there <= {*map(str, trial.after[name])}:
            yield f"rows of {name} are half"


def _works(program: Program) -> Iterator[str]:
    for words in (["list"], ["check"], ["search", "a*"], ["backup", "--list"]):
        said = program(*words)
        yield said.trouble()
        if said.code:
            yield f"“{words[0]}” fails after the kill: {(said.error or said.out)[-200:]}"
    if (said := program("backup")).code:
        yield f"no copy can be made after the kill: {said.error[-200:]}"


def _settings(program: Program, *, acknowledged: bool) -> Iterator[str]:
    file = program.home / "config" / "settings.json"
    told = json.loads(file.read_text("utf-8")) if file.exists() else {}
    if acknowledged and "dark" not in json.dumps(told):
        yield "settings that were saved are lost"
