"""Builds the gazetteer when sayso is installed or packed: it is made from other packages and so is not kept in git.

Also packs the sample reports, for `sayso demo`; a source tree that is installed in place has them already.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = "src/sayso/resolve/gazetteer.sqlite"


class GazetteerHook(BuildHookInterface[Any]):
    """Runs `tools/build_gazetteer.py` before a wheel is packed or sayso is installed in place."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the gazetteer into the source tree and have it packed."""
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("build_gazetteer", root / "tools/build_gazetteer.py")
        if spec is None or spec.loader is None:
            raise RuntimeError("tools/build_gazetteer.py is missing from this source tree")
        module = importlib.util.module_from_spec(spec)
        sys.modules["build_gazetteer"] = module  # dataclasses look their module up there
        spec.loader.exec_module(module)
        module.build(root / MADE)
        build_data["artifacts"].append(MADE)
        if version == "standard":
            build_data["force_include"]["samples"] = "sayso/samples"
