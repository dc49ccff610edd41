"""Reports with their names, groups, places and dates swapped for ones of another region and era.

`swap.swap` does it to one text whose names are known; `reading.names_of` finds the names in a text; `muc4` does it to a
file of MUC-4 reports and its key: `python -m training.swap muc4 TEXT KEY --out DIR --seed 0`.
"""

from training.swap.swap import Name, Swapped, swap

__all__ = ["Name", "Swapped", "swap"]
