"""How the figures of a benchmark are kept: with the day and the machine."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path


def write(path: Path, figures: Mapping[str, Mapping[str, float]]) -> None:
    """Write the figures of each case as JSON."""
    result = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "figures": figures,
    }
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
