#!/usr/bin/python3
"""The published schemas against what the gate takes and writes: schema_test.py ROOT SLO_GATE.

Examples that are valid must be so for the schema and for the gate; those that are not must be refused
by both, so that an editor says what the gate would.
"""

import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from jsonschema import Draft202012Validator

ROOT, GATE = Path(sys.argv[1]), sys.argv[2]
TESTDATA = ROOT / "tools/slo_gate/testdata"


def load(path):
    return json.loads(path.read_text())


def gate(*arguments, stdin=""):
    return subprocess.run([GATE, *map(str, arguments)], input=stdin, capture_output=True, text=True,
                          timeout=60, check=False)


def gate_takes(thresholds):
    """Whether the gate can use the thresholds; that no row matches is another matter."""
    run = gate("--thresholds=-", TESTDATA / "results.json", stdin=json.dumps(thresholds))
    return run.returncode != 2


def with_objective(**changes):
    """A file with one objective, changed; a member of value None is left out."""
    objective = {"id": "a", "benchmark": "BM_*", "metric": "latency_p99_us", "max": "5ms",
                 "why": "w", "source": "s"} | changes
    return {"version": 1,
            "objectives": [{k: v for k, v in objective.items() if v is not None}]}


class ThresholdsSchema(unittest.TestCase):
    def setUp(self):
        schema = load(ROOT / "thresholds/thresholds.schema.json")
        Draft202012Validator.check_schema(schema)
        self.validator = Draft202012Validator(schema)

    def test_takes_every_committed_file(self):
        committed = [path for path in (ROOT / "thresholds").glob("*.json")
                     if "objectives" in load(path)]
        self.assertIn(ROOT / "thresholds/slo.json", committed)
        for path in (*committed, TESTDATA / "thresholds.json"):
            self.assertEqual([e.message for e in self.validator.iter_errors(load(path))], [], path)

    def test_takes_what_the_gate_takes(self):
        for example in (
                with_objective(),
                with_objective(min="1us", max="1.5ms"),
                with_objective(metric="real_time", max="250ms"),
                with_objective(metric="requests_per_s", max=None, min=3),
                with_objective(metric="success_ratio", max=None, min=0.99),
                with_objective(metric="runs_per_second", max=None, min=1e3),
                with_objective(metric="x_count", max=0),
                with_objective(metric="snr_db", max=-50),
                with_objective(metric="MB_s", max=None, min=4000),
                with_objective(metric="compression_ratio", max=None, min=2.5),
                with_objective(metric="p99", unit="us", max="0.5 ms"),
                with_objective(metric="p99", unit="\u00b5s", max="100\u00b5s"),
                with_objective(metric="hits", unit="1", max=None, min=0.5),
                with_objective(metric="real_time", max="0.3 ns", statistic="median", rows=5),
                with_objective(metric="real_time", max="1e3ns", statistic="p90", point=True),
                with_objective() | {"points": True},
                with_objective() | {"confidence": 0.99, "description": "d", "$schema": "x"}):
            self.assertTrue(self.validator.is_valid(example), example)
            self.assertTrue(gate_takes(example), example)

    def test_refuses_what_the_gate_refuses(self):
        for example in (
                {}, {"version": 1}, {"version": 1, "objectives": []},
                with_objective() | {"version": 2},
                with_objective() | {"extra": 1},
                with_objective() | {"confidence": 1},
                with_objective() | {"confidence": "0.95"},
                with_objective(id=None), with_objective(id=""), with_objective(id="a b"),
                with_objective(why=None), with_objective(why=""), with_objective(source=None),
                with_objective(metric=None), with_objective(benchmark=""),
                with_objective(maximum="5ms"),
                with_objective(max=None),
                with_objective(max=5), with_objective(max="5"), with_objective(max="-5ms"),
                with_objective(max="soon"),
                with_objective(metric="runs_per_second", max="5ms"),
                with_objective(metric="p99", max="5ms"),
                with_objective(metric="x", max=5, unit="parsecs"),
                with_objective(statistic="max"), with_objective(statistic="p9"),
                with_objective(rows=0), with_objective(point=1),
                with_objective() | {"points": "yes"},
                with_objective(metric="success_ratio", max=None, min=1.5),
                with_objective(metric="success_ratio", max=None, min=0),
                with_objective(metric="errors", unit="1", max=1)):
            self.assertFalse(self.validator.is_valid(example), example)
            self.assertFalse(gate_takes(example), example)


