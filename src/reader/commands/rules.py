"""``reader rules``: the user's rules for the pages of sites."""

import argparse

from reader.commands.arguments import add_json
from reader.commands.terminal import print_json, safe

add_options = add_json


def run(options: argparse.Namespace) -> int:
    """Print the rules and the file they are in; return 1 if one of them is wrong."""
    from reader.ingest.rules import FILE, read

    file = options.library / FILE
    rules = read(options.library)
    if options.json:
        print_json({"file": str(file), "rules": [rule._asdict() for rule in rules]})
    elif not rules:
        print(f"There are no rules yet. You can write them by hand in {file}.")
    else:
        print(safe(f"{file}:"))
        for rule in rules:
            line = f"{rule.line:>4}  {rule.site}  {rule.verb}  {rule.selector}".rstrip()
            print(safe(f"{line}\n      {rule.trouble}" if rule.trouble else line))
    return int(any(rule.trouble for rule in rules))
