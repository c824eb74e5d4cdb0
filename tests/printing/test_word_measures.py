"""The width of a line is the sum of its words and spaces."""

import pytest
from PySide6.QtGui import QTextCharFormat
from tests.document.lines import lines_between  # noqa: F401

from reader.body.blocks import Paragraph, Style, Text
from reader.document.build import Document
from reader.document.images import Pictures
from reader.printing.sheets import look_of
from reader.printing.total_fit import Kind
from reader.printing.typeset import DPI
from reader.printing.word_measures import NEVER, Face
from reader.sheet import Sheet
