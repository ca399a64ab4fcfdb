"""The configuration file as its owner wrote it: keys are changed in place, comments stay, nothing is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from core.config import SAME_THING, Config, parse_config
from core.config_text import line_of, parse_yaml, sentence_for
from core.errors import UserError
from core.whole_file import written_whole

BACKUP = ".bak"
INDENT = "  "
TWINS = {f"music.{here}": f"hyperparameters.{there}" for here, there in SAME_THING.items()}
"""Keys that name the same thing; each twin of the other."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a text, and in which line (from 1; 0 where no line can be named)."""

    sentence: str
    line: int = 0


def read_text(path: Path) -> str:
    """The text of the file; empty where there is none. Raises UserError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise UserError(f"The configuration {path} is not text in UTF-8.") from error
    except OSError as error:
        raise UserError(f"The configuration {path} cannot be read: {error.strerror}.") from error


def mistake_in(text: str) -> Mistake | None:
    """The first thing that is wrong with a configuration; None for one that can be used."""
    try:
        values = parse_yaml(text, source="This")
    except UserError as error:
        line = _line_of_yaml(error)
        return Mistake(str(error).replace(f" near line {line}", ""), line)  # the line is said by who shows it
    try:
        Config.model_validate(values)
    except ValidationError as error:
        problems = error.errors()
        return Mistake(sentence_for(problems, schema=Config), line_of(text, problems))
    return None


def config_of(text: str, *, source: str) -> Config:
    """The configuration that a text says; raises UserError with a sentence."""
    return parse_config(parse_yaml(text, source=f"The configuration {source}"), source=source)


def values_of(section: BaseModel, *, before: str = "") -> dict[str, Any]:
    """Every key of a configuration with its value, by dotted names; a section of the owner's own names is one value."""
    found: dict[str, Any] = {}
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, BaseModel) and name != "search_space":
            found |= values_of(value, before=f"{before}{name}.")
        else:
            found[f"{before}{name}"] = plain(value)
    return found


def plain(value: object) -> Any:  # noqa: ANN401 - what YAML can hold
    """A value as YAML holds it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else value


DEFAULTS = values_of(Config())


def edited(text: str, changes: Mapping[str, Any]) -> str:
    """A configuration in which keys, by dotted names, have other values; a default is left out.

    Lines that say other things stay as they are, comments too. Raises UserError for a text that is no YAML.
    """
    wanted = _with_twins(text, changes)
    for key, value in wanted.items():
        made = _edited_one(text, key, value)
        # A text of an unusual form, with references perhaps, may have become another one: then it is written anew.
        text = made if _says(made, key, value) and _others_stay(text, made, key) else _rewritten(text, key, value)
    return text


def save_config(path: Path, changes: Mapping[str, Any]) -> Config:
    """Change keys of a file, by dotted names; only what differs from the defaults is written. The new configuration.

    Raises UserError, and leaves the file as it is, where it is no YAML, where a value is not allowed, and where it
    cannot be written.
    """
    return save_config_text(path, edited(read_text(path), changes))


def save_config_text(path: Path, text: str) -> Config:
    """Write a text as the configuration, after a look at it; the file of before is kept beside it as ``.bak``."""
    config = config_of(text, source=str(path)).read_in(path.absolute().parent)
    if read_text(path) == text:
        return config
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        place = path.resolve()  # a link stays one
        if place.is_file():
            with written_whole(place.with_name(place.name + BACKUP)) as copy:
                copy.write(place.read_bytes())
        with written_whole(place) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise UserError(f"The configuration {path} cannot be written: {error.strerror}.") from error
    return config


def set_aside(path: Path) -> Path:
    """Begin a configuration anew; the file of before is kept beside it under another name, which is returned.

    Raises UserError where the folder cannot be written.
    """
    now = datetime.now().astimezone()
    kept = path.with_name(f"{path.name}.damaged-{now:%Y-%m-%d}")
    if kept.exists():
        kept = kept.with_name(f"{path.name}.damaged-{now:%Y-%m-%d-%H%M%S-%f}")
    try:
        path.rename(kept)
        path.touch()  # so that a file that was named on the command line is there
    except OSError as error:
        raise UserError(f"The configuration {path} cannot be moved aside: {error.strerror}.") from error
    return kept


def _with_twins(text: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Of two keys that name the same thing, the one that the file has is changed, or both of them."""
    said = set(_said(parse_yaml(text, source="The configuration")))
    found: dict[str, Any] = {}
    for key, value in changes.items():
        names = {key, TWINS.get(key, key), *(here for here, there in TWINS.items() if there == key)}
        found |= dict.fromkeys((names & said) or {key}, value)
    return found