class DraftedThresholds(unittest.TestCase):
    """What slo_gate draft writes: valid, and kept by the results that it is from."""

    def check_draft(self, results, *flags):
        draft = gate("draft", *flags, results)
        if draft.returncode == 3:
            self.assertEqual(draft.stdout, "", results)
            return None
        self.assertEqual(draft.returncode, 0, draft.stderr)
        document = json.loads(draft.stdout)
        schema = Draft202012Validator(load(ROOT / "thresholds/thresholds.schema.json"))
        self.assertEqual([e.message for e in schema.iter_errors(document)], [], results)
        verdict = gate("check", "--thresholds=-", results, stdin=draft.stdout)
        self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)
        return document

    def test_suit_every_results_file_of_the_repository(self):
        files = [path for folder in ("tools", "thresholds", "tests", "docs")
                 for path in (ROOT / folder).rglob("*.json") if gate("show", path).returncode == 0]
        self.assertIn(TESTDATA / "results.json", files)
        for path in files:
            for flags in ((), ("--by=family", "--headroom=1.5")):
                self.check_draft(path, *flags)

    def test_suit_names_and_values_of_every_kind(self):
        names = ["BM_A/8", "BM_A<char*>/8", "BM_B/what?", "BM_C/[a-c]", "BM_D/a\\b", "BM_D/a\\",
                 "BM_E/two  blanks", 'BM_F/"quoted"', "BM_G/\u00e4\u65e5", "*", "/",
                 "BM_H/" + "n" * 10_000]
        rows = [{"name": name, "real_time": 1e-3 * 7**i, "cpu_time": 1e-3 * 7**i,
                 "time_unit": "ns", "snr": -i, "zero": 0, "hits": 1e17 + i, "p99_us": 2.4, "items_per_second": 4.2e9}
                for i, name in enumerate(names)]
        with tempfile.TemporaryDirectory() as folder:
            results = Path(folder) / "results.json"
            results.write_text(json.dumps({"context": {}, "benchmarks": rows}))
            document = self.check_draft(
                results, "--metric=real_time", "--metric=snr", "--metric=zero", "--metric=p99_us",
                "--metric=items_per_second", "--larger-is-better=hits")
        self.assertEqual(len(document["objectives"]), 6 * len(names))
        self.assertTrue(all(one["rows"] == 1 for one in document["objectives"]))


def limits(**members):
    """Limits on changes with one tolerance; a member of value None is left out."""
    document = {"version": 1, "tolerances": [
        {"id": "a", "benchmark": "*", "max_increase": "3%", "why": "w", "source": "s"}]} | members
    return {k: v for k, v in document.items() if v is not None}


def tolerance(**changes):
    entry = limits()["tolerances"][0] | changes
    return limits(tolerances=[{k: v for k, v in entry.items() if v is not None}])


def exact(**changes):
    entry = {"id": "e", "benchmark": "*", "metric": "m", "max_change": "0%", "why": "w",
             "source": "s"} | changes
    return limits(exact=[{k: v for k, v in entry.items() if v is not None}])


def waiver(**changes):
    entry = {"benchmark": "BM_A", "reason": "r", "owner": "o", "ceiling": "8%",
             "expires": "2027-01-31"} | changes
    return limits(waivers=[{k: v for k, v in entry.items() if v is not None}])


def pairs_document():
    """A file of pairs: a change and both controls, 64 pairs each."""
    def measured(benchmark, comparison, factor):
        base = [1000 + (i * 37) % 60 for i in range(64)]
        return {"benchmark": benchmark, "comparison": comparison, "in_base": True,
                "in_candidate": True, "base_time_unit": "ns", "candidate_time_unit": "ns",
                "failures": [], "metrics": {"cpu_time": {
                    "base": base,
                    "candidate": [b * factor + (i * 53) % 17 - 8 for i, b in enumerate(base)]}}}
    return {"kind": "workflow-slo-pairs", "version": 1, "generated_at_utc": "2026-11-23T10:00:00Z",
            "against": "merge_base", "base": {"binary": "a", "context": {"num_cpus": 2}},
            "candidate": {"binary": "b", "context": {"num_cpus": 2}}, "looks": [16, 32, 64],
            "interrupted": False, "slowdown": "A=b", "collection": {"cpu": "1"},
            "selected": ["BM_A"], "not_selected": [],
            "measured": [measured("BM_A", "change", 1.0), measured("BM_A", "quiet_control", 1.0),
                         measured("BM_A", "slowed_control", 1.1)]}


