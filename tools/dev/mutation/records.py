"""What was found out so far, one JSON object a line: an interrupted run continues from it.

A line counts only for the sources, tests and build that it was found with (their fingerprint).
"""

import json


class Records:
    def __init__(self, path, fingerprint, fresh=False):
        self.path, self.fingerprint = path, fingerprint
        self.results = {}
        if fresh:
            path.unlink(missing_ok=True)
        if path.exists():
            for line in path.read_text().split("\n"):
                self._take(line)

    def _take(self, line):
        try:
            record = json.loads(line)
        except ValueError:
            return  # empty, or cut off
        if isinstance(record, dict) and record.get("fingerprint") == self.fingerprint:
            self.results[record["id"]] = record

    def get(self, mutant):
        return self.results.get(mutant.id)

    def add(self, result):
        record = {**result, "fingerprint": self.fingerprint}
        self.results[record["id"]] = record
        with open(self.path, "a", encoding="utf-8") as file:
            # A line that was cut off is ended first.
            if file.tell() and self.path.read_bytes()[-1:] != b"\n":
                file.write("\n")
            file.write(json.dumps(record) + "\n")
