"""equivalents.json: mutants that change nothing, each with the reason why no test can see them."""

import json

FIELDS = ("file", "function", "operator", "before", "after", "reason")


def load(path):
    """The reasons by mutant key, and the errors in the file."""
    reasons, problems = {}, []
    try:
        entries = json.loads(path.read_text())["equivalents"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return {}, [f"{path}: expected an object with a list equivalents: {error}"]
    for index, entry in enumerate(entries):
        where = f"{path}: equivalents[{index}]"
        if not isinstance(entry, dict) or sorted(entry) != sorted(FIELDS) or not all(
                isinstance(value, str) and value for value in entry.values()):
            problems.append(f"{where}: expected texts {', '.join(FIELDS)}, and nothing else")
            continue
        key = tuple(entry[name] for name in FIELDS[:-1])
        if key in reasons:
            problems.append(f"{where}: expected once, found twice")
        reasons[key] = entry["reason"]
    return reasons, problems


def stale(reasons, files, mutants):
    """Entries for these files that match no mutant: the code has changed since."""
    keys = {m.key for m in mutants}
    return [key for key in reasons if key[0] in files and key not in keys]
