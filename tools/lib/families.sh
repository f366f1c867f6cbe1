# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: which benchmarks of bench_workflow two builds are compared by. One
# thread, since two processes share a core; no stored runs, since every process would have to make
# them.
readonly SLO_PAIRED_FAMILIES='^BM_(CreateRun|DispatchReady|RunnerStatus|ReadRun|RunPath)/shape:[a-z_]+/steps:[0-9]+(/stored_runs:0)?/manual_time$'
