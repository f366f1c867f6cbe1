"""The command line of tools/dev/mutate; every problem at once."""

import difflib
from dataclasses import dataclass, field

USAGE = """usage: tools/dev/mutate [FLAG]...

Plants one change at a time into a copy of the sources, compiles what contains it, runs the test
programs that see it (the folder's own first, then those above it), and prints the changes that no test
noticed as diffs. Each is a missing test, unless nothing can tell it from the original; those are listed
with a reason in tools/dev/mutation/equivalents.json.

  --files=GLOB     which sources, for example tools/{lib,slo_gate}; may be given several times; all
  --tests=GLOB     which test programs, by their path in the build; may be given several times; all
                   programs of labels unit and integration whose tests ctest lists one by one
  --since=REV      only lines that differ from this revision
  --sample=N       a uniform sample of N mutants that compile; all
  --seed=S         of the sample; 1
  --jobs=N         mutants at the same time; 1
  --min-score=P    exit 0 when the score's lower confidence bound is at least P percent
  --out=FILE       the results as JSON
  --work=DIR       directory of the copy, its build and the results so far; build/mutate
  --fresh          forget the results so far; otherwise an interrupted run continues
  --list           print the mutants, judge none
  --mutant=ID,...  judge only these
  --apply=ID       print the diff of this one
  --help
  --version

Changes, from the syntax tree: relational operators (boundary and opposite), arithmetic and logical
operators, conditions and negations, constants by one and by two; statements and calls are removed,
functions return at once, neighbouring arguments of one type are swapped. Not changed: tests, main.cc,
assertions, reserve(), string literals, the order and wording of text, and the counting of for loops.

A mutant that does not compile is replaced by the next of the sample. A mutant whose object code equals
that of the original (-O1) is equivalent, proved by the compiler. A test has noticed a change when it
takes more than five times as long as without it, and more than 10 s. The score is killed / (killed + survived) with its
95 % Clopper-Pearson interval. The copy's sources are never touched, so an interruption leaves nothing.

Exit code: 0 nothing survived, or --min-score holds; 1 something survived, or a listed equivalent was
killed; 2 a bad flag, or sources that cannot be built or fail their tests unchanged.
"""

NAMES = ("--files", "--tests", "--since", "--sample", "--seed", "--jobs", "--min-score", "--out", "--work",
         "--fresh", "--list", "--mutant", "--apply", "--help", "--version")
BARE = ("--fresh", "--list", "--help", "--version")


@dataclass
class Flags:
    files: list = field(default_factory=list)
    tests: list = field(default_factory=list)
    since: str = ""
    sample: int | None = None
    seed: int = 1
    jobs: int = 1
    min_score: float | None = None
    out: str = ""
    work: str = ""
    fresh: bool = False
    only_list: bool = False
    mutant: list = field(default_factory=list)
    apply: str = ""
    help: bool = False
    version: bool = False


def parse(arguments):
    """(flags, problems)."""
    flags, problems = Flags(), []
    for argument in arguments:
        name, has_value, value = argument.partition("=")
        if name == "-h":
            name = "--help"
        if name.startswith("--"):  # a dash and an underscore are the same
            name = name.replace("_", "-")
        if name not in NAMES:
            problems.append(_unknown(name))
        elif (name in BARE) == bool(has_value):
            problems.append(f"{name}: expected {'no value' if has_value else name + '=VALUE'}")
        elif has_value and not value:
            problems.append(f"{name}: expected a value")
        else:
            problem = _set(flags, name, value)
            if problem:
                problems.append(problem)
    return flags, problems


def _unknown(name):
    shown = "".join(c if " " <= c <= "~" else "?" for c in name[:100])
    near = difflib.get_close_matches(name, NAMES, 1)
    return f"{shown}: unknown flag; {f'did you mean {near[0]}? ' if near else ''}see --help"


def _set(flags, name, value):
    member = "only_list" if name == "--list" else name[2:].replace("-", "_")
    if name in BARE:
        setattr(flags, member, True)
    elif name in ("--files", "--tests"):
        getattr(flags, member).append(value)
    elif name == "--mutant":
        flags.mutant += value.split(",")
    elif name in ("--sample", "--jobs", "--seed"):
        least = 0 if name == "--seed" else 1
        if not (value.isascii() and value.isdecimal() and least <= int(value) <= 10**9):
            return f'{name}: expected an integer from {least} to 1000000000, found "{value}"'
        setattr(flags, member, int(value))
    elif name == "--min-score":
        try:
            flags.min_score = float(value) / 100
        except ValueError:
            flags.min_score = -1.0
        if not 0 <= flags.min_score <= 1:
            return f'{name}: expected a percentage from 0 to 100, found "{value}"'
    else:
        setattr(flags, member, value)
    return ""
