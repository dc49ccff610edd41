"""Grows the scorers that make MUC-4's templates of what was read (sayso.evaluate.coder)."""
