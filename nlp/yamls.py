"""YAML files, read in one way: plain data, bounded, each key once, no references."""

from pathlib import Path
from typing import Any

import yaml

LONGEST = 4 << 20
"""Size of a file, bytes."""
DEEPEST = 40
"""How deep lists and mappings may lie in each other."""
Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(Base):  # type: ignore[misc]
    """Plain data only, and no key twice, of which the first would be lost silently."""


def load_yaml(path: Path) -> Any:
    """What a file holds; None for an empty one.

    Raises:
        OSError: it cannot be read, or is no file.
        UnicodeDecodeError: it is not UTF-8.
        yaml.YAMLError: it is not YAML, or more than plain data of sound size.
    """
    if not path.is_file():
        # a pipe or device would never end
        raise OSError(f"{path.name} is no file" if path.exists() else f"{path.name} is not there")
    with path.open("rb") as stream:
        return read_yaml(stream.read(LONGEST + 1).decode("utf-8"))


def read_yaml(text: str) -> Any:
    """What a text holds; None for an empty one.

    Raises:
        yaml.YAMLError: it is not YAML, or more than plain data of sound size.
    """
    if len(text) > LONGEST:
        raise yaml.YAMLError(f"is longer than {LONGEST >> 20} MB")
    try:
        check_shape(text)
        return yaml.load(text, Loader=Loader)
    except (ValueError, OverflowError, RecursionError, LookupError, TypeError) as error:
        raise yaml.YAMLError(f"holds a value that cannot be read: {error}") from error
    except AttributeError as error:
        # PyYAML's own way to meet a date that is none
        raise yaml.YAMLError("holds a value that does not fit its tag") from error


def check_shape(text: str) -> None:
    """Refuse references, which grow beyond all bounds when they are followed, and great depth.

    Raises:
        yaml.YAMLError: the text has them, or is not YAML.
    """
    depth = 0
    for event in yaml.parse(text, Loader=Base):
        if isinstance(event, yaml.AliasEvent):
            raise marked("has a reference (*); write the value out", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise marked(f"is nested more than {DEEPEST} deep", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def marked(problem: str, mark: Any) -> yaml.MarkedYAMLError:
    """A fault with its place."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def mapping_of(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    """A mapping whose keys are plain and stand once.

    Raises:
        yaml.YAMLError: one stands twice, or is a list or mapping.
    """
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict | set):
            raise marked("has a key that is no single value", key_node.start_mark)
        if key in found:
            raise marked(f"has the key {key!r} twice", key_node.start_mark)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


Loader.add_constructor("tag:yaml.org,2002:map", mapping_of)
