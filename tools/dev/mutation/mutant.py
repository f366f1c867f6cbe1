"""One change of one file: what it replaces, where, and how people and files name it."""

import difflib
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    file: str  # from the root of the sources
    start: int  # bytes
    end: int
    replacement: str
    operator: str
    function: str
    line: int
    column: int
    last_line: int  # of the original text
    before: str  # the lines it touches, without their indentation
    after: str
    occurrence: int = 0  # among equal changes of equal lines of one function

    @property
    def key(self):
        """What stays the same when lines above it come and go."""
        return self.file, self.function, self.operator, self.before, self.after

    @property
    def id(self):
        text = "\0".join((*self.key, self.replacement, str(self.occurrence)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def place(self):
        return f"{self.file}:{self.line}:{self.column}"


def make(file, source, function, operator, start, end, replacement):
    """A mutant of source (bytes) that keeps the number of lines, so that __LINE__ stays what it was."""
    removed = source[start:end].count(b"\n")
    replacement += "\n" * (removed - replacement.count("\n"))
    mutated = source[:start] + replacement.encode() + source[end:]
    line = source.count(b"\n", 0, start) + 1
    last = line + removed
    return Mutant(file, start, end, replacement, operator, function, line,
                  start - (source.rfind(b"\n", 0, start) + 1) + 1, last,
                  _lines(source, line, last), _lines(mutated, line, last))


def apply(source, mutant):
    return source[:mutant.start] + mutant.replacement.encode() + source[mutant.end:]


def diff(source, mutant):
    """A unified diff with the function's name, as git prints it."""
    old = source.decode().splitlines(keepends=True)
    new = apply(source, mutant).decode().splitlines(keepends=True)
    lines = list(difflib.unified_diff(old, new, f"a/{mutant.file}", f"b/{mutant.file}"))
    return "".join(f"{line.rstrip()} {mutant.function}\n" if line.startswith("@@") else line
                   for line in lines)


def _lines(source, first, last):
    lines = source.decode().split("\n")[first - 1:last]
    return " ".join(part for part in (line.strip() for line in lines) if part)
