"""sayso reads news reports of violence and keeps the record of what happened, and on whose say-so."""

import os

__version__ = "0.1.0"

# One article is read by one core, many articles by many processes. The products here are too small to be shared among
# threads: OpenBLAS would do it all the same, and wait busily. It looks here when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
