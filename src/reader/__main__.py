"""Run the program with ``python -m reader``."""

import signal
import sys

if __name__ == "__main__":
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until main can end without a traceback

    from reader.cli import main

    sys.exit(main())
