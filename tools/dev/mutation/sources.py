"""Which files are mutated, and the copy of the sources in which that happens."""

import fnmatch
import hashlib
import re
import shutil
import subprocess
from pathlib import Path


def _git(root, *arguments):
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True,
                          text=True).stdout


def tracked(root):
    """The files of the tree: committed, or new and not ignored."""
    names = _git(root, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    return sorted({name for name in names if name and (root / name).is_file()})


def expand_braces(pattern):
    match = re.search(r"\{([^{}]*)\}", pattern)
    if not match:
        return [pattern]
    return [expanded for choice in match[1].split(",")
            for expanded in expand_braces(pattern[:match.start()] + choice + pattern[match.end():])]


def matches(name, globs):
    """A glob that names a folder also matches the files in it."""
    return any(fnmatch.fnmatchcase(name, glob) or fnmatch.fnmatchcase(name, glob.rstrip("/") + "/*")
               for pattern in globs for glob in expand_braces(pattern))


def is_code(name):
    """Whether the file is neither a test, nor a helper of tests, nor wiring."""
    path = Path(name)
    return (path.suffix in (".cc", ".h") and path.parts[0] in ("bench", "fixtures", "tools")
            and not path.name.endswith(("_test.cc", "_testing.h", "_testing.cc"))
            and path.name != "main.cc")


def select(names, globs):
    return [name for name in names if is_code(name) and matches(name, globs)]


def changed_lines(root, revision):
    """The numbers of the lines that differ from the revision, by file."""
    by_file, lines = {}, set()
    for line in _git(root, "diff", "-U0", "--no-color", "--no-ext-diff", revision, "--").split("\n"):
        if line.startswith("+++ "):
            lines = by_file.setdefault(line[4:].removeprefix("b/"), set())
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(match[1]), int(match[2] or 1)
            lines.update(range(first, first + count))
    return by_file


def new_files(root, revision):
    """The files that are not in the revision, whether they are committed or not."""
    return set(tracked(root)) - set(_git(root, "ls-tree", "-r", "--name-only", "-z", revision).split("\0"))


def is_revision(root, revision):
    return subprocess.run(["git", "-C", str(root), "rev-parse", "--verify", "--quiet",
                           f"{revision}^{{commit}}"], capture_output=True, check=False).returncode == 0


def synchronize(root, copy):
    """Makes the copy equal to the tree. A file that is equal keeps its time: it is not built again."""
    names = tracked(root)
    for name in names:
        source, target = root / name, copy / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for path in sorted(copy.rglob("*")):
        if path.is_file() and str(path.relative_to(copy)) not in set(names):
            path.unlink()
    return names


def fingerprint(copy, names):
    """A digest of everything that the result of a mutant depends on: code, tests, their data and the build."""
    digest = hashlib.sha256()
    for name in names:
        path = Path(name)
        if (path.suffix in (".cc", ".h", ".cmake") or path.name == "CMakeLists.txt"
                or "testdata" in path.parts):
            digest.update(name.encode() + b"\0" + (copy / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]