class RegressionSchema(unittest.TestCase):
    def setUp(self):
        schema = load(ROOT / "thresholds/regression.schema.json")
        Draft202012Validator.check_schema(schema)
        self.validator = Draft202012Validator(schema)

    def gate_takes(self, document):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as pairs:
            pairs.write(json.dumps(pairs_document()))
            pairs.flush()
            return gate("--thresholds=-", pairs.name, stdin=json.dumps(document)).returncode != 2

    def test_takes_the_committed_files(self):
        for name in ("regression.json", "regression-wall.json"):
            document = load(ROOT / "thresholds" / name)
            self.assertEqual([e.message for e in self.validator.iter_errors(document)], [], name)
            self.assertTrue(self.gate_takes(document), name)

    def test_takes_what_the_gate_takes(self):
        for example in (limits(), limits(confidence=0.999), tolerance(metric="x"),
                        tolerance(severity="warn"), tolerance(max_increase="0.5%"),
                        tolerance(max_increase_since_release="5%", max_increase_stored="20%"),
                        tolerance(metric="items_per_second", max_increase=None, max_decrease="99.9%"),
                        tolerance(metric="frames", max_increase=None, max_decrease="0%"),
                        exact(), exact(max_change="0.1%"), waiver(), waiver(ceiling="absent")):
            self.assertTrue(self.validator.is_valid(example), example)
            self.assertTrue(self.gate_takes(example), example)

    def test_refuses_what_the_gate_refuses(self):
        for example in (limits(version=2), limits(extra=1), limits(confidence=1),
                        tolerance(id="a b"), tolerance(max_increase="3"), tolerance(max_increase=3),
                        tolerance(why=None), tolerance(severity="panic"), tolerance(limit="3%"),
                        tolerance(max_increase=None), tolerance(metric="bytes_per_second"),
                        tolerance(max_increase=None, max_decrease="3%"),
                        tolerance(metric="frames", max_decrease="3%"),
                        tolerance(metric="frames", max_increase=None, max_decrease="100%"),
                        tolerance(metric="frames", max_increase=None, max_decrease="3%",
                                  max_increase_stored="5%"),
                        exact(metric=None), exact(max_change="-1%"),
                        waiver(owner=None), waiver(ceiling="removed"), waiver(expires="soon")):
            self.assertFalse(self.validator.is_valid(example), example)
            self.assertFalse(self.gate_takes(example), example)


class VerdictSchema(unittest.TestCase):
    def setUp(self):
        schema = load(ROOT / "thresholds/verdict.schema.json")
        Draft202012Validator.check_schema(schema)
        self.validator = Draft202012Validator(schema)
        run = gate(f"--thresholds={TESTDATA / 'thresholds.json'}", "--format=json",
                   "--override=load_success_ratio=0.999", TESTDATA / "results.json")
        self.verdict = json.loads(run.stdout)

    def test_takes_what_the_gate_writes(self):
        self.assertEqual([e.message for e in self.validator.iter_errors(self.verdict)], [])

    def test_takes_a_verdict_on_a_missing_and_an_error_row(self):
        results = {"context": {}, "benchmarks": [
            {"name": "BM_LoadBurst/x", "error_occurred": True, "error_message": "broken"}]}
        for document in (results, {"context": {}, "benchmarks": []}):
            run = gate(f"--thresholds={TESTDATA / 'thresholds.json'}", "--format=json", "-",
                       stdin=json.dumps(document))
            errors = self.validator.iter_errors(json.loads(run.stdout))
            self.assertEqual([e.message for e in errors], [])

    def test_takes_a_verdict_on_two_builds(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(json.dumps(limits()))
            file.flush()
            run = gate(f"--thresholds={file.name}", "--format=json", "-",
                       stdin=json.dumps(pairs_document()))
        verdict = json.loads(run.stdout)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual([e.message for e in self.validator.iter_errors(verdict)], [])
        verdict["regression"]["benchmarks"].pop("missing")
        self.assertFalse(self.validator.is_valid(verdict))

    def test_refuses_what_the_gate_never_writes(self):
        def changed(change):
            verdict = copy.deepcopy(self.verdict)
            change(verdict)
            return verdict

        def check(verdict):
            return verdict["scenarios"][0]["checks"][0]

        for change in (
                lambda v: v.update(schema_version=2),
                lambda v: v.pop("provenance"),
                lambda v: v.update(comment="fine"),
                lambda v: v.update(generated_at_utc="yesterday"),
                lambda v: v["summary"].update(checks_failed=-1),
                lambda v: v["summary"].update(overall_status="green"),
                lambda v: check(v).update(status="ok"),
                lambda v: check(v).update(confidence=1.0),
                lambda v: check(v).update(headroom="large"),
                lambda v: check(v).pop("samples"),
                lambda v: check(v)["threshold"].update(overridden_by="--override"),
                lambda v: v["results"].clear(),
                lambda v: v["results"][0]["benchmarks"][0].update(real_time="3 ms")):
            self.assertFalse(self.validator.is_valid(changed(change)))


class JunitSchema(unittest.TestCase):
    def is_valid(self, text):
        run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", ROOT / "tests/end_to_end/junit.xsd", "-"],
                             input=text, capture_output=True, text=True, timeout=60, check=False)
        return run.returncode == 0, run.stderr

    def junit(self, *flags):
        return gate(f"--thresholds={TESTDATA / 'thresholds.json'}", "--format=junit", *flags,
                    TESTDATA / "results.json").stdout

    def test_takes_what_the_gate_writes(self):
        for flags in ((), ("--allow-insufficient", "--override=load_success_ratio=0.999")):
            self.assertEqual(self.is_valid(self.junit(*flags)), (True, "- validates\n"))

    def test_refuses_something_else(self):
        text = self.junit()
        for wrong in (text.replace("failures=", "failed=", 1),
                      text.replace("<system-err/>", "", 1),
                      text.replace('timestamp="', 'timestamp="x', 1),
                      text.replace("</testsuites>", "", 1)):
            self.assertNotEqual(wrong, text)
            self.assertFalse(self.is_valid(wrong)[0])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
