"""The copies as the settings want them: their size limit and their second place."""

from typing import TYPE_CHECKING

from reader.library.library import Library
from reader.settings import Settings

if TYPE_CHECKING:
    from reader.library.backup.backups import Backups


def of(library: Library, settings: Settings) -> "Backups":
    """Return the copies of a library, with the limit and the second place of the settings.

    A second place that cannot be one, such as a folder within the library, is left out.
    """
    backups = library.backups
    backups.use(settings.backup_limit, settings.backup_place)
    return backups
