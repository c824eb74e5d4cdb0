"""Pictures, decoded in the background to the size they are shown in, with bounded memory."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QObject, QRect, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader

Find = Callable[[str], Path | None]
Key = tuple[str, int, int]

DARK_INK = "dark ink"
"""The key of pictures with dark lines on transparency, which need a light background."""

_CACHE_BYTES = 96 * 1024 * 1024
_ALLOCATION_MB = 160  # for all the pixels that one picture may have
_MAX_PIXELS = 40_000_000
_SAMPLE = 24
_DARK = 0.35


class Part(NamedTuple):
    """A picture, or an ``area`` of it in its own pixels, of at most so many pixels."""

    name: str
    most: int
    area: QRect | None = None


class Loaded(NamedTuple):
    """The pixels of a part, and the size of the whole picture; null and empty if unreadable."""

    image: QImage
    size: QSize


class Pictures(QObject):
    """Provides pictures; those that are not decoded yet arrive later.

    ``find`` returns the file of a name, None if it is missing.
    """

    arrived = Signal()
    _decoded = Signal(object, QImage)
    _loaded = Signal(object)

    def __init__(self, find: Find, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self._cache: OrderedDict[Key, QImage] = OrderedDict()
        self._bytes = 0
        self._pending: set[Key] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._decoded.connect(self._keep)
        self._loaded.connect(_call)
        QImageReader.setAllocationLimit(_ALLOCATION_MB)
        _make_types_of_qt()

    @property
    def idle(self) -> bool:
        """Return whether nothing is being decoded."""
        return not self._pending

    def image(self, name: str, width: int, height: int) -> QImage | None:
        """Return a picture of at least this size in device pixels, or its own if that is smaller.

        Returns None while it is being decoded, and a null image if there is none. Until then, the
        same picture in another size is returned if there is one.
        """
        key = (name, width, height)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        if key not in self._pending:
            self._pending.add(key)
            self._pool.start(_Decoding(self, key))
        return next((each for other, each in self._cache.items() if other[0] == name), None)

    def now(self, name: str, width: int, height: int) -> QImage:
        """Return a picture without delay, for paper; a null image if there is none."""
        key = (name, width, height)
        if key not in self._cache:
            self._store(key, self.decode(key))
        self._cache.move_to_end(key)
        return self._cache[key]

    def decode(self, key: Key) -> QImage:
        """Read and scale a picture; safe to call in any thread."""
        name, width, height = key
        file = self._find(name)
        if file is None:
            return QImage()
        return _read(QImageReader(str(file)), width, height)

    def load(self, part: Part, then: Callable[[Loaded], None]) -> None:
        """Read a part in the background, once; ``then`` gets it on the main thread."""
        self._pool.start(_Loading(self, part, then))

    def read(self, part: Part) -> Loaded:
        """Read a part; safe to call in any thread."""
        file = self._find(part.name)
        return Loaded(QImage(), QSize()) if file is None else _part(QImageReader(str(file)), part)

    def close(self) -> None:
        """Cancel and finish all background work."""
        self._pool.clear()
        self._pool.waitForDone()

    def _keep(self, key: Key, image: QImage) -> None:
        self._pending.discard(key)
        self._store(key, image)
        self.arrived.emit()

    def _store(self, key: Key, image: QImage) -> None:
        self._bytes -= self._cache[key].sizeInBytes() if key in self._cache else 0
        self._cache[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _CACHE_BYTES and len(self._cache) > 1:
            _, old = self._cache.popitem(last=False)
            self._bytes -= old.sizeInBytes()


def _call(call: Callable[[], None]) -> None:
    call()


def _bounded(reader: QImageReader) -> QSize:
    """Return the size of the stored pixels; empty if there are too many, or it is damaged."""
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    jpeg = bytes(reader.format().data()) == b"jpeg"
    if not size.isValid() or (size.width() * size.height() > _MAX_PIXELS and not jpeg):
        return QSize()
    return size


def _is_turned(reader: QImageReader) -> bool:
    return bool(reader.transformation().value & 4)


def _part(reader: QImageReader, part: Part) -> Loaded:
    """Read a part; an area of a picture that is stored turned or mirrored is not read."""
    size = _bounded(reader)
    if size.isEmpty() or (part.area is not None and reader.transformation().value):
        return Loaded(QImage(), QSize())
    taken = size if part.area is None else part.area.size()
    if part.area is not None:
        reader.setClipRect(part.area)
    pixels = taken.width() * taken.height()
    if pixels > part.most:
        shrunk = taken * (part.most / pixels) ** 0.5
        reader.setScaledSize(shrunk.boundedTo(taken).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.hasAlphaChannel() and _is_dark_ink(image):
        image.setText(DARK_INK, "yes")
    return Loaded(image, size.transposed() if _is_turned(reader) else size)


def _read(reader: QImageReader, width: int, height: int) -> QImage:
    size = _bounded(reader)
    if size.isEmpty():
        return QImage()
    turned = _is_turned(reader)
    wanted = QSize(height, width) if turned else QSize(width, height)
    scaled = size.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if scaled.width() < size.width():
        reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.hasAlphaChannel() and _is_dark_ink(image):
        image.setText(DARK_INK, "yes")
    return image


@cache
def _make_types_of_qt() -> None:
    """Read a small picture once, while there is only one thread.

    PySide creates the Python type of a Qt class at its first use, and crashes if two threads do
    that at the same time.
    """
    picture = QBuffer()
    picture.open(QBuffer.OpenModeFlag.ReadWrite)
    QImage(2, 2, QImage.Format.Format_ARGB32).save(picture, "PNG")  # type: ignore[call-overload]
    picture.seek(0)
    _read(QImageReader(picture), 1, 1)


def _is_dark_ink(image: QImage) -> bool:
    """Return whether much of a picture is transparent and most of the rest is dark."""
    small = image.scaled(_SAMPLE, _SAMPLE).convertToFormat(QImage.Format.Format_ARGB32)
    pixels = [small.pixelColor(x, y) for x in range(_SAMPLE) for y in range(_SAMPLE)]
    ink = sum(pixel.alphaF() for pixel in pixels)
    light = sum(pixel.alphaF() * pixel.lightnessF() for pixel in pixels)
    return 0 < ink < 0.9 * len(pixels) and light < _DARK * ink


class _Decoding(QRunnable):
    def __init__(self, pictures: Pictures, key: Key) -> None:
        super().__init__()
        self._pictures = pictures
        self._key = key

    def run(self) -> None:
        image = self._pictures.decode(self._key)
        self._pictures._decoded.emit(self._key, image)


class _Loading(QRunnable):
    def __init__(self, pictures: Pictures, part: Part, then: Callable[[Loaded], None]) -> None:
        super().__init__()
        self._pictures, self._part, self._then = pictures, part, then

    def run(self) -> None:
        loaded, then = self._pictures.read(self._part), self._then
        self._pictures._loaded.emit(lambda: then(loaded))
