"""Measures sayso: how well it reads, how fast, and in how much memory.

One thread each, so that what is measured does not hang on how many cores there are.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
