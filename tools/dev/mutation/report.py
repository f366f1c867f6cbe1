"""What is printed and written: scores by folder, and the survivors as diffs."""

import statistics
from pathlib import Path

from . import mutant as mutants
from .interval import clopper_pearson
from .trial import EQUIVALENT, INVALID, KILLED, SURVIVED


class Report:
    def __init__(self, taken, records, reasons):
        self.rows = [(m, self._settle(m, records.get(m), reasons)) for m in taken]

    @staticmethod
    def _settle(mutant, record, reasons):
        """A listed survivor is equivalent. A listed mutant that a test killed is an error in the list."""
        reason = reasons.get(mutant.key)
        if reason is None or record["state"] not in (KILLED, SURVIVED):
            return {**record, "listed": False}
        if record["state"] == SURVIVED:
            return {**record, "state": EQUIVALENT, "by": reason, "listed": True}
        return {**record, "listed": True}

    def of(self, *states):
        return [(m, r) for m, r in self.rows if r["state"] in states]

    @property
    def survivors(self):
        return sorted((m for m, _ in self.of(SURVIVED)), key=lambda m: (m.file, m.start, m.id))

    @property
    def wrongly_listed(self):
        return [m for m, r in self.of(KILLED) if r["listed"]]

    def total(self):
        return _score(self.rows)

    def by_folder(self):
        folders = {}
        for m, r in self.rows:
            folders.setdefault(str(Path(m.file).parent), []).append((m, r))
        return {name: _score(rows) for name, rows in sorted(folders.items())}

    def by_operator(self):
        operators = {}
        for m, r in self.rows:
            operators.setdefault(m.operator, []).append((m, r))
        return {name: _score(rows) for name, rows in sorted(operators.items())}


def _score(rows):
    counts = {state: sum(r["state"] == state for _, r in rows)
              for state in (KILLED, SURVIVED, EQUIVALENT, INVALID)}
    judged = counts[KILLED] + counts[SURVIVED]
    lower, upper = clopper_pearson(counts[KILLED], judged)
    seconds = [r["seconds"] for _, r in rows if r["state"] != INVALID]
    listed = sum(r["listed"] and r["state"] == EQUIVALENT for _, r in rows)
    return {"judged": judged, **counts, "equivalent_by_object_code": counts[EQUIVALENT] - listed,
            "equivalent_listed": listed, "score": counts[KILLED] / judged if judged else None,
            "score_lower": lower, "score_upper": upper,
            "median_seconds": statistics.median(seconds) if seconds else None}


def text(report, source):
    lines = []
    for m in report.survivors:
        lines.append(f"survived  {m.id}  {m.place}  {m.function}  {m.operator}\n"
                     + mutants.diff((source / m.file).read_bytes(), m))
    lines.append(f"{'folder':<24} {'judged':>7} {'killed':>7} {'survived':>9} {'equivalent':>11} "
                 f"{'score':>8}  {'95 % interval':<16} {'median':>8}")
    for name, score in (*report.by_folder().items(), ("all", report.total())):
        lines.append(_line(name, score))
    total = report.total()
    lines.append(f"equivalent: {total['equivalent_by_object_code']} by equal object code, "
                 f"{total['equivalent_listed']} listed; {total['invalid']} did not compile and were "
                 "replaced")
    return "\n".join(lines)


def _line(name, score):
    shown = "-" if score["score"] is None else f"{score['score']:.1%}"
    interval = f"{score['score_lower']:.1%} to {score['score_upper']:.1%}"
    seconds = "-" if score["median_seconds"] is None else f"{score['median_seconds']:.1f} s"
    return (f"{name:<24} {score['judged']:>7} {score['killed']:>7} {score['survived']:>9} "
            f"{score['equivalent']:>11} {shown:>8}  {interval:<16} {seconds:>8}")


def as_json(report, source):
    return {
        "version": 1,
        "total": report.total(),
        "folders": report.by_folder(),
        "operators": report.by_operator(),
        "survivors": [{**_describe(m), "diff": mutants.diff((source / m.file).read_bytes(), m)}
                      for m in report.survivors],
        "mutants": [{**_describe(m), "state": r["state"], "by": r["by"], "seconds": r["seconds"]}
                    for m, r in report.rows],
    }


def _describe(m):
    return {"id": m.id, "file": m.file, "line": m.line, "column": m.column, "function": m.function,
            "operator": m.operator, "before": m.before, "after": m.after}
