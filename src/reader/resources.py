"""The one door to ``resources/``, in a wheel and in a checkout alike."""

from importlib.resources import files
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a bundled file or folder, such as ``resource("themes", "dark.toml")``."""
    packed = Path(str(files("reader"))).joinpath("_resources", *parts)
    if packed.exists():
        return packed
    return Path(__file__).resolve().parents[2].joinpath("resources", *parts)
