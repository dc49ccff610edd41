"""`sayso demo`: the reports that come with sayso, read into a database and shown."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from sayso.errors import ConfigurationError

FIRST = "ferry-pier/varda-courier.html"
"""The report that is shown whole."""
LISTED = 12


def demo(
    db: Annotated[
        str | None, typer.Option("--db", metavar="FILE", help="The database to make (a temporary one unless given).")
    ] = None,
) -> None:
    """Try sayso on the reports that come with it.

    Reads them into a database, lists incidents, shows one report as sayso reads it, and says how to look further. The
    reports are invented, as are the people, groups and villages in them.

    \b
    Example:
      sayso demo --db demo.db
    """
    from sayso.cli.main import run

    folder = Path(os.path.relpath(samples()))
    db = db or str(Path(tempfile.mkdtemp(prefix="sayso-")) / "demo.db")
    print(f"Reading the reports in samples/ into {db} ...", flush=True)
    with redirect_stdout(io.StringIO()):
        codes = [run(["ingest", *paths, "--db", db, *day]) for day, paths in batches(folder)]
    for arguments in (["list", "--db", db, "--limit", str(LISTED)], ["read", str(folder / FIRST)]):
        print(f"\n$ sayso {' '.join(arguments)}", flush=True)
        codes.append(run(arguments))
    print(
        "\nLook further:\n"
        f"  sayso list --db {db} --standing claimed\n"
        f"  sayso show ID --db {db}                 (an id from the list: all accounts of it)\n"
        f"  sayso disagreements --db {db}\n"
        f"  sayso dossier 'White Banner Brigades' --db {db}\n"
        f"  sayso search 'claimed responsibility' --db {db}\n"
        f"  sayso export --to csv --db {db}\n"
        f"\nOpen the workbench on it, in a browser:\n  sayso serve --db {db}"
    )
    raise typer.Exit(max(codes))


def samples() -> Path:
    """Return the folder of the sample reports: in the installed package, else in the source tree."""
    package = Path(__file__).parents[1]
    for folder in (package / "samples", package.parents[1] / "samples"):
        if (folder / FIRST).is_file():
            return folder
    raise ConfigurationError("the sample reports are missing", value=str(package / "samples"), next_step="Reinstall")


def batches(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the sample reports by their day of publication, as options; none for those that tell it themselves."""
    given: dict[str, str] = {}
    for line in (folder / "published.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, given[name] = line.partition("\t")
    every = sorted(path for kind in ("txt", "html", "jsonl") for path in folder.rglob(f"*.{kind}"))
    groups: dict[str | None, list[str]] = {}
    for path in every:
        groups.setdefault(given.get(path.relative_to(folder).as_posix()), []).append(str(path))
    for day, paths in groups.items():
        yield (["--published", day] if day else []), paths
