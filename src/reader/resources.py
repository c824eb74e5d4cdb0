"""The bundled files in ``resources/``, both in a wheel and in a checkout."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a bundled file or folder, such as ``resource("themes", "dark.toml")``."""
    packed = _HERE.joinpath("_resources", *parts)
    return packed if packed.exists() else _HERE.parents[1].joinpath("resources", *parts)
