"""Writes docs/reference/ from the code: commands, source fields, tables, views, asset types.

`make reference` writes; a test compares what is there with what would be written.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import typer  # noqa: E402

from crawler.cli.parts import command_of  # noqa: E402
from crawler.desk.asset_types import taxonomy  # noqa: E402
from crawler.records import TABLES  # noqa: E402
from crawler.schema import columns_of, required_of, texts_of, view_files  # noqa: E402
from crawler.serving import queries_of, view_texts  # noqa: E402
from crawler.source import Source  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- written by `make reference`: change the code instead -->\n\n"
KINDS = {str: "text", int: "whole number", float: "number"}


def commands() -> str:
    """Every command with its options."""
    root: Any = typer.main.get_command(command_of())
    parts = ["# Commands\n", str(root.help or ""), "", str(root.epilog or "")]
    for name, command in sorted(root.commands.items()):
        parts += command_text(f"rackrent {name}", command)
    return "\n".join(parts) + "\n"


def command_text(path: str, command: Any) -> list[str]:
    """A command's section, and those of its subcommands."""
    said = " ".join(str(command.help or "").split())
    parts = [f"\n## `{path}`\n", said, ""]
    options = [p for p in command.params if not getattr(p, "hidden", False) and p.name != "help"]
    if options:
        parts += ["| option | meaning | default |", "|---|---|---|"]
        parts += [option_row(option) for option in options]
    if command.epilog:
        parts += ["", f"{command.epilog}"]
    if hasattr(command, "commands"):
        for name, sub in sorted(command.commands.items()):
            parts += command_text(f"{path} {name}", sub)
    return parts


def cell(text: str) -> str:
    """Words that a cell of a Markdown table can hold."""
    return " ".join(text.split()).replace("|", "\\|")


def option_row(option: Any) -> str:
    """A row of a command's table."""
    if option.param_type_name == "option":
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        said = option.help or ""
    else:
        names, said = f"`{(option.name or '').upper()}`", getattr(option, "help", "") or ""
    default = option.default if isinstance(option.default, str | int | float) else None
    shown = "" if default is None or default is False else f"`{default}`"
    return f"| {names} | {cell(said)} | {shown} |"


def source_fields() -> str:
    """Every field of a source file."""
    parts = [
        "# Source fields\n",
        "A source is one YAML file; `rackrent add` writes one, `rackrent check` reads them all. "
        "[Sources](../sources.md) explains them with examples.\n",
        "| field | type | needed | meaning |",
        "|---|---|---|---|",
    ]
    texts = texts_of(Source)[1]
    for name, entry in Source.model_json_schema()["properties"].items():
        needed = "yes" if Source.model_fields[name].is_required() else ""
        said = cell(texts.get(name, ""))
        parts.append(f"| `{name}` | {kind_of(entry)} | {needed} | {said} |")
    return "\n".join(parts) + "\n"


def kind_of(entry: dict[str, object]) -> str:
    """A field's type in words."""
    if "enum" in entry and isinstance(entry["enum"], list):
        return " or ".join(f"`{value}`" for value in entry["enum"])
    options = entry.get("anyOf")
    if isinstance(options, list):
        return " or ".join(kind_of(option) for option in options if option.get("type") != "null")
    if "$ref" in entry:
        return "settings"
    return str(entry.get("type", "any"))


def tables() -> str:
    """Every table with its columns."""
    parts = ["# Tables\n", "All times are UTC, ISO 8601. Ids are stable hashes.\n"]
    for name, record in TABLES.items():
        about, said = texts_of(record)
        required = required_of(record)
        parts += [f"\n## `{name}`\n", about, "", "| column | type | meaning |", "|---|---|---|"]
        for column, kind in columns_of(record).items():
            may = "" if column in required else ", may be empty"
            told = cell(said.get(column, ""))
            parts.append(f"| `{column}` | {KINDS[kind]}{may} | {told} |")
    return "\n".join(parts) + "\n"


def views() -> str:
    """Every view and every kept question."""
    parts = ["# Views\n", "Tables made of others, for reading; defined in `data/views/`.\n"]
    for name, path in view_files().items():
        about, columns = view_texts(path)
        parts += [f"\n## `{name}`\n", about, "", "| column | meaning |", "|---|---|"]
        parts += [f"| `{column}` | {cell(said)} |" for column, said in columns.items()]
    parts += ["\n## Questions\n", "Kept queries, from `data/queries.yml`.\n"]
    parts += ["| name | question | answer |", "|---|---|---|"]
    parts += [
        f"| `{name}` | {query['title']} | {query['description']} |"
        for name, query in queries_of().items()
    ]
    return "\n".join(parts) + "\n"


def asset_types() -> str:
    """Every asset type."""
    parts = [
        "# Asset types\n",
        "| id | name | group | definition | priced |",
        "|---|---|---|---|---|",
    ]
    for name, entry in taxonomy().items():
        said = cell(str(entry["definition"]))
        parts.append(
            f"| `{name}` | {entry['name']} | {entry['group']} | {said} | {entry['price_unit']} |"
        )
    return "\n".join(parts) + "\n"


PAGES = {
    "commands.md": commands,
    "source-fields.md": source_fields,
    "tables.md": tables,
    "views.md": views,
    "asset-types.md": asset_types,
}
"""Pages by file name, and what writes each."""


def written() -> dict[Path, str]:
    """What the reference should say, by file."""
    return {FOLDER / name: HEAD + make() for name, make in PAGES.items()}


def main() -> None:
    """Write the reference."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in written().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
