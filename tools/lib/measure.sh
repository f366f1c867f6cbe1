# Measures what thresholds/slo.json is about in several processes, one after another. Sourced.
# shellcheck shell=bash

# What one process measures long, several measure short, so that the time in all stays about the same.
# shellcheck disable=SC2034  # of those that source this
readonly SLO_PROCESSES_DEFAULT=10 SLO_SHORT_SOAK_RUNS=250
# shellcheck disable=SC2034
readonly SLO_SHORT_FLAGS=(--benchmark_min_time=0.01 --slo_open_runs=1250)

# Rows of stages differ less from process to process than scenarios, and to fill a store takes seconds.
readonly slo_stage_rows='^BM_(CreateRun|DispatchReady|RunnerStatus|ReadRun|RetainedRun)/'

# slo_measure_process BENCH DIRECTORY NAME I/N FLAG...: NAME-results.json, -trace.json and -trace.hlog.
slo_measure_process() {
  "$1" "${@:5}" "--slo_process=$4" "--slo_trace=$2/$3-trace.json" --benchmark_format=json >"$2/$3-results.json"
}

# slo_measure BENCH DIRECTORY PROCESSES FLAG...: the rows of stages in three of five processes, unless the flags select
# rows. Fails with the first process that fails.
slo_measure() {
  local bench="$1" directory="$2" processes="$3" process fewer=$((($3 * 3 + 4) / 5))
  shift 3
  # The spread between less than four says too little.
  if ((fewer < 4)); then fewer="$((processes < 4 ? processes : 4))"; fi
  for ((process = 1; process <= processes; ++process)); do
    if [[ "$processes" -eq 1 || " $*" == *' --benchmark_filter='* ]]; then
      slo_measure_process "$bench" "$directory" "$process" "$process/$processes" "$@" || return
      continue
    fi
    slo_measure_process "$bench" "$directory" "$process" "$process/$processes" "$@" \
      "--benchmark_filter=-$slo_stage_rows" || return
    if ((process <= fewer)); then
      slo_measure_process "$bench" "$directory" "$process-stages" "$process/$fewer" "$@" \
        --benchmark_min_time=0.02 "--benchmark_filter=$slo_stage_rows" || return
    fi
  done
}
