"""The commands, as a literal table: a command's module is loaded when the command runs, and not for `--help`."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """Where a command is (`module:function`), and the line that `sayso --help` gives it (its docstring's first)."""

    path: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "read": Entry("sayso.cli.read:read", "Read reports and show what they tell; nothing is stored."),
    "explain": Entry("sayso.cli.explain:explain", "Show, for each value, the words, rules and heads that led to it."),
    "when": Entry("sayso.cli.when:when", "Show how the times in a text are read, step by step."),
    "where": Entry("sayso.cli.where:where", "Show how the places in a text are read, step by step."),
    "ingest": Entry("sayso.cli.ingest:ingest", "Read reports into a database."),
    "list": Entry("sayso.cli.list_:list_", "List the incidents in a database."),
    "show": Entry("sayso.cli.show:show", "Show one incident with its evidence."),
    "statements": Entry("sayso.cli.statements:statements", "List who says what, the newest first."),
    "dossier": Entry("sayso.cli.dossier:dossier", "Show all that is said of one person or group."),
    "disagreements": Entry("sayso.cli.disagreements:disagreements", "List where sources differ."),
    "same": Entry("sayso.cli.judge:same", "Decide that two are the same."),
    "different": Entry("sayso.cli.judge:different", "Decide that two are different."),
    "correct": Entry("sayso.cli.correct:correct", "Correct a value of an incident, add one, or reject the incident."),
    "undo": Entry("sayso.cli.judge:undo", "Take back what a person decided."),
    "changes": Entry("sayso.cli.changes:changes", "List who changed what, when and why, the newest first."),
    "why": Entry("sayso.cli.why:why", "Show why two are, or are not, held to be one."),
    "link": Entry("sayso.cli.link:link", "Link the articles of a database with each other."),
    "search": Entry("sayso.cli.search:search", "Search the articles of a database for words."),
    "export": Entry("sayso.cli.export:export", "Write the incidents of a database to a file."),
    "serve": Entry("sayso.cli.serve:serve", "Open the workbench: see, check and correct what a database holds."),
    "user": Entry("sayso.cli.user:user", "Keep the accounts of a workbench that others can reach."),
    "demo": Entry("sayso.cli.demo:demo", "Try sayso on the reports that come with it."),
    "schema": Entry("sayso.cli.schema:schema", "Print the JSON Schema of the machine record."),
    "evaluate": Entry("sayso.cli.evaluate:evaluate", "Run a benchmark: predictions in its own format, and the score."),
}
