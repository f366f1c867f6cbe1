# Reads a profile of callgrind (--compress-strings=no) and prints a line for each function: its object and name, a tab,
# and the instructions that were executed in it, without those of the functions that it calls. Arguments of templates are
# left out of the names, which have thousands of characters otherwise; what then has one name is added up.
/^ob=/ {
  object = substr($0, 4)
  sub(/.*\//, "", object)
}
/^fn=/ { name = substr($0, 4) }
# The next line has the costs of what was called.
/^calls=/ {
  is_call = 1
  next
}
/^[-+*0-9]/ {
  if (!is_call) costs[object ": " name] += $NF
  is_call = 0
}

# The name with "<>" in place of every list of arguments of a template.
function short_name(name, i, c, depth, kept) {
  gsub(/operator(<<|<=>|<=|<)/, "operator_less", name)
  gsub(/(operator(>>|>=|->|>)|->)/, "operator_more", name)
  depth = 0
  kept = ""
  for (i = 1; i <= length(name); i++) {
    c = substr(name, i, 1)
    if (c == ">" && depth > 0) depth--
    if (depth == 0) kept = kept c
    if (c == "<") depth++
  }
  return substr(kept, 1, 200)
}
END {
  for (place in costs) short_costs[short_name(place)] += costs[place]
  for (place in short_costs) {
    if (short_costs[place] > 0) printf "%s\t%d\n", place, short_costs[place]
  }
}
