"""The time, as it is kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def now() -> str:
    """Return the present second in UTC; SOURCE_DATE_EPOCH (reproducible-builds.org), where set, stands in for it."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")
