#!/usr/bin/env python3
"""Summarizes tests: why some were skipped, and how many passed, failed and were skipped.

usage: test_summary.py [--strict] JUNIT_FILE...

Reads the files that `ctest --output-junit` writes. A test that skips itself says why in a line
"skipped: REASON". GoogleTest prints the reason in the line after the place. With --strict a skipped test
counts as failed. The last line is "N passed, N failed, N skipped". Exit code: 0 no test failed, 1 a test failed or
there were no tests, 2 a file cannot be read.
"""
import re
import sys
import xml.etree.ElementTree as xml

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def skip_reason(output):
    """The reason that a test's output states, or None."""
    output = ANSI.sub("", output)
    stated = re.findall(r"^skipped: (.+)$", output, re.MULTILINE)
    if stated:
        return stated[-1].strip()
    # GoogleTest: "FILE:LINE: Skipped" and the message in the next line.
    googletest = re.search(r": Skipped\n(.+)$", output, re.MULTILINE)
    return googletest.group(1).strip() if googletest else None


def outcome(case):
    """("passed" | "failed" | "skipped", reason of a skip) of a testcase element."""
    status = case.get("status")
    if status == "run":
        return "passed", None
    skipped = case.find("skipped")
    # A program that was not built, or cannot be started, has failed.
    by_itself = skipped is not None and skipped.get("message", "").startswith(("SKIP_", "Disabled"))
    if status == "disabled" or by_itself:
        return "skipped", skip_reason(case.findtext("system-out") or "") or "the test does not say why"
    return "failed", None


def main(arguments):
    strict = "--strict" in arguments
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for path in (one for one in arguments if one != "--strict"):
        try:
            cases = xml.parse(path).getroot().iter("testcase")
        except (OSError, xml.ParseError) as error:
            print(f"{path}: expected the results of ctest: {error}", file=sys.stderr)
            return 2
        for case in cases:
            kind, reason = outcome(case)
            counts[kind] += 1
            if kind == "skipped":
                print(f"skipped: {case.get('name')}: {reason}")
            elif kind == "failed":
                print(f"failed: {case.get('name')}")
    if strict and counts["skipped"]:
        print(f"--strict: {counts['skipped']} skipped tests count as failed")
        counts["failed"] += counts["skipped"]
        counts["skipped"] = 0
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 0 if counts["failed"] == 0 and sum(counts.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
