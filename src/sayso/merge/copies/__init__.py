"""Which articles are copies of one another: exact, cut, lengthened, reordered or lightly edited wire copy.

`signature` reads an article's text once. Articles that share one of its `bands` are candidates, `compare` says how sure
it is that two are copies, `group` makes groups of those that are, and `origin` says which of a group came first.
Nothing here knows where signatures are kept. Whoever looks for candidates takes the first `CROWD` articles of a band
only: what more articles share is a standing phrase, or copy whose origin is among those first.
"""

from sayso.merge.copies.comparison import compare
from sayso.merge.copies.groups import Group, Pair, group
from sayso.merge.copies.origins import Member, Origin, origin
from sayso.merge.copies.signatures import CROWD, Signature, signature

__all__ = ["CROWD", "Group", "Member", "Origin", "Pair", "Signature", "compare", "group", "origin", "signature"]
