"""Reasons why Qt cannot start on this computer: missing libraries, no screen.

Qt is tried first; this is only used after it has failed.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

# Shared libraries that Qt loads from the system, and their Debian packages.
QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

_WITHOUT = (
    "These commands work without a window: “reader add”, “list”, “show”, “print --pdf” and "
    "“--snapshot FILE.png”; see “reader --help”."
)


def screen_trouble() -> str:
    """Return why no window can be opened, ``""`` if there is a screen for Qt to try."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform != "linux" or any(os.environ.get(name) for name in named):
        return ""
    return (
        "There is no screen to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
        + _WITHOUT
    )


def window_trouble() -> str:
    """Return why Qt failed to open its first window."""
    reasons = [_platform_trouble(name) for name in _platforms()]
    return f"The window could not be opened: {'; '.join(reasons)}. {_WITHOUT}"


def import_trouble(error: ImportError) -> str:
    """Return why a library of Reader could not be loaded."""
    if lacking := _lacking(QT) if sys.platform == "linux" else "":
        return f"Qt, which draws and prints, cannot start: {lacking}."
    missing = f"A part of Reader is missing or has the wrong version ({error})."
    return f"{missing} Please install Reader again."


def add_fallbacks() -> None:
    """Let Qt try the other kind of screen if the one named by QT_QPA_PLATFORM fails."""
    wanted = _platforms() if os.environ.get("QT_QPA_PLATFORM") else []
    if not wanted or not all(name == "xcb" or name.startswith("wayland") for name in wanted):
        return
    offered = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    more = [name for name, at in offered.items() if os.environ.get(at) and name not in wanted]
    os.environ["QT_QPA_PLATFORM"] = ";".join([os.environ["QT_QPA_PLATFORM"], *more])


def _platforms() -> list[str]:
    """Return the names of the platform plugins that Qt tries, in no particular order."""
    if wanted := os.environ.get("QT_QPA_PLATFORM"):
        return [part.partition(":")[0] for part in wanted.split(";")]
    platforms = ["wayland"] if os.environ.get("WAYLAND_DISPLAY") else []
    return [*platforms, "xcb"] if os.environ.get("DISPLAY") or not platforms else platforms


def _platform_trouble(name: str) -> str:
    if name == "xcb":
        return _lacking(X11) or _x11_trouble()
    if name.startswith("wayland"):
        return _lacking(WAYLAND) or _wayland_trouble()
    return f"Qt has no working plugin “{name}”, which QT_QPA_PLATFORM names"


def _x11_trouble() -> str:
    if display := os.environ.get("DISPLAY"):
        return f"no X server answers at DISPLAY={display}, or it does not let you in"
    return "DISPLAY, which names the X server, is not set"


def _wayland_trouble() -> str:
    display = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    folder = os.environ.get("XDG_RUNTIME_DIR")
    if not folder and not display.startswith("/"):
        return "XDG_RUNTIME_DIR, the folder of the Wayland compositor's socket, is not set"
    return f"no Wayland compositor answers at {Path(folder or '/', display)}"


def _lacking(libraries: Mapping[str, str]) -> str:
    """Return the missing libraries and how to install them, ``""`` if there are none."""
    missing = [name for name in libraries if not _loads(name)]
    if not missing:
        return ""
    packages = _once(libraries[name] for name in missing)
    return (
        f"this system lacks {', '.join(missing)} "
        f"(on Debian and Ubuntu: sudo apt-get install {' '.join(packages)})"
    )


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _loads(library: str) -> bool:
    import ctypes  # imported only if something is missing

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
