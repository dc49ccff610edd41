"""Which reports tell of one incident: sketches of them, where candidates are found, and how two compare."""

from sayso.merge.incidents.block import keys_of
from sayso.merge.incidents.compare import MAKER, compare, log_odds
from sayso.merge.incidents.draw import sketches_of
from sayso.merge.incidents.sketch import plain, sketch_from

__all__ = ["MAKER", "compare", "keys_of", "log_odds", "plain", "sketch_from", "sketches_of"]
