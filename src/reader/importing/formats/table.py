"""The table of all formats."""

from reader.importing.formats.any_csv import ANY_CSV
from reader.importing.formats.any_json import ANY_JSON
from reader.importing.formats.bookmarks import BOOKMARKS
from reader.importing.formats.browser_json import BROWSER_JSON
from reader.importing.formats.epub import EPUB
from reader.importing.formats.format import Format
from reader.importing.formats.goodlinks import GOODLINKS
from reader.importing.formats.instapaper import INSTAPAPER
from reader.importing.formats.karakeep import KARAKEEP
from reader.importing.formats.linkwarden import LINKWARDEN
from reader.importing.formats.markdown_folder import MARKDOWN
from reader.importing.formats.matter import MATTER
from reader.importing.formats.mymind import MYMIND
from reader.importing.formats.omnivore import OMNIVORE
from reader.importing.formats.omnivore_csv import OMNIVORE_CSV
from reader.importing.formats.opml import OPML
from reader.importing.formats.own_pages import OWN_PAGES
from reader.importing.formats.pinboard import PINBOARD
from reader.importing.formats.pocket import POCKET, POCKET_PAGE
from reader.importing.formats.raindrop import RAINDROP
from reader.importing.formats.readeck import READECK, READECK_FULL, READECK_MARKDOWN
from reader.importing.formats.reader_export import READER
from reader.importing.formats.readwise import READWISE
from reader.importing.formats.url_list import URL_LIST
from reader.importing.formats.wallabag import WALLABAG, WALLABAG_CSV, WALLABAG_V1

FORMATS: tuple[Format, ...] = (
    POCKET,
    OMNIVORE,
    INSTAPAPER,
    BOOKMARKS,
    WALLABAG,
    READWISE,
    RAINDROP,
    POCKET_PAGE,
    KARAKEEP,
    MATTER,
    READECK,
    READECK_MARKDOWN,
    READECK_FULL,
    OPML,
    GOODLINKS,
    LINKWARDEN,
    PINBOARD,
    MYMIND,
    OMNIVORE_CSV,
    WALLABAG_V1,
    WALLABAG_CSV,
    BROWSER_JSON,
    MARKDOWN,
    READER,
    OWN_PAGES,
    EPUB,
    ANY_CSV,
    ANY_JSON,
    URL_LIST,
)
"""All formats; of those that fit as well, the first counts."""
