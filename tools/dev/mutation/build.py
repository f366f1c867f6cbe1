"""The build of the copy: which object files contain a source, and which test programs link them.

Mutants are compiled beside the build, not in it: the changed file lies in a folder of its own that is
searched first, and its objects precede the libraries on the link line. So the copy and its build stay as
they were whatever happens to a mutant, and several can be judged at the same time.
"""

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path


class BuildError(Exception):
    """The unchanged sources cannot be built or do not pass their tests."""


@dataclass
class Program:
    """A test program; its name is its path in the build folder."""
    name: str
    objects: set  # of its own and of the libraries that it links
    libraries: int
    link: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)
    seconds: float = 0.0  # of a run without a change

    @property
    def folder(self):
        return str(Path(self.name).parent)


def generated_headers(ninja):
    """Files that a command of the build writes. A source that includes one can be parsed only after that."""
    return [word for outputs in re.findall(r"^build ([^:|]*)[^:]*: CUSTOM_COMMAND", ninja, re.M)
            for word in outputs.split() if word.endswith(".h")]


class Build:
    def __init__(self, source, folder, log):
        self.source, self.folder, self.log = source, folder, log
        self.commands = {}  # object file -> (command, source file)
        self.users = {}  # file of ours -> the object files that contain it

    # ---- Configuring and building the unchanged sources ----

    def configure(self):
        flags = ["-DCMAKE_BUILD_TYPE=Mutate", "-DCMAKE_CXX_FLAGS=-O1", "-DCMAKE_UNITY_BUILD=OFF",
                 "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DCMAKE_CXX_EXTENSIONS=OFF", "-DSLO_WERROR=OFF"]
        for linker in ("lld", "gold"):
            if shutil.which(f"ld.{linker}"):
                flags.append(f"-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld={linker}")
                break
        self._run("cmake", "-S", self.source, "-B", self.folder, "-G", "Ninja", *flags)
        for entry in json.loads((self.folder / "compile_commands.json").read_text()):
            words = shlex.split(entry["command"])
            output = words[words.index("-o") + 1]
            self.commands[output] = entry["command"], str(Path(entry["file"]).relative_to(self.source))

        headers = generated_headers((self.folder / "build.ninja").read_text())
        if headers:
            self._run("ninja", "-C", self.folder, *headers)

    def command_for(self, name):
        """A command that compiles the file, or for a header one of its folder, or any."""
        near = [c for c, source in self.commands.values() if source == name]
        near += [c for c, source in self.commands.values() if Path(source).parent == Path(name).parent]
        return (near or [c for c, _ in self.commands.values()])[0]

    def programs(self):
        """GoogleTest programs whose tests ctest lists one by one; the nearest to everything first."""
        found = []
        for line in (self.folder / "build.ninja").read_text().split("\n"):
            match = re.match(r"build (\S+)[^:]*: CXX_EXECUTABLE_LINKER\S* (.*)", line)
            if not match or "_test.cc.o" not in match[2]:
                continue
            name = match[1]
            if (self.folder / f"{name}[1]_include.cmake").exists():
                inputs = self._run("ninja", "-C", self.folder, "-t", "inputs", name).split("\n")
                inputs = [line.strip() for line in inputs]
                found.append(Program(name, {i for i in inputs if i in self.commands},
                                     sum(i.endswith(".a") and not i.startswith("/") for i in inputs)))
        return sorted(found, key=lambda p: (p.libraries, p.name))

    def build(self, programs, jobs):
        """The unit and integration tests among the programs, built. Calibration takes too long."""
        if not programs:
            return []
        names = [p.name for p in programs]
        self._run("ninja", "-C", self.folder, f"-j{jobs}", *names)
        listed = json.loads(self._run("ctest", "--test-dir", self.folder, "--show-only=json-v1"))["tests"]
        properties = {test["command"][0]: {p["name"]: p["value"] for p in test.get("properties", [])}
                      for test in listed if test.get("command")}
        units = []
        for program in programs:
            found = properties.get(str(self.folder / program.name), {})
            if not {"unit", "integration"} & set(found.get("LABELS", [])):
                continue
            program.link = self._link_command(program.name)
            program.environment = dict(pair.split("=", 1) for pair in found.get("ENVIRONMENT", []))
            units.append(program)
        self._read_dependencies()
        return units

    def seen_by(self, name, programs):
        """The programs that a change of the file can reach: its folder's first, then the nearest."""
        objects = self.users.get(name, set())
        reached = [p for p in programs if p.objects & objects]
        return sorted(reached, key=lambda p: (p.folder != str(Path(name).parent), p.libraries, p.name))

    def _link_command(self, name):
        text = self._run("ninja", "-C", self.folder, "-t", "commands", "-s", name)
        for part in text.split("&&"):
            words = shlex.split(part)
            if "-o" in words and words[words.index("-o") + 1] == name:
                return words
        raise BuildError(f"{name}: no link command in: {text}")

    def _read_dependencies(self):
        self.users = {}
        for output, (_, source) in self.commands.items():
            self.users.setdefault(source, set()).add(output)
        output = ""
        for line in self._run("ninja", "-C", self.folder, "-t", "deps").split("\n"):
            if line and not line.startswith(" "):
                output = line.split(":")[0]
            elif line.strip().startswith(str(self.source) + "/") and output in self.commands:
                name = str(Path(line.strip()).relative_to(self.source))
                self.users.setdefault(name, set()).add(output)

    def _run(self, *command):
        run = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                             check=False)
        self.log.write(run.stdout[-20000:] + run.stderr[-20000:])
        self.log.flush()
        if run.returncode != 0:
            tail = "\n".join((run.stdout + run.stderr).split("\n")[-30:])
            raise BuildError(f"{shlex.join(map(str, command))}: exit {run.returncode}\n{tail}")
        return run.stdout

    # ---- Compiling and linking a changed file ----

    def batches(self, outputs):
        """The objects, those together that can be compiled as one source: most of a source's time is its
        headers, and a header gets into many. Names in anonymous namespaces differ within a target."""
        together = {}
        for output in sorted(outputs):
            command, source = self.commands[output]
            words = shlex.split(command)
            for flag in ("-o", "-c"):
                del words[words.index(flag):words.index(flag) + 2]
            # A source that replaces operator new is compiled alone.
            alone = output if "operator new(" in (self.source / source).read_text() else ""
            target = output.split(".dir/")[0]
            together.setdefault((target, tuple(words), alone), []).append(output)
        return [tuple(batch) for batch in together.values()]

    def compile_command(self, batch, name, overlay, result):
        """The command for one object of a batch, with the file of that name taken from the folder overlay."""
        words = shlex.split(self.commands[batch[0]][0])
        sources = [str((overlay if source == name else self.source) / source)
                   for source in (self.commands[output][1] for output in batch)]
        if len(batch) > 1:
            unity = overlay / "unity.cc"
            unity.write_text("".join(f'#include "{source}"\n' for source in sources))
            sources = [str(unity)]
            words.append("-O0")  # takes two thirds of the time
        words[words.index("-o") + 1] = str(result)
        words[words.index("-c") + 1] = sources[0]
        return [words[0], f"-I{overlay}", f"-ffile-prefix-map={overlay}={self.source}", *words[1:]]

    def link_command(self, program, objects, result):
        """objects: the changed objects, by the output that they replace. One object may replace several."""
        at = program.link.index("-o") + 1
        words = program.link[:at] + [str(result)]
        words += [output for output in objects if output in program.objects and output not in program.link]
        words += program.link[at + 1:]
        seen, command = set(), []
        for word in words:
            path = str(objects.get(word, word))
            if word in objects and path in seen:
                continue
            seen.add(path)
            command.append(path)
        return command
