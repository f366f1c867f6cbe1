#!/usr/bin/env python3
"""Proves on real shards that pooling loses nothing.

usage: shards_proof.py BENCH_WORKFLOW SLO_GATE THRESHOLDS WORK_DIR [SHARDS]

Runs SHARDS (4) processes of bench_workflow at the same time, each a shard, and has slo_gate judge
and pool them. Then makes one file of all samples, from the shards' files alone and with none of the gate's
code, and compares: counts, percentiles by nearest rank over the sorted samples, and every check of the two
verdicts, confidence bounds included. All are equal to the last digit, except rates. A rate is a sum over the
shards, and the order of the terms decides its last digits, so rates agree to a relative 1e-12. Their bounds come from
windows of whole runs and agree to 1 %. Exit code: 0 equal, 1 not.
"""
import bisect
import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

bench, gate, thresholds, work = sys.argv[1:5]
shards = int(sys.argv[5]) if len(sys.argv) > 5 else 4
work = Path(work)
SIZES = ["--slo_load_runs=1500", "--slo_soak_runs=480", "--slo_soak_pace_ms=1",
         "--slo_open_rate=400", "--slo_open_runs=400", "--fault=error:1%"]
HIGHEST_BUCKETED = (1 << 42) - 1
RATES = ("runs_per_second", "requests_per_second")
SUM_TOLERANCE = 1e-12
# A window of the one file has whole runs, about 250 of them, so that its length is off by up to half
# a run.
WINDOW_TOLERANCE = 0.01
differences = []


def measure(number):
    results = work / f"shard-{number}.json"
    with results.open("w") as out:
        subprocess.run([bench, "--benchmark_filter=^BM_(LoadBurst|OpenLoad|SustainedSoak)/",
                        "--benchmark_format=json", f"--slo_shard={number}/{shards}",
                        f"--slo_trace={work}/shard-{number}-trace.json", *SIZES],
                       stdout=out, stderr=subprocess.DEVNULL, check=True)


def pool(out, numbers):
    subprocess.run([gate, "pool", f"--out={out}", *[f"--trace={work}/{n}-trace.json" for n in numbers],
                    *[f"{work}/{n}.json" for n in numbers]], check=True)
    return json.loads((out / "pooled-results.json").read_text())


def judge(traces, results):
    done = subprocess.run([gate, f"--thresholds={thresholds}", "--format=json",
                           *[f"--trace={work}/{trace}" for trace in traces],
                           *[f"{work}/{one}" for one in results]],
                          stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 3, 4):
        sys.exit(f"slo_gate ended with {done.returncode}")
    return json.loads(done.stdout)


def expect(what, wanted, found):
    if wanted != found:
        differences.append(f"{what}: all samples in one file say {wanted}, the pooled shards {found}")


def together(of_shards):
    """Windows of equal time, in which the rates of the shards add up."""
    count = min(len(windows) for windows in of_shards)
    rates, shortest = [0.0] * count, math.inf
    for windows in of_shards:
        ends, succeeded = [0.0], [0.0]  # by the end of each window: the time and the runs so far
        for window in windows:
            ends.append(ends[-1] + window["succeeded"] / window["runs_per_second"])
            succeeded.append(succeeded[-1] + window["succeeded"])

        def runs_until(time):
            place = max(1, min(bisect.bisect_left(ends, time), len(ends) - 1))
            share = (time - ends[place - 1]) / (ends[place] - ends[place - 1])
            return succeeded[place - 1] + share * (succeeded[place] - succeeded[place - 1])

        length = ends[-1] / count if count else 0
        shortest = min(shortest, length)
        for i in range(count):
            rates[i] += (runs_until((i + 1) * length) - runs_until(i * length)) / length
    return [dict(of_shards[0][i], succeeded=round(rates[i] * shortest), runs_per_second=rates[i])
            for i in range(count)]


