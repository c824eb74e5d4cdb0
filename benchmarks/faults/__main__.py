"""Play recipes: ``python -m benchmarks.faults FILE.jsonl [WORD...]``, those that have the words."""

import json
import sys
import time
from pathlib import Path

from benchmarks.faults.runner import trouble


def main() -> int:
    """Print a line for each recipe, with its failures."""
    records = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    chosen = [each for each in records if all(word in each.values() for word in sys.argv[2:])]
    failed = 0
    for record in chosen:
        before = time.monotonic()
        said = trouble(record)
        failed += bool(said)
        told = " ".join(str(record.get(name, "")) for name in ("id", "kind", "case", "operation"))
        print(f"{told} ({time.monotonic() - before:.0f} s): {said or 'holds'}", flush=True)
    print(f"{len(chosen) - failed} of {len(chosen)} hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
