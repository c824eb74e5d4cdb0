"""Completion of commands and options in shells, made from the parser of the command line."""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

_FILES = ("PATH", "FILE", "DIR", "PAGE")


class Option(NamedTuple):
    """An option: its names, its help, its value (a word in capitals) and the possible values."""

    names: tuple[str, ...]
    help: str
    takes: str
    choices: tuple[str, ...]


class Command(NamedTuple):
    """A command with its help, options and arguments.

    The program itself is the command without a name.
    """

    name: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[str, ...]


def commands(parser: argparse.ArgumentParser) -> tuple[Command, ...]:
    """Return the program and each of its commands."""
    all_commands = [_command("", str(parser.description), parser)]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            all_commands += [
                _command(name, helps[name], each) for name, each in action.choices.items()
            ]
    return tuple(all_commands)


def _command(name: str, text: str, parser: argparse.ArgumentParser) -> Command:
    options, arguments = [], []
    for action in parser._actions:
        if action.option_strings:
            options.append(_option(action))
        elif not isinstance(action, argparse._SubParsersAction):
            more = " ..." if action.nargs in ("+", "*") else ""
            arguments.append(str(action.metavar or action.dest.upper()) + more)
    return Command(name, text, tuple(options), tuple(arguments))


def _option(action: argparse.Action) -> Option:
    takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    choices = tuple(map(str, action.choices or ()))
    return Option(tuple(action.option_strings), action.help or "", takes, choices)


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return the completion for bash, zsh or fish."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands(parser))
    return "\n".join(lines) + "\n"


def _names(options: tuple[Option, ...]) -> list[str]:
    return [name for option in options for name in option.names]


def _bash(all_commands: tuple[Command, ...]) -> Iterator[str]:
    valued = [name for each in all_commands[0].options if each.takes for name in each.names]
    yield "# bash completion for reader, printed by: reader --completion bash"
    yield "_reader() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}"
    yield '    local command="" words="" i'
    yield "    for ((i = 1; i < COMP_CWORD; i++)); do"
    yield "        case ${COMP_WORDS[i]} in"
    yield f"            {'|'.join(valued)}) ((i++)) ;;"
    yield "            -*) ;;"
    yield "            *) command=${COMP_WORDS[i]}; break ;;"
    yield "        esac"
    yield "    done"
    yield '    case "$command $before" in'
    for command in all_commands:
        for option in command.options:
            if option.takes:
                where = "|".join(f"'{command.name} {name}'" for name in option.names)
                values = " ".join(option.choices)
                reply = f"COMPREPLY=($(compgen -W '{values}' -- \"$word\")); " if values else ""
                yield f"        {where}) {reply}return ;;"
    yield "    esac"
    yield "    case $command in"
    for command in all_commands:
        words = [other.name for other in all_commands[1:]] if not command.name else []
        yield f"        '{command.name}') words='{' '.join([*words, *_names(command.options)])}' ;;"
    yield "    esac"
    yield '    [[ -n $command && $word != -* ]] && return  # files, by "-o default"'
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word"))'
    yield "}"
    yield "complete -o default -F _reader reader"


def _zsh(all_commands: tuple[Command, ...]) -> Iterator[str]:
    yield "#compdef reader"
    yield "# zsh completion for reader, printed by: reader --completion zsh"
    yield "_reader() {"
    yield "    local curcontext=$curcontext state line"
    yield "    typeset -A opt_args"
    yield "    _arguments -C \\"
    yield from (f"        {option} \\" for option in _zsh_options(all_commands[0]))
    yield "        '1: :->command' '*:: :->arguments'"
    yield "    case $state in"
    yield "    command)"
    yield "        local -a commands=("
    for command in all_commands[1:]:
        text = command.help.replace("\\", r"\\").replace(":", r"\:")
        yield f"            {_single(f'{command.name}:{text}')}"
    yield "        )"
    yield "        _describe command commands"
    yield "        _files ;;"
    yield "    arguments)"
    yield "        case $words[1] in"
    for command in all_commands[1:]:
        options = " ".join([*_zsh_options(command), *_zsh_arguments(command)])
        yield f"        {command.name}) _arguments {options} ;;"
    yield "        esac ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _reader ]]; then _reader "$@"; else compdef _reader reader; fi'


def _zsh_options(command: Command) -> Iterator[str]:
    for option in command.options:
        text = option.help
        for letter in "\\[]:":
            text = text.replace(letter, "\\" + letter)
        for name in option.names:
            yield _single(f"{name}[{text}]{_zsh_value(option)}")


def _zsh_value(option: Option) -> str:
    if not option.takes:
        return ""
    what = option.takes.replace(":", r"\:")
    if option.choices:
        return f":{what}:({' '.join(option.choices)})"
    return f":{what}:{'_files' if _is_file(option.takes) else ' '}"


def _zsh_arguments(command: Command) -> Iterator[str]:
    if any(map(_is_file, command.arguments)):
        yield "'*:file:_files'"


def _fish(all_commands: tuple[Command, ...]) -> Iterator[str]:
    yield "# fish completion for reader, printed by: reader --completion fish"
    for command in all_commands:
        known = f"__fish_seen_subcommand_from {command.name}"
        begin = f"complete -c reader -n '{known if command.name else '__fish_use_subcommand'}'"
        if command.name:
            text = _fish_text(command.help)
            yield f"complete -c reader -n __fish_use_subcommand -a {command.name} -d {text}"
        for option in command.options:
            names = " ".join(
                f"-{'l' if n[:2] == '--' else 's'} {n.lstrip('-')}" for n in option.names
            )
            yield f"{begin} {names}{_fish_value(option)} -d {_fish_text(option.help)}"


def _fish_value(option: Option) -> str:
    if option.choices:
        return f" -x -a '{' '.join(option.choices)}'"
    if option.takes:
        return " -r -F" if _is_file(option.takes) else " -x"
    return ""


def _fish_text(text: str) -> str:
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"


def _single(text: str) -> str:
    return "'" + text.replace("'", r"'\''") + "'"


def _is_file(takes: str) -> bool:
    return any(word in takes for word in _FILES)
