#!/usr/bin/python3
"""gcovr's JSON as a table by folder: coverage_by_folder.py COVERAGE.json.

Exit code: 0 every function of the judging code was visited, 1 some were not, and their names.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JUDGING = ("tools/lib", "tools/slo_gate")
# Wiring, and code that the compiler made.
LEFT_OUT = ("main", "_GLOBAL__", "__static_init")
# Functions that the JSON library's interface requires, and that no JSON text calls.
NEVER_CALLED = ("::Builder::binary(", "::Scanner::binary(")


def share(visited, total):
    return f"{visited / total:7.1%}" if total else "      -"


def measure(files):
    """By folder: lines, visited lines, branches, visited branches."""
    folders = defaultdict(lambda: [0, 0, 0, 0])
    for file in files:
        counts = folders[str(Path(file["file"]).parent)]
        for line in file["lines"]:
            if line.get("gcovr/noncode") or line.get("gcovr/excluded"):
                continue
            counts[0] += 1
            counts[1] += line["count"] > 0
            counts[2] += len(line["branches"])
            counts[3] += sum(branch["count"] > 0 for branch in line["branches"])
    return folders


def is_assertion(file, function):
    """What ABSL_HARDENING_ASSERT calls when it stops the program."""
    source = ROOT / file["file"]
    if not source.is_file():
        return False
    lines = source.read_text().split("\n")
    return "ABSL_HARDENING_ASSERT" in "".join(lines[function["lineno"] - 1:function["lineno"]])


def unvisited(files):
    """Places and names of functions of the judging code; a template or an inline function was visited when
    any of its copies was."""
    visited = defaultdict(int)
    for file in files:
        if not file["file"].startswith(tuple(f"{folder}/" for folder in JUDGING)):
            continue
        for function in file.get("functions", ()):
            name = function.get("demangled_name") or function["name"]
            if name.startswith(LEFT_OUT) or any(one in name for one in NEVER_CALLED):
                continue
            if not is_assertion(file, function):
                visited[f"{file['file']}:{function['lineno']}", name] += function["execution_count"]
    return sorted(key for key, count in visited.items() if count == 0)


def main(path):
    files = json.loads(Path(path).read_text())["files"]
    print(f"{'folder':<24} {'lines':>7} {'visited':>8} {'branches':>9} {'visited':>8}")
    folders = measure(files)
    total = [sum(counts) for counts in zip(*folders.values())] if folders else [0] * 4
    for name, (lines, seen, branches, taken) in (*sorted(folders.items()), ("all", total)):
        print(f"{name:<24} {lines:>7}  {share(seen, lines)} {branches:>9}  {share(taken, branches)}")
    missing = unvisited(files)
    for place, name in missing:
        print(f"never visited: {place}: {name}")
    return 1 if missing else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
