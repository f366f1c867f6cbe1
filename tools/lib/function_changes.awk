# function_changes.awk BASELINE COUNTED: two files as tools/count-instructions --functions writes them. Prints for each row
# of both whose sum differs the sums and the functions that make the difference, the largest first. -v most_rows=N
# and -v most_functions=N limit what is printed.
BEGIN { FS = "\t" }
FNR == 1 {
  file++
  for (i = 2; i <= NF; i++) {
    row_of[i] = $i
    rows[file, $i] = 1
    if (file == 1) baseline_rows[++row_count] = $i
  }
  next
}
{
  functions[$1] = 1
  for (i = 2; i <= NF; i++) {
    costs[file, row_of[i], $1] = $i
    sums[file, row_of[i]] += $i
  }
}
function magnitude(number) { return number < 0 ? -number : number }
# The functions of the row that differ, the largest difference first.
function print_functions(row, printed, name, change, largest, left) {
  for (name in functions) {
    change = costs[2, row, name] - costs[1, row, name]
    if (change != 0) changes[name] = change
  }
  for (printed = 0; printed < most_functions; printed++) {
    largest = ""
    for (name in changes) {
      if (largest == "" || magnitude(changes[name]) > magnitude(changes[largest]) ||
          (magnitude(changes[name]) == magnitude(changes[largest]) && name < largest)) largest = name
    }
    if (largest == "") break
    printf "  %+14.3f  %s\n", changes[largest], largest
    delete changes[largest]
  }
  left = 0
  for (name in changes) left++
  if (left > 0) printf "                  and %d more functions\n", left
  split("", changes)
}
END {
  for (i = 1; i <= row_count; i++) {
    row = baseline_rows[i]
    if (!((2, row) in rows)) continue
    compared++
    change = sums[2, row] - sums[1, row]
    if (change == 0) continue
    if (++differing > most_rows) continue
    printf "%s: %.3f instead of %.3f instructions (%+.4f %%)\n", row, sums[2, row], sums[1, row],
      100 * change / sums[1, row]
    print_functions(row)
  }
  if (differing > most_rows) printf "and %d more rows\n", differing - most_rows
  if (!differing) printf "the instructions of %d rows equal those of the baseline\n", compared
}
