"""Which articles name the same person or organization: sketches, where candidates are found, and how two compare."""

from sayso.merge.entities.block import keys_of
from sayso.merge.entities.compare import LEAST, MAKER, compare, log_odds
from sayso.merge.entities.sketch import plain, sketch_from, sketches_of

__all__ = ["LEAST", "MAKER", "compare", "keys_of", "log_odds", "plain", "sketch_from", "sketches_of"]
