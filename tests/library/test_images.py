"""Pictures are files named by the hash of their bytes."""

from pathlib import Path

import pytest

from reader.damage import Damage, Kind
from reader.library.library import Library
from reader.model import Clipping


@pytest.mark.parametrize("damage", [b"", b"pictvre", b"longer than it was"])
def test_a_damaged_picture_is_found_and_adding_it_again_heals_it(
    library: Library, damage: bytes
) -> None:
    name = library.keep_picture(b"picture", "png")
    id = library.add(Clipping("https://example.org/", "A", html="<p>x</p>", pictures=(name,))).id
    file = library.folder / "images" / name
    file.write_bytes(damage)
    assert library.check() == (Damage(Kind.PICTURE_CHANGED, id, "A", name),)
    assert library.keep_picture(b"picture", "png") == name
    assert file.read_bytes() == b"picture"
    assert library.check() == ()


def test_a_whole_picture_is_not_written_again(library: Library, tmp_path: Path) -> None:
    name = library.keep_picture(b"picture", "png")
    before = (library.folder / "images" / name).stat().st_ino
    library.keep_picture(b"picture", "png")
    assert (library.folder / "images" / name).stat().st_ino == before
