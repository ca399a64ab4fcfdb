"""The text of a configuration: reading YAML strictly, and one sentence for what is wrong in it."""

import difflib
import types
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from core.errors import UserError

LONGEST_VALUE = 60
"""Characters of a wrong value that are repeated."""

ALLOWED = {
    "greater_than": "it must be above {gt}",
    "greater_than_equal": "it must be at least {ge}",
    "less_than": "it must be below {lt}",
    "less_than_equal": "it must be at most {le}",
    "literal_error": "it must be {expected}",
    "int_from_float": "it must be a whole number",
    "int_parsing": "it must be a whole number",
    "int_type": "it must be a whole number",
    "float_parsing": "it must be a number",
    "float_type": "it must be a number",
    "finite_number": "it must be a finite number",
    "bool_parsing": "it must be true or false",
    "bool_type": "it must be true or false",
    "string_type": "it must be text; put it in quotation marks",
    "path_type": "it must be the path of a file or folder",
    "list_type": "it must be a list, such as [256, 128]",
    "dict_type": "it must be a section of keys and values",
}
"""What to say for each type of error that pydantic finds; its own sentences name our classes."""


class StrictLoader(yaml.SafeLoader):
    """YAML lets the last of two equal keys win without a word; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - as PyYAML has it
        seen = set[str]()
        for key, _ in node.value:
            # Two "<<" take in two other sections, and what both have is meant to be given twice.
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                continue
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} is given twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """The keys and values of a file; raises UserError with a sentence when there are none to be had."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"The configuration {path} cannot be read: {error.strerror}."
        raise UserError(message) from error
    except UnicodeDecodeError as error:
        raise UserError(f"The configuration {path} is not text in UTF-8.") from error
    return parse_yaml(text, source=f"The configuration {path}")


def parse_yaml(text: str, *, source: str) -> dict[str, Any]:
    """The same of a text, which the sentence calls ``source``."""
    try:
        values = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise UserError(f"{source} is not valid YAML{_place_of(error)}.") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        kind = "a list" if isinstance(values, list) else "a single value"
        raise UserError(f"{source} must consist of keys and values, but it is {kind}.")
    return values


def line_of(text: str, problems: list[ErrorDetails]) -> int:
    """The line, from 1, of the value that ``sentence_for`` speaks of; 0 where it has none."""
    location = first_of(problems)["loc"]
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), 0
    for part in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == str(part)), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def first_of(problems: list[ErrorDetails]) -> ErrorDetails:
    """The problem to speak of: what seems to be missing is often there under a name that is not known."""
    return min(problems, key=lambda each: each["type"] == "missing")


def sentence_for(problems: list[ErrorDetails], *, schema: type[BaseModel]) -> str:
    """One sentence for the first of several problems: it names the key, the value and what is allowed."""
    problem = first_of(problems)
    location, context = problem["loc"], problem.get("ctx", {})
    if "sentence" in context:
        return str(context["sentence"])
    if problem["type"] == "invalid_key" or location[-1] == "[key]":
        section = _name(location[:-2])
        return f"the key {problem['input']!r}{f' of {section}' if section else ''} must be text in quotation marks."
    if problem["type"] == "extra_forbidden":
        return _unknown_key(location, schema)
    if problem["type"] == "missing":
        return f"{_name(location)} is missing."
    return f"{_name(location)} {_value(problem['input'])}, but {_allowed(problem, schema)}."


def _allowed(problem: ErrorDetails, schema: type[BaseModel]) -> str:
    if problem["type"] in ("model_type", "model_attributes_type"):
        return f"it must be a section with keys such as {', '.join(_keys(problem['loc'], schema)[:3])}"
    return ALLOWED.get(problem["type"], problem["msg"]).format(**problem.get("ctx", {}))


def _place_of(error: yaml.YAMLError) -> str:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    place = f" near line {mark.line + 1}" if mark else ""
    return f"{place}: {problem}" if problem else place


def _name(location: tuple[int | str, ...]) -> str:
    """The key as it is written, and the place in its list."""
    key = ".".join(str(part) for part in location if isinstance(part, str))
    places = [part for part in location if isinstance(part, int)]
    return f"entry {places[-1] + 1} of {key}" if places else key


def _value(value: object) -> str:
    if value is None:
        return "is empty"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return f"is {text if len(text) <= LONGEST_VALUE else f'{text[:LONGEST_VALUE]}…'}"


def _unknown_key(location: tuple[int | str, ...], schema: type[BaseModel]) -> str:
    known = _keys(location[:-1], schema)
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"allowed are {', '.join(known)}."
    return f"{_name(location)} is not a known key; {hint}"


def _keys(location: tuple[int | str, ...], schema: type[BaseModel]) -> list[str]:
    """The keys of a section."""
    section: Any = schema
    for part in location:
        fields = getattr(section, "model_fields", None)
        # Below a section that is no model, as the search space, names are the owner's and the values alike.
        section = _without_none(fields[str(part)].annotation) if fields else get_args(section)[-1]
    return sorted(getattr(section, "model_fields", {}))


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation
