#!/usr/bin/env bash
# style_layering.sh ROOT: who may include whom. fixtures/ and bench/ on one side and tools/ on the
# other know each other only through files; tools/stats, tools/cli and tools/files are leaves for both.
set -euo pipefail
cd "$1"

status=0
# forbid WHERE PATTERN REASON: no include in WHERE may match PATTERN.
forbid() {
  local hits
  hits="$(grep -rnE --include='*.h' --include='*.cc' "#include \"($2)" "$1" || true)"
  if [[ -n "$hits" ]]; then
    printf '%s\n  %s\n' "$hits" "$3"
    status=1
  fi
}

forbid fixtures/domain 'fixtures/(store|sqlite|api|runner|transport|http|conformance)/' 'domain uses nothing'
forbid fixtures/domain 'nlohmann' 'domain knows no JSON'
forbid fixtures/store 'fixtures/(sqlite|api|runner|transport|http|conformance)/|nlohmann' 'store uses domain only'
forbid fixtures/sqlite 'fixtures/(api|runner|transport|http|conformance)/' 'the database knows domain and store only'
forbid fixtures/runner 'fixtures/(store|api|transport|http|conformance)/' 'runner uses domain only'
forbid fixtures/api 'fixtures/(sqlite|transport|http|conformance)/' 'api does not know its transports'
forbid fixtures/transport 'fixtures/(http|conformance)/' 'transport does not know HTTP'
forbid fixtures/http 'fixtures/conformance/' 'http knows the transport only'
forbid fixtures 'bench/|tools/' 'fixtures know neither bench nor tools'
forbid bench 'tools/(paired_bench|regression|results|slo_gate)/' 'bench knows the gate only through files'
forbid bench/workload 'benchmark/' 'the workload does not know Google Benchmark'
forbid tools 'fixtures/|bench/' 'tools know fixtures and bench only through files'
forbid tools/shards 'tools/(paired_bench|regression|slo_gate)/' 'shards are pooled, not judged'
forbid tools/stats 'tools/(shards|cli|paired_bench|regression|results|slo_gate)/' 'stats is a leaf'
forbid tools/cli 'tools/(files|paired_bench|regression|results|slo_gate|stats)/' 'cli is a leaf'
forbid tools/files 'tools/(cli|paired_bench|regression|results|slo_gate|stats)/' 'files is a leaf'
forbid tools/results 'tools/(shards|paired_bench|regression|slo_gate|stats)/' 'results are read, not judged'
forbid tools/regression 'tools/(paired_bench|slo_gate)/' 'what collector and gate share knows neither'
forbid tools/paired_bench 'tools/slo_gate/' 'the collector knows the gate only through files'
forbid tools/slo_gate 'tools/paired_bench/' 'the gate knows the collector only through files'
exit "$status"
