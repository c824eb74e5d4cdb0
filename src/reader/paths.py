"""The folders of the program; the only user of appdirs.

``READER_HOME`` puts everything into one folder, such as a memory stick or the folder of a test.
"""

import os
from pathlib import Path

import appdirs

APP = "reader-articles"


def library_dir() -> Path:
    """Return the folder of the library: ``library.db`` and ``images/``."""
    return _home("library") or Path(appdirs.user_data_dir(APP, False), "library")


def config_dir() -> Path:
    """Return the folder of the settings and of the user's own themes."""
    return _home("config") or Path(appdirs.user_config_dir(APP, False))


def settings_file() -> Path:
    """Return the file of the settings."""
    return config_dir() / "settings.json"


def libraries_file() -> Path:
    """Return the file that lists the folders of libraries that held articles."""
    return config_dir() / "libraries.json"


def device_file() -> Path:
    """Return the file that names this home, so that the history can distinguish devices."""
    return config_dir() / "device"


def log_dir() -> Path:
    """Return the folder of the log."""
    return _home("log") or Path(appdirs.user_log_dir(APP, False))


def cache_dir() -> Path:
    """Return the folder of files that can be deleted whenever no window is open."""
    return _home("cache") or Path(appdirs.user_cache_dir(APP, False))


def dictionaries_dir() -> Path:
    """Return the folder of the user's dictionaries, unless the settings name another one."""
    return _home("dictionaries") or Path(appdirs.user_data_dir(APP, False), "dictionaries")


def _home(name: str) -> Path | None:
    home = os.environ.get("READER_HOME")
    return Path(home).expanduser() / name if home else None
