"""The table of all formats."""

from reader.importing.formats.any_csv import ANY_CSV
from reader.importing.formats.bookmarks import BOOKMARKS
from reader.importing.formats.browser_json import BROWSER_JSON
from reader.importing.formats.format import Format
from reader.importing.formats.goodlinks import GOODLINKS
from reader.importing.formats.instapaper import INSTAPAPER
from reader.importing.formats.karakeep import KARAKEEP
from reader.importing.formats.linkwarden import LINKWARDEN
from reader.importing.formats.mymind import MYMIND
from reader.importing.formats.omnivore_csv import OMNIVORE_CSV
from reader.importing.formats.opml import OPML
from reader.importing.formats.pinboard import PINBOARD
from reader.importing.formats.pocket import POCKET, POCKET_PAGE
from reader.importing.formats.raindrop import RAINDROP
from reader.importing.formats.readwise import READWISE
from reader.importing.formats.url_list import URL_LIST

FORMATS: tuple[Format, ...] = (
    POCKET,
    INSTAPAPER,
    BOOKMARKS,
    READWISE,
    RAINDROP,
    POCKET_PAGE,
    KARAKEEP,
    OPML,
    GOODLINKS,
    LINKWARDEN,
    PINBOARD,
    MYMIND,
    OMNIVORE_CSV,
    BROWSER_JSON,
    ANY_CSV,
    URL_LIST,
)
"""All formats; of those that fit as well, the first counts."""