def slots_of_time(each, add):
    """Those of all shards: at the width at which 64 hold all, each where its time belongs."""
    filled = [(one["first"] + number, one["width_ns"], counts)
              for one in each for number, counts in enumerate(one["counts"]) if any_in(counts)]
    width = max(one["width_ns"] for one in each)
    starts = [number * own for number, own, _ in filled]
    while max(starts) // width - min(starts) // width >= 64:
        width *= 2
    first = min(starts) // width
    slots = {}
    for number, own, counts in filled:
        add(slots.setdefault(number * own // width - first, {}), counts)
    return width, first, [slots.get(number, {}) for number in range(max(slots) + 1)]


def any_in(counts):
    return any(counts) if counts and isinstance(counts[0], int) else bool(counts)


def latency_slots(each):
    def add(slot, counts):
        for value, count in counts:
            slot[value] = slot.get(value, 0) + count
    width, first, slots = slots_of_time([one["slots"] for one in each if one["count"]], add)
    return {"width_ns": width, "first": first,
            "counts": [sorted([value, count] for value, count in slot.items()) for slot in slots]}


def trial_slots(each):
    def add(slot, counts):
        for column, count in enumerate(counts):
            slot[column] = slot.get(column, 0) + count
    width, first, slots = slots_of_time(each, add)
    return {"width_ns": width, "first": first,
            "counts": [[slot.get(0, 0), slot.get(1, 0)] for slot in slots]}


def one_file(results, traces):
    """All samples of the shards as those of one program, by concatenation."""
    # A disturbance of the server reaches the requests of every shard.
    disturbed = sum(int(one["context"]["slo_disturbed_requests"]) for one in results)
    context = dict(results[0]["context"], slo_shard="1/1", slo_command_line="one file",
                   slo_disturbed_requests=str(disturbed))
    rows, scenarios = [], []
    for index, row in enumerate(results[0]["benchmarks"]):
        of_all = [result["benchmarks"][index] for result in results]
        one = dict(row)
        for key in {key for each in of_all for key in each}:
            values = [each[key] for each in of_all if key in each]
            if not all(isinstance(value, (int, float)) for value in values):
                continue
            is_sum = key.endswith("_count") and key not in (
                "thread_growth_count", "descriptor_growth_count", "windows_count")
            one[key] = sum(values) if is_sum or key in RATES else max(values)
        rows.append(one)
    for index, scenario in enumerate(traces[0]["scenarios"]):
        of_all = [trace["scenarios"][index] for trace in traces]
        histograms = []
        for place, histogram in enumerate(scenario["histograms"]):
            each = [one["histograms"][place] for one in of_all]
            samples = sorted(value for one in each for value, count in one["buckets"]
                             for _ in range(count))
            buckets = {value: 0 for value in samples}
            for value in samples:
                buckets[value] += 1
            histograms.append({"prefix": histogram["prefix"], "basis": histogram["basis"],
                               "count": len(samples), "min_ns": min(one["min_ns"] for one in each),
                               "max_ns": max(one["max_ns"] for one in each),
                               "buckets": [[value, count] for value, count in buckets.items()],
                               **({"slots": latency_slots(each)} if samples else {})})
        windows = together([one["windows"] for one in of_all])
        scenarios.append({"row": scenario["row"], "histograms": histograms, "windows": windows,
                          "trials": trial_slots([one["trials"] for one in of_all])})
    return ({"context": context, "benchmarks": rows},
            {"kind": "workflow-slo-trace", "version": 1, "context": context,
             "scenarios": scenarios})


def compare_with_samples(pooled, trace, results):
    for row in pooled["benchmarks"]:
        scenario = next(s for s in trace["scenarios"] if row["name"].startswith(s["row"] + "/"))
        of_shards = [r for result in results for r in result["benchmarks"] if r["name"] == row["name"]]
        for histogram in scenario["histograms"]:
            name = f"{scenario['row']} {histogram['prefix']}"
            samples = [value for value, count in histogram["buckets"] for _ in range(count)]
            expect(f"{name} samples", len(samples), row[histogram["prefix"] + "samples_count"])
            for percent in (50, 95, 99):
                rank = max(1, math.ceil(percent / 100 * len(samples)))
                value = samples[rank - 1]
                value = histogram["max_ns"] if value >= HIGHEST_BUCKETED else min(
                    value, histogram["max_ns"])
                expect(f"{name} p{percent}", value / 1e3,
                       row[f"{histogram['prefix']}latency_p{percent}_us"])
        for key in ("success_trials_count", "failed_count", "dropped_count"):
            if key in row:
                expect(f"{scenario['row']} {key}", sum(r[key] for r in of_shards), row[key])
        succeeded = row.get("completed_count", row["success_trials_count"] - row["failed_count"])
        expect(f"{scenario['row']} success_ratio", succeeded / row["success_trials_count"],
               row["success_ratio"])


def checks_of(verdict):
    return {(scenario["name"], check["id"]): {
        key: check[key] for key in ("metric", "status", "actual", "bound", "confidence", "samples",
                                    "effective_samples", "headroom")}
        for scenario in verdict["scenarios"] for check in scenario["checks"]}


def is_same(wanted, found):
    """Equal to the last digit; of a check of a rate what follows from the sum to SUM_TOLERANCE, and
    what follows from the windows to WINDOW_TOLERANCE."""
    if found is None or wanted["metric"] not in RATES:
        return wanted == found

    def is_near(key):
        one, other = wanted[key], found[key]
        if key not in ("actual", "bound", "headroom") or one is None or other is None:
            return one == other
        return math.isclose(one, other,
                            rel_tol=SUM_TOLERANCE if key == "actual" else WINDOW_TOLERANCE)
    return all(is_near(key) for key in wanted)


with ThreadPoolExecutor(shards) as at_once:
    list(at_once.map(measure, range(1, shards + 1)))
numbers = [f"shard-{number}" for number in range(1, shards + 1)]
results = [json.loads((work / f"{n}.json").read_text()) for n in numbers]
traces = [json.loads((work / f"{n}-trace.json").read_text()) for n in numbers]
pooled = pool(work / "pooled", numbers)
one_results, one_trace = one_file(results, traces)
(work / "one.json").write_text(json.dumps(one_results))
(work / "one-trace.json").write_text(json.dumps(one_trace))
pool(work / "one", ["one"])
compare_with_samples(pooled, one_trace, results)
of_one = judge(["one/pooled-trace.json"], ["one/pooled-results.json"])
of_pooled = judge(["pooled/pooled-trace.json"], ["pooled/pooled-results.json"])
of_shards = judge([f"{n}-trace.json" for n in numbers], [f"{n}.json" for n in numbers])
wanted, found = checks_of(of_one), checks_of(of_shards)
expect("the checks", sorted(wanted), sorted(found))
for key, check in wanted.items():
    if not is_same(check, found.get(key)):
        expect(" ".join(key), check, found.get(key))
expect("the verdict", of_one["summary"], of_shards["summary"])
expect("the verdict on pooled files", of_shards["scenarios"], of_pooled["scenarios"])
for difference in differences:
    print(difference)
judged = sum(1 for check in found.values() if check["actual"] is not None)
samples = sum(h["count"] for s in one_trace["scenarios"] for h in s["histograms"])
print(f"{shards} shards, {samples} samples, {judged} checks with a value, verdict "
      f"{of_shards['summary']['overall_status']}: {len(differences)} differences")
sys.exit(1 if differences or judged < 10 else 0)
