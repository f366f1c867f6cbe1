# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: the benchmarks of bench_workflow that two builds are compared by. One
# thread, because two processes share a core; no stored runs, because every process would have to make
# them.
readonly SLO_PAIRED_FAMILIES='^BM_(CreateRun|DispatchReady|RunnerStatus|ReadRun|RunPath)/shape:[a-z_]+/steps:[0-9]+(/stored_runs:0)?/manual_time$'

# Runs of the bursts that two builds are compared by in turn: enough for a 99th percentile, and a fraction of a
# second each.
readonly SLO_PAIRED_BURST_RUNS=1000
