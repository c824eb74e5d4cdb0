"""The findings survive a restart; a damaged file of them counts as missing."""

import stat
from pathlib import Path

import pytest

from reader.damage import Damage, Kind, KnownDamage
from reader.library.repair import findings
from reader.library.repair.findings import Record

_DAMAGE = Damage(Kind.ENTRY, 0, "", "", "article_tag", (1, 2), ("tag",))
_RECORD = Record(
    "2026-01-02T03:04:05Z", (KnownDamage(_DAMAGE, "2026-01-02T03:04:05Z", ""),),
    "2026-01-03T03:04:05Z", ("rows", "article", 7), (_DAMAGE,),
)  # fmt: skip


def test_a_record_is_read_as_it_was_written_and_by_its_owner_alone(tmp_path: Path) -> None:
    file = findings.file_of(tmp_path / "library.db")
    findings.write(file, _RECORD)
    assert findings.read(file) == _RECORD
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": 2}', '{"format": 1}', '{"format": 1, "found": 3}',
             "\0" * 9, "[" * 9999],
)  # fmt: skip
def test_a_damaged_file_counts_as_missing(tmp_path: Path, text: str) -> None:
    file = findings.file_of(tmp_path / "library.db")
    file.write_text(text)
    assert findings.read(file) == Record()
    assert findings.read(tmp_path / "missing") == Record()


def test_a_folder_that_cannot_be_written_to_is_no_trouble(tmp_path: Path) -> None:
    findings.write(tmp_path / "missing" / "library.db-findings.json", _RECORD)
    assert [*tmp_path.iterdir()] == []


def test_known_damage_keeps_the_time_it_was_first_seen_and_the_gravest_comes_first() -> None:
    other = Damage(Kind.TABLE, detail="article")
    ended = _RECORD.ended([_DAMAGE, other])
    assert ended.findings == (
        KnownDamage(other, _RECORD.begun_at, _RECORD.checked_at),
        KnownDamage(_DAMAGE, "2026-01-02T03:04:05Z", ""),
    )
    assert (ended.checked_at, ended.place) == (_RECORD.begun_at, ())
