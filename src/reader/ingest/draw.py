"""Decode foreign pictures in a separate process, which can be killed without harm.

Rendering SVG and decoding HEIF are the work of large libraries on untrusted bytes: they may never
end, take all memory, or crash. This file is both sides: ``render`` starts the process, and the file
run as a program (by itself, without the rest of Reader) decodes its standard input.
"""

import importlib
import io
import subprocess
import sys
from pathlib import Path

SECONDS = 8.0
_MOST_MEMORY = 1_000_000_000
_MOST_PIXELS = 40_000_000
_QUALITY = 90
_HEIF = ("pillow_heif", "pi_heif")
"""The packages that can read HEIF, if installed; the first keeps more detail."""


def render(kind: str, data: bytes, fonts: Path, *, seconds: float = SECONDS) -> bytes:
    """Return a picture ("svg" or "heif") as PNG or JPEG, ``b""`` if that is impossible."""
    command = [sys.executable, "-I", str(Path(__file__)), kind, str(fonts)]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=seconds, check=False,
            creationflags=hidden,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


# ---- in the other process


def _svg(data: bytes, fonts: str) -> bytes:
    from resvg_py import svg_to_bytes

    text = data.decode()
    return svg_to_bytes(
        svg_string=text, font_dirs=[fonts], skip_system_fonts="<text" not in text,
        font_family="Inter", sans_serif_family="Inter", serif_family="Literata",
        monospace_family="JetBrains Mono",
    )  # fmt: skip


def _heif(data: bytes, _: str) -> bytes:
    from PIL import Image

    for name in _HEIF:
        try:
            importlib.import_module(name).register_heif_opener(thumbnails=False)
        except ImportError:
            continue
        break
    image = Image.open(io.BytesIO(data), formats=("HEIF",))
    if image.width * image.height > _MOST_PIXELS:
        raise ValueError("too many pixels")
    out = io.BytesIO()
    if image.has_transparency_data:
        image.save(out, "PNG")
    else:
        profile = image.info.get("icc_profile")
        image.convert("RGB").save(out, "JPEG", quality=_QUALITY, icc_profile=profile)
    return out.getvalue()


def _bound() -> None:
    """Limit the resources of this process if the system supports it."""
    try:
        import resource
    except ImportError:
        return
    seconds = int(SECONDS) + 1
    for limit, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


def _main() -> None:
    _bound()
    picture = {"svg": _svg, "heif": _heif}[sys.argv[1]](sys.stdin.buffer.read(), sys.argv[2])
    sys.stdout.buffer.write(picture)


if __name__ == "__main__":
    _main()
