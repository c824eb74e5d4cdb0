"""``reader list``, compared with its unavoidable imports."""

import statistics

from benchmarks.figures import BUILD, Figure, in_turn, ratio
from benchmarks.make_library import make

_COMMAND = "import sys; from reader.cli import main; sys.exit(main())"


def measure(*, large: bool) -> list[Figure]:
    """Return the figures of the command line."""
    many = make(BUILD / "many", 100_000, with_text=True)
    reader, bare = in_turn(
        15,
        ("-c", _COMMAND, "--library", many, "list", "--limit", "20"),
        ("-c", "import apsw, argparse, json"),
    )
    return [
        Figure("reader list, CPU", statistics.median(reader), "s"),
        Figure("… as a multiple of importing apsw, argparse, json", ratio(reader, bare), "x", 1.6),
    ]
