"""Options that install a menu entry, and completion for shells."""

import argparse

_SHELLS = ("bash", "zsh", "fish")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to those before a command."""
    options = parser.add_argument_group("installation")
    options.add_argument(
        "--install-desktop", dest="install", action="store_const", const="install",
        help="add Reader to your menu and offer it for the files it opens",
    )  # fmt: skip
    options.add_argument(
        "--remove-desktop", dest="install", action="store_const", const="remove",
        help="remove Reader from your menu",
    )  # fmt: skip
    options.add_argument(
        "--completion", choices=_SHELLS, help="print the completion of commands for a shell"
    )


def asked(options: argparse.Namespace) -> bool:
    """Return whether one of the options was given."""
    return bool(options.install or options.completion)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Carry out the options and print the result."""
    if options.completion:
        from reader.commands import completion

        print(completion.script(options.completion, parser), end="")
        return 0
    from reader import desktop

    print(desktop.install() if options.install == "install" else desktop.remove())
    return 0
