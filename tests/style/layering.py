#!/usr/bin/env python3
"""layering.py ROOT: checks the includes against CMake's DEPS, and against rules that CMake cannot express.

Every include of a project file goes to the same folder, or to a folder that a target of this folder names in its
DEPS, directly or through others. Libraries have no dependency cycles, which CMake would allow. The other rules:
fixtures/ and bench/ include only tools/lib of tools/, tools/ includes neither of them, and some folders do
not include certain packages.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(sys.argv[1])

# FOLDER, FORBIDDEN INCLUDES, WHY
FORBIDDEN = [
    ("fixtures/", r"bench/|tools/(?!lib/(flags|text)/)",
     "fixtures know neither bench nor the tools; their programs read flags as all do"),
    ("tools/lib/flags/", r"tools/lib/(?!flags/|text/)", "flags know text only"),
    ("fixtures/domain/", r"nlohmann", "domain knows no JSON"),
    ("fixtures/store/", r"nlohmann", "stores know no JSON"),
    ("bench/", r"tools/(?!lib/)", "bench knows the tools only through files and tools/lib"),
    ("bench/(?!families/|main)", r"benchmark/", "only families know Google Benchmark"),
    ("tools/", r"fixtures/|bench/", "tools know fixtures and bench only through files"),
    ("tools/lib/", r"tools/(?!lib/)", "shared code knows no tool"),
    ("tools/lib/stats/", r"tools/lib/(?!stats/)", "statistics are a leaf"),
    ("tools/slo_gate/", r"tools/paired_bench/", "the gate knows the collector only through files"),
    ("tools/paired_bench/", r"tools/slo_gate/", "the collector knows the gate only through files"),
]
COMMAND = re.compile(r"\b(slo_library|slo_test|slo_tool)\(\s*(\w+)([^()]*)\)")


def files(*patterns):
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", *patterns],
                            capture_output=True, text=True, check=True).stdout.split("\n")
    return [Path(name) for name in listed if name and (ROOT / name).exists()]


def targets():
    """For each target: (folder, name, whether it is a library, its DEPS in this project)."""
    for path in files("*CMakeLists.txt"):
        folder = path.parent
        text = re.sub(r"#[^\n]*", "", (ROOT / path).read_text())
        text = re.sub(r"\$<[^()]*?>", "", text)
        for command, name, rest in COMMAND.findall(text):
            yield str(folder), name, command == "slo_library", set(re.findall(r"\bslo::(\w+)", rest))


def closed(direct):
    """Each name with all names that it depends on, directly or not; and the names in cycles."""
    reached = {name: set(deps) for name, deps in direct.items()}
    changed = True
    while changed:
        changed = False
        for deps in reached.values():
            more = set().union(*(reached.get(dep, set()) for dep in deps)) - deps
            changed = changed or bool(more)
            deps |= more
    return reached, sorted(name for name, deps in reached.items() if name in deps)


def main():
    problems = []
    all_targets = list(targets())
    libraries = {name: deps for _, name, is_library, deps in all_targets if is_library}
    folder_of = {name: folder for folder, name, is_library, _ in all_targets if is_library}
    reached, in_circles = closed(libraries)
    problems += [f"{name}: depends on itself through others" for name in in_circles]
    allowed = {}
    for folder, _, _, deps in all_targets:
        mine = allowed.setdefault(folder, set())
        for dep in deps:
            mine |= {folder_of[one] for one in reached.get(dep, set()) | {dep} if one in folder_of}
    sources = files("*.h", "*.cc")
    for path in sources:
        name, folder = str(path), str(path.parent)
        mine = {folder} | allowed.get(folder, set())
        # Tests and benchmark families may use the DEPS of a program in this folder or in the one above.
        if re.search(r"_test\.cc$|_test\w*\.h$|_testing\.h$|_bench\.cc$|/families\.", name):
            mine |= allowed.get(str(path.parent.parent), set())
        for number, line in enumerate((ROOT / path).read_text().split("\n"), 1):
            include = re.match(r'#include "([^"]+)"', line)
            if not include:
                continue
            target = include[1]
            place = f"{name}:{number}: {target}"
            problems += [f"{place}: {why}" for where, what, why in FORBIDDEN
                         if re.match(where, name) and re.match(what, target)]
            inside = str(Path(target).parent)
            if (ROOT / target).exists() and inside not in mine:
                problems.append(f"{place}: no target of {folder} has {inside} among its DEPS")
    print("\n".join(problems))
    return 1 if problems or not sources or not libraries else 0


if __name__ == "__main__":
    sys.exit(main())
