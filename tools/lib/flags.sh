# shellcheck shell=bash
# Sourced by the scripts beside it: the message about an unknown flag. No side effects
# when sourced.

# slo_unknown_flag ARGUMENT: a message that names the nearest of the flags (one a line, on stdin), by
# Levenshtein distance, when at most a third of it differs.
slo_unknown_flag() {
  ARGUMENT="${1%%=*}" awk '
    function smallest(a, b, c) { return a < b ? (a < c ? a : c) : (b < c ? b : c) }
    function distance(a, b,   i, j, diagonal, above, row) {
      for (j = 0; j <= length(b); j++) row[j] = j
      for (i = 1; i <= length(a); i++) {
        diagonal = row[0]
        row[0] = i
        for (j = 1; j <= length(b); j++) {
          above = row[j]
          row[j] = smallest(above + 1, row[j - 1] + 1,
                            diagonal + (substr(a, i, 1) != substr(b, j, 1)))
          diagonal = above
        }
      }
      return row[length(b)]
    }
    BEGIN { word = substr(ENVIRON["ARGUMENT"], 1, 100); nearest = ""; best = length(word) / 3 }
    { d = distance(word, $0); if (d <= best) { best = d; nearest = $0 } }
    END {
      gsub(/[^ -~]/, "?", word)
      printf "%s: unknown flag; %s\n", word,
             nearest != "" ? "did you mean " nearest "? see --help" : "see --help"
    }'
}
