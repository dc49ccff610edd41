"""sayso reads news reports of violence and keeps the record of what happened, and on whose say-so."""

__version__ = "0.1.0"
