"""What --version prints: the project's version, from CMakeLists.txt."""

import re
from pathlib import Path

LISTS = Path(__file__).resolve().parents[2] / "CMakeLists.txt"


def version_line(program):
    found = re.search(r"^project\(workflow_slo VERSION ([0-9.]+)", LISTS.read_text(), re.MULTILINE)
    return f"{program} {found[1]}"
