"""Files, folders and standard input, read into captures.

To add a reader, write a module like `sayso.read.txt` (a `looks_like(head)` and a `captures_in(source)`) and give it a
line in `READERS`; nothing else knows the readers.
"""

from sayso.read.inputs import READERS, captures
from sayso.read.source import ReadFailure, Source

__all__ = ["READERS", "ReadFailure", "Source", "captures"]
