"""Writes what the documentation has of the program itself: `docs/cli.md`, and the field tables of `docs/record.md`.

`python -m tools.references` (or `make docs`) writes them; a test checks that they are as they would be written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CLI = ROOT / "docs" / "cli.md"
RECORD = ROOT / "docs" / "record.md"
START, END = "<!-- fields: written by tools/references.py -->\n", "<!-- end of fields -->\n"


def cli_reference() -> str:
    """Return the reference of every command: its help as the program prints it, at 100 columns."""
    from typer import Context
    from typer.main import get_command

    from sayso.cli.main import COMMANDS, app, load_command

    parts = [
        "# The command line\n",
        "Written by `make docs` from the program's own help.\n",
        "Exit codes: 0 done (also where no incident was found), 1 something failed, 2 called wrongly, 130 stopped.\n",
        "Shell completion: `sayso --install-completion`.\n",
    ]
    group = get_command(app)
    for name, command in [("sayso", group), *((f"sayso {name}", load_command(name)) for name in COMMANDS)]:
        context = Context(command, info_name=name, **{**command.context_settings, "terminal_width": 100})
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"## {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def field_tables() -> str:
    """Return a table of the fields of every shape in the record, outermost first."""
    from sayso.export.record import json_schema

    schema = json_schema()
    shapes = schema.pop("$defs")
    order = ["Record", *_reachable(schema, shapes)]
    parts = []
    for name in order:
        shape = schema if name == "Record" else shapes[name]
        rows = [f"| `{key}` | {_type(field)} | {field.get('description', '')} |" for key, field in _fields(shape)]
        description = " ".join(shape["description"].split())
        parts.append(
            f"### {name}\n\n{description}\n\n| key | type | what it is |\n|---|---|---|\n" + "\n".join(rows) + "\n"
        )
    return "\n".join(parts)


def record_page() -> str:
    """Return `docs/record.md` with its field tables as they should be."""
    page = RECORD.read_text(encoding="utf-8")
    head, _, rest = page.partition(START)
    _, _, tail = rest.partition(END)
    return f"{head}{START}\n{field_tables()}\n{END}{tail}"


def _fields(shape: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(shape["properties"].items())


def _reachable(schema: dict[str, Any], shapes: dict[str, Any]) -> list[str]:
    """Return the names of the shapes, in the order in which a reader of the record meets them."""
    found: dict[str, None] = {}
    stack = [schema]
    while stack:
        names = [name for _, field in _fields(stack.pop()) for name in _references(field) if name not in found]
        found.update(dict.fromkeys(names))
        stack.extend(shapes[name] for name in reversed(dict.fromkeys(names)))
    return list(found)


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"].rpartition("/")[2]] if "$ref" in node else []
        return own + [name for child in node.values() for name in _references(child)]
    return [name for child in node for name in _references(child)] if isinstance(node, list) else []


def _type(field: dict[str, Any]) -> str:
    """Return a field's type in a few words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "const" in field:
        return f'`"{field["const"]}"`'
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "prefixItems" in field:
        return f"list of {len(field['prefixItems'])} {field['prefixItems'][0]['type']}s"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    return str(field["type"])


def main() -> None:
    """Write the references."""
    CLI.write_text(cli_reference(), encoding="utf-8")
    RECORD.write_text(record_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
