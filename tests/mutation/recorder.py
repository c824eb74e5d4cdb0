"""A plugin of pytest: how long each test takes, and which test started a child process.

pytest-cov names the test for each line that the test's own process executes. Child processes get
coverage's settings through an environment variable; the test's name is written into them there.
"""

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_SETTINGS_OF_CHILDREN = "COVERAGE_PROCESS_CONFIG"
_seconds: dict[str, float] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Name the test in what its children measure."""
    inherited = os.environ.get(_SETTINGS_OF_CHILDREN)
    if inherited is None:
        return (yield)
    settings = json.loads(base64.b64decode(inherited)) | {"context": item.nodeid}
    os.environ[_SETTINGS_OF_CHILDREN] = base64.b64encode(json.dumps(settings).encode()).decode()
    try:
        return (yield)
    finally:
        os.environ[_SETTINGS_OF_CHILDREN] = inherited


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and tear-down of a test."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the file that is named in the environment; with workers, the main process does."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["READER_TEST_DURATIONS"]).write_text(json.dumps(_seconds), "utf-8")
