"""The README's example is what the program really prints, and its figures are the floors."""

from __future__ import annotations

from tools.transcript import README, readme


def test_the_example_is_what_the_commands_print_and_the_figures_are_the_floors() -> None:
    """Where this fails: look at the new output, then `make docs`."""
    assert README.read_text(encoding="utf-8") == readme()