def _said(values: Mapping[str, Any], *, before: str = "") -> Iterator[str]:
    for name, value in values.items():
        yield f"{before}{name}"
        if isinstance(value, dict):
            yield from _said(value, before=f"{before}{name}.")


def _edited_one(text: str, key: str, value: object) -> str:
    parts = key.split(".")
    found = _find(text, parts)
    is_default = value == DEFAULTS[key]
    if found is not None:
        start, end = found[0].start_mark, found[1].end_mark
        if is_default:
            return _without_lines(text, start.line, end.line, at_start=end.column == 0)
        return text[: start.index] + f"{parts[-1]}: {_dumped(value)}" + _line_end(text, end) + text[end.index :]
    return text if is_default else _inserted(text, parts, value)


def _line_end(text: str, end: yaml.Mark) -> str:
    """What was cut off with a value in several lines, which ends where the next key begins."""
    return "\n" + " " * end.column if text[: end.index].rpartition("\n")[2].strip() == "" else ""


def _inserted(text: str, parts: list[str], value: object) -> str:
    """The key as the last one of its section, which is made where there is none."""
    for depth in range(len(parts) - 1, 0, -1):
        section = _find(text, parts[:depth])
        if section is None:
            continue
        name, content = section
        first = content.value[0][0] if isinstance(content, yaml.MappingNode) and content.value else None
        indent = " " * first.start_mark.column if first is not None else " " * name.start_mark.column + INDENT
        last = name.start_mark.line if first is None else _last_line(content)
        return _after_line(text, last, _lines(parts[depth:], value, indent=indent))
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    return ended + _lines(parts, value, indent="")


def _last_line(node: yaml.Node) -> int:
    """The last line of a value, before the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: yaml.Mark = node.end_mark
    return int(end.line) - (end.column == 0 and end.line > node.start_mark.line)


def _lines(parts: list[str], value: object, *, indent: str) -> str:
    sections = [f"{indent}{INDENT * depth}{name}:" for depth, name in enumerate(parts[:-1])]
    last = f"{indent}{INDENT * (len(parts) - 1)}{parts[-1]}: {_dumped(value)}"
    return "\n".join([*sections, last]) + "\n"


def _after_line(text: str, number: int, added: str) -> str:
    lines = text.splitlines(keepends=True)
    if not lines[number].endswith("\n"):
        lines[number] += "\n"
    return "".join([*lines[: number + 1], added, *lines[number + 1 :]])


def _without_lines(text: str, first: int, last: int, *, at_start: bool) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:first], *lines[last if at_start and last > first else last + 1 :]])


def _dumped(value: object) -> str:
    """A value on one line."""
    written: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...")


def _find(text: str, parts: list[str]) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value of a dotted name."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    found: tuple[yaml.Node, yaml.Node] | None = None
    for part in parts:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == part), None)
        if found is None:
            return None
        node = found[1]
    return found


def _says(text: str, key: str, value: object) -> bool:
    try:
        return _value(parse_yaml(text, source="it"), key) == value
    except UserError:
        return False


def _others_stay(before: str, after: str, key: str) -> bool:
    then, now = (parse_yaml(text, source="it") for text in (before, after))
    return _changed(then, key, None) == _changed(now, key, None)


def _rewritten(text: str, key: str, value: object) -> str:
    """The same values without the comments, which the copy beside the file keeps."""
    kept = None if value == DEFAULTS[key] else value
    values = _changed(parse_yaml(text, source="The configuration"), key, kept)
    written: str = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
    return written


def _changed(values: Mapping[str, Any], key: str, value: object) -> dict[str, Any]:
    """With another value, or without it where it is None; sections of which nothing is left are gone."""
    name, _, rest = key.partition(".")
    found = {each: other for each, other in values.items() if other is not None}
    inner = _changed(found.get(name) or {}, rest, value) if rest else value
    if inner in (None, {}) and (rest or inner is None):
        found.pop(name, None)
        return found
    return found | {name: inner}


def _value(values: Mapping[str, Any], key: str) -> object:
    found: Any = values
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            return DEFAULTS[key]
        found = found[part]
    return found


def _line_of_yaml(error: UserError) -> int:
    mark = getattr(error.__cause__, "problem_mark", None)
    return mark.line + 1 if mark else 0
