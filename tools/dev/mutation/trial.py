"""Judges one mutant: compiles the objects that contain it, then runs the test programs that link them, nearest first."""

import hashlib
import re
import shutil
import time
from pathlib import Path

from . import children, mutant as mutants
from .build import BuildError

COMPILE_TIMEOUT = 300
SHORTEST_TIMEOUT = 10
PATIENCE = 5  # times the run without a change

KILLED, SURVIVED, EQUIVALENT, INVALID = "killed", "survived", "equivalent", "invalid"


class Trial:
    def __init__(self, build, programs, folder):
        self.build, self.programs, self.folder = build, programs, folder
        self.unchanged = {}  # batch -> digest of its object without a change; None: it is none

    def check_unchanged(self):
        """The tests pass as they are; how long they take. An unchanged file compiled the way mutants are
        gives the object code of the build."""
        work = self._work("unchanged")
        output, (_, name) = next(
            (o, c) for o, c in self.build.commands.items() if o in self.programs[0].objects)
        (work / name).parent.mkdir(parents=True)
        shutil.copy(self.build.source / name, work / name)
        children.run(self.build.compile_command((output,), name, work, work / "unchanged.o"),
                     COMPILE_TIMEOUT, work)
        if _digest(work / "unchanged.o") != _digest(self.build.folder / output):
            raise BuildError(f"{name}: expected the object code of the build when compiled alone, found other code")
        for program in self.programs:
            code, printed, program.seconds = children.run(
                [str(self.build.folder / program.name), "--gtest_brief=1"], 600, work,
                program.environment)
            if code != 0:
                raise BuildError(f"{program.name} fails without a change:\n{printed[-3000:]}")
        shutil.rmtree(work)

    def judge(self, mutant, worker):
        began = time.monotonic()
        work = self._work(str(worker))
        overlay = work / "overlay"
        path = overlay / mutant.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mutants.apply((self.build.source / mutant.file).read_bytes(), mutant))
        state, reason = self._judge(mutant, work, overlay)
        shutil.rmtree(work)
        return {"id": mutant.id, "state": state, "by": reason,
                "seconds": round(time.monotonic() - began, 3)}

    def _judge(self, mutant, work, overlay):
        programs = self.build.seen_by(mutant.file, self.programs)
        if not programs:
            return SURVIVED, "no test program contains it"
        is_source = mutant.file.endswith(".cc")
        compiled, all_equal = {}, True
        for program in programs:
            outputs = self.build.users[mutant.file] & program.objects - compiled.keys()
            for batch in self._batches(outputs, work):
                result = work / f"{len(compiled)}.o"
                code, _, _ = children.run(
                    self.build.compile_command(batch, mutant.file, overlay, result), COMPILE_TIMEOUT,
                    work)
                if code != 0:
                    return INVALID, "does not compile"
                compiled.update((output, result) for output in batch)
                all_equal = all_equal and _digest(result) == self.unchanged[batch]
            if is_source and all_equal:
                return EQUIVALENT, "same object code"
            state, reason = self._run(program, compiled, work)
            if state is not None:
                return state, reason
        if all_equal:
            return EQUIVALENT, "same object code"
        return SURVIVED, ", ".join(p.name for p in programs)

    def _batches(self, outputs, work):
        """Sources that cannot be compiled as one are compiled one by one."""
        batches = []
        for batch in self.build.batches(outputs):
            if len(batch) > 1 and self._digest_unchanged(batch, work) is None:
                batches += [(output,) for output in batch]
            else:
                batches.append(batch)
        for batch in batches:
            self._digest_unchanged(batch, work)
        return batches

    def _digest_unchanged(self, batch, work):
        if batch not in self.unchanged and len(batch) == 1:
            self.unchanged[batch] = _digest(self.build.folder / batch[0])
        elif batch not in self.unchanged:
            overlay, result = work / "unchanged", work / "unchanged.o"
            overlay.mkdir(exist_ok=True)
            code, _, _ = children.run(self.build.compile_command(batch, "", overlay, result),
                                      COMPILE_TIMEOUT, work)
            self.unchanged[batch] = _digest(result) if code == 0 else None
        return self.unchanged[batch]

    def _run(self, program, compiled, work):
        binary = work / Path(program.name).name
        command = self.build.link_command(program, compiled, binary)
        command = [_absolute(word, self.build.folder) for word in command]
        code, _, _ = children.run(command, COMPILE_TIMEOUT, work)
        if code != 0:
            return INVALID, "does not link"
        timeout = max(SHORTEST_TIMEOUT, PATIENCE * program.seconds)
        code, printed, _ = children.run([str(binary), "--gtest_brief=1", "--gtest_fail_fast"], timeout,
                                        work, program.environment)
        if code is None:
            return KILLED, f"{program.name}: timeout"
        if code != 0:
            failed = re.search(r"\[  FAILED  \] ([\w./]+)", printed)
            return KILLED, f"{program.name}: {failed[1] if failed else f'exit {code}'}"
        return None, ""

    def _work(self, name):
        work = self.folder / name
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        return work


def _absolute(word, folder):
    """The files of the build folder that a link command names."""
    return str(folder / word) if (folder / word).is_file() and not word.startswith("/") else word


def _digest(path):
    return hashlib.sha256(path.read_bytes()).digest()
