"""When is when: the times that an article names, in TIMEX3 and EDTF.

`lexicon` turns words into letters, `grammar` finds expressions over the letters, `guard` turns away what only looks
like a time, `join` puts together what is one time, `clause` knows the tense, `context` what a time hangs on, `settle`
(`periods`, `ancient`) places it on the calendar (`moment`), `mentions` is the way through. The words and patterns of a
language are in its `dates.yaml`.
"""

from sayso.resolve.when.mentions import times
from sayso.resolve.when.published import published_date

__all__ = ["published_date", "times"]
