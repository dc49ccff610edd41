"""From what was read to MUC-4's templates as that task's coders would have filled them, mention by mention.

A record tells every incident once and keeps who said what; the task's database wanted attacks on civilians in some
countries, as many templates as there were incidents by its own guide, and the shortest words for each fill. The two
disagree so often that the task's way is learned apart from the record: words in a role are weighed one by one
(`mentions`), those of one incident are brought together (`clusters`), and each incident is given its fills (`fills`),
their set-list values (`values`), its place and its day (`settings`).
"""

from sayso.evaluate.coder.code import coded
from sayso.evaluate.coder.scorer import shipped

__all__ = ["coded", "shipped"]
