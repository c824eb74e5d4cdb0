"""Errors whose text is a sentence that the user can act on.

ReaderError
├── IngestError        a file or page could not be brought in
├── LibraryError       the library could not be read or changed
│   ├── NotALibrary        the file is something else, or is damaged
│   ├── LibraryTooNew      a newer Reader wrote it
│   ├── LibraryReadOnly    it can be read but not changed
│   ├── LibraryLocked      another process is writing for too long
│   ├── NotCopied          nothing was deleted, because no copy could be made before
│   └── NoSuchArticle      no article has this id
├── PrintError         paper or PDF could not be made
├── ExportError        articles could not be written for other programs
├── SettingsError      a settings or theme file could not be read or written
│   └── SettingsDamaged    the file is there and can be read, but holds no settings
├── DesktopError       the menu entry could not be written or removed
└── NoDisplay          there is no screen to open a window on

The text of each is shown to the user unchanged: the event, the things that are safe, and the
remedy. Any other exception is a bug and is caught at the entry points only.
"""

from reader.reasons import FailureKind


class ReaderError(Exception):
    """Trouble that the user can act on; its text is the sentence to show."""


class IngestError(ReaderError):
    """A file or page could not be brought in.

    ``kind`` and ``status`` describe a failed download; ``pause`` is how long the server asks to
    wait, in seconds.
    """

    def __init__(
        self,
        text: str = "",
        kind: FailureKind = FailureKind.OTHER,
        status: int = 0,
        pause: int = 0,
    ) -> None:
        super().__init__(text)
        self.kind = kind
        self.status = status
        self.pause = pause


class LibraryError(ReaderError):
    """The library could not be read or changed."""


class NotALibrary(LibraryError):
    """The file is not a Reader library, or is damaged."""


class LibraryTooNew(LibraryError):
    """A newer Reader wrote this library; it is left untouched."""


class LibraryReadOnly(LibraryError):
    """The library may be read but not changed."""


class LibraryLocked(LibraryError):
    """Another process has been writing to the library for too long."""


class NotCopied(LibraryError):
    """Nothing was deleted for good, because no copy of the library could be made before."""


class NoSuchArticle(LibraryError):
    """No article has this id."""


class PrintError(ReaderError):
    """Paper or PDF could not be made."""


class ExportError(ReaderError):
    """Articles could not be written for other programs."""


class DeviceMissing(ExportError):
    """The e-reader to which articles are sent is not plugged in."""


class DictionaryError(ReaderError):
    """A dictionary could not be read."""


class SettingsError(ReaderError):
    """A settings or theme file could not be read or written."""


class SettingsDamaged(SettingsError):
    """The settings file can be read, but holds no settings."""


class DesktopError(ReaderError):
    """The menu entry could not be written or removed."""


class NoDisplay(ReaderError):
    """There is no screen to open a window on."""
