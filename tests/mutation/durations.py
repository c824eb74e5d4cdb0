"""A plugin of pytest that writes down how long each test takes, in seconds."""

import json
import os
from pathlib import Path

import pytest

_seconds: dict[str, float] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and tear-down of a test."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the file that is named in the environment; with workers, the main process does."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["READER_TEST_DURATIONS"]).write_text(json.dumps(_seconds), "utf-8")
