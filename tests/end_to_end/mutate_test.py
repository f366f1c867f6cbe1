#!/usr/bin/python3
"""tools/dev/mutate without building anything: mutate_test.py ROOT. Exit 77 without libclang's bindings."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "tools/dev"))
sys.dont_write_bytecode = True
try:
    from clang.cindex import Index, LibclangError
    Index.create()
except (ImportError, LibclangError) as missing:
    print(f"skipped: python3-clang, for libclang's bindings: {missing}")
    sys.exit(77)

from mutation import (children, equivalents, flags, interval, mutant, report, sample, sources,  # noqa: E402
                      syntax, trial)
from mutation.build import Build, Program, generated_headers  # noqa: E402
from mutation.records import Records  # noqa: E402


def mutants(code):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.cc"
        path.write_text(code)
        return syntax.generate(path, "tools/code.cc", ["-std=c++20"])


def changes(code, operator):
    """Of one line of code that stands in a function: what becomes of it."""
    return [m.after for m in mutants(code) if m.operator == operator]


class Operators(unittest.TestCase):
    def test_a_relation_gets_its_boundary_and_its_opposite(self):
        for symbol, others in (("<", ["<=", ">="]), ("<=", ["<", ">"]), (">", ["<=", ">="]),
                               (">=", ["<", ">"]), ("==", ["!="]), ("!=", ["=="])):
            found = changes(f"bool F(int a, int b) {{\nreturn a {symbol} b;\n}}", "relational")
            self.assertEqual(found, [f"return a {other} b;" for other in others])

    def test_a_relation_between_objects_too(self):
        code = "struct S { int x; bool operator==(const S&) const; };\nbool F(S a, S b) {\nreturn a == b;\n}"
        self.assertEqual(changes(code, "relational"), ["return a != b;"])

    def test_arithmetic(self):
        for symbol, other in (("+", "-"), ("-", "+"), ("*", "/"), ("/", "*"), ("%", "*")):
            found = changes(f"int F(int a, int b) {{\nreturn a {symbol} b;\n}}", "arithmetic")
            self.assertEqual(found, [f"return a {other} b;"])
        self.assertEqual(changes("void F(int& a) {\na += 3;\n}", "arithmetic"), ["a -= 3;"])
        self.assertEqual(changes("void F(int& a) {\n++a;\n}", "arithmetic"), ["--a;"])
        self.assertEqual(changes("int F(int a) {\nreturn -a;\n}", "arithmetic"), ["return a;"])

    def test_logical_operators_and_negations(self):
        code = "bool F(bool a, bool b) {\nreturn !a && b;\n}"
        self.assertEqual(changes(code, "logical"), ["return !a || b;"])
        self.assertEqual(changes(code, "negation"), ["return a && b;"])

    def test_conditions(self):
        self.assertEqual(changes("int F(bool a) {\nif (a) return 1;\nreturn 2;\n}", "condition"),
                         ["if (!(a)) return 1;"])
        self.assertEqual(changes("int F(bool a) {\nreturn a ? 1 : 2;\n}", "condition"),
                         ["return !(a) ? 1 : 2;"])
        self.assertEqual(changes("void G();\nvoid F(bool a) {\nwhile (a) G();\n}", "condition"),
                         ["while (!(a)) G();"])

    def test_conditions_that_relations_and_negations_cover_already(self):
        self.assertEqual(changes("int F(int a) {\nif (a < 1) return 1;\nreturn 2;\n}", "condition"), [])
        self.assertEqual(changes("int F(bool a) {\nif (!a) return 1;\nreturn 2;\n}", "condition"), [])

    def test_constants_by_one_and_by_two(self):
        self.assertEqual(changes("int F() {\nreturn 1'000;\n}", "constant"),
                         ["return 1001;", "return 1002;", "return 998;", "return 999;"])
        self.assertEqual(changes("unsigned F() {\nreturn 1u;\n}", "constant"),
                         ["return 0u;", "return 2u;", "return 3u;"])
        self.assertEqual(changes("int F() {\nreturn 1;\n}", "constant"),
                         ["return (-1);", "return 0;", "return 2;", "return 3;"])
        self.assertEqual(changes("double F() {\nreturn 0.95;\n}", "constant"),
                         ["return (-0.05);", "return (-1.05);", "return 1.95;", "return 2.95;"])
        self.assertEqual(changes("bool F() {\nreturn true;\n}", "constant"), ["return false;"])

    def test_statements_that_go_leave_the_lines_where_they_were(self):
        code = "void G(int, int);\nvoid F(bool a) {\nG(1,\n  2);\nif (a) {\n  return;\n}\nG(3, 4);\n}"
        gone = [m for m in mutants(code) if m.operator == "removal"]
        self.assertEqual([m.line for m in gone], [3, 5, 6, 8])
        for m in gone:
            self.assertEqual(mutant.apply(code.encode(), m).count(b"\n"), code.count("\n"))
        self.assertEqual(gone[-1].after, ";")

    def test_breaks_and_branches_go(self):
        code = ("void G();\nvoid F(int a) {\nfor (int i = 0; i < a; ++i) {\nif (i > 3) break;\n"
                "if (i > 2) G(); else G();\n}\n}")
        self.assertEqual(changes(code, "removal"),
                         [";", "if (i > 3) ;", "if (i > 2) ; else G();", "if (i > 2) G(); else ;"])

    def test_functions_return_at_once(self):
        self.assertEqual(changes("void G();\nvoid F() {\nG();\n}", "return"), ["void F() { return;"])
        self.assertEqual(changes("bool F(int a) {\nreturn a > 1;\n}", "return"),
                         ["bool F(int a) { return false;", "bool F(int a) { return true;"])
        self.assertEqual(changes("int F(int a) {\nreturn a;\n}", "return"), ["int F(int a) { return {};"])
        self.assertEqual(changes("struct S {}; S F() {\nreturn {};\n}", "return"), [])

    def test_neighbouring_arguments_of_one_type_change_places(self):
        code = "int G(int, int, const char*);\nint F(int a, int b) {\nreturn G(a, b, \"\");\n}"
        self.assertEqual(changes(code, "swap"), ["return G(b, a, \"\");"])
        self.assertEqual(changes("int G(int, int);\nint F(int a) {\nreturn G(a, a);\n}", "swap"), [])
        code = "namespace slo { struct S { int x, y; };\nS F(int a, int b) {\nreturn S{a, b};\n} }"
        self.assertEqual(changes(code, "swap"), ["return S{b, a};"])

    def test_a_call_becomes_its_argument(self):
        code = "double ceil(double);\ndouble F(double a) {\nreturn ceil(a * a);\n}"
        self.assertEqual(changes(code, "call"), ["return (a * a);"])

    def test_what_is_left_out(self):
        for code in ("#define ABSL_HARDENING_ASSERT(x) ((x) ? void() : __builtin_abort())\n"
                     "void F(int a) {\nABSL_HARDENING_ASSERT(a > 3);\n}",
                     "void F() {\nstatic_assert(1 < 2);\n}",
                     "struct V { void reserve(int); };\nvoid F(V& v) {\nv.reserve(3 + 4);\n}",
                     "void AssertPositive(int);\nvoid F(int a) {\nAssertPositive(a + 1);\n}",
                     "const char* F() {\nreturn \"1 < 2\";\n}",
                     "const char* StrCat(const char*, const char*);\nconst char* F(int a) {\n"
                     "return StrCat(\"x\", a > 1 ? \"many\" : \"one\");\n}"):
            self.assertEqual([m.after for m in mutants(code) if m.operator != "return"], [], code)

    def test_a_loop_keeps_counting(self):
        found = mutants("void G();\nvoid F(int a) {\nfor (int i = 0; i < a; ++i) G();\n}")
        self.assertNotIn("arithmetic", {m.operator for m in found})
        self.assertIn("relational", {m.operator for m in found})

    def test_functions_have_the_names_of_their_classes(self):
        code = "namespace n { struct S { int F(int a); }; }\nint n::S::F(int a) {\nreturn a + 1;\n}"
        self.assertEqual({m.function for m in mutants(code)}, {"S::F"})

    def test_what_does_not_parse_is_an_error_with_its_place(self):
        with self.assertRaisesRegex(syntax.ParseError, "code.cc:1: "):
            mutants("int F( {")


class Mutants(unittest.TestCase):
    CODE = "int F(int a) {\n  return a + 1;\n}\n"

    def test_keep_their_ids_when_lines_move(self):
        before, after = mutants(self.CODE), mutants("// new\n\n" + self.CODE)
        self.assertEqual([m.id for m in before], [m.id for m in after])
        self.assertEqual([m.line + 2 for m in before], [m.line for m in after])

    def test_equal_lines_of_one_function_have_different_ids(self):
        found = mutants("void G(int);\nvoid F() {\nG(1);\nG(1);\n}")
        self.assertEqual(len({m.id for m in found}), len(found))

    def test_a_diff_names_the_function(self):
        changed = next(m for m in mutants(self.CODE) if m.operator == "arithmetic")
        text = mutant.diff(self.CODE.encode(), changed)
        self.assertIn("--- a/tools/code.cc\n+++ b/tools/code.cc\n@@ -1,3 +1,3 @@ F\n", text)
        self.assertIn("-  return a + 1;\n+  return a - 1;\n", text)


class Interval(unittest.TestCase):
    def test_equals_published_limits(self):
        for successes, trials, lower, upper in ((0, 10, 0, 0.3084971), (10, 10, 0.6915029, 1),
                                                (5, 10, 0.1870860, 0.8129140),
                                                (81, 263, 0.2527350, 0.3676219)):
            found = interval.clopper_pearson(successes, trials)
            self.assertAlmostEqual(found[0], lower, 4)
            self.assertAlmostEqual(found[1], upper, 4)

    def test_nothing_judged_says_nothing(self):
        self.assertEqual(interval.clopper_pearson(0, 0), (0.0, 1.0))

    def test_is_symmetric_and_shrinks(self):
        low, high = interval.clopper_pearson(30, 100)
        mirrored = interval.clopper_pearson(70, 100)
        self.assertAlmostEqual(low, 1 - mirrored[1], 9)
        more = interval.clopper_pearson(300, 1000)
        self.assertTrue(low < more[0] < 0.3 < more[1] < high)


class Sample(unittest.TestCase):
    MUTANTS = mutants("int F(int a, int b) {\nreturn (a + b) * (a - b) / 7 + 1000 % a;\n}")

    def records(self, folder, **flags_):
        return Records(Path(folder) / "results.jsonl", "f", **flags_)

    def judge(self, records, wanted, states=("killed",)):
        judged = []

        def judge_all(batch):
            for m in batch:
                judged.append(m)
                records.add({"id": m.id, "state": states[len(judged) % len(states)], "by": "",
                             "seconds": 1})
        return sample.judge(sample.shuffled(self.MUTANTS, 1), wanted, judge_all, records), judged

    def test_is_the_same_for_the_same_seed(self):
        order = [m.id for m in sample.shuffled(self.MUTANTS, 1)]
        self.assertEqual(order, [m.id for m in sample.shuffled(self.MUTANTS, 1)])
        self.assertNotEqual(order, [m.id for m in sample.shuffled(self.MUTANTS, 2)])
        self.assertCountEqual(order, [m.id for m in self.MUTANTS])

    def test_replaces_what_does_not_compile(self):
        with tempfile.TemporaryDirectory() as folder:
            records = self.records(folder)
            taken, _ = self.judge(records, 5, ("killed", "invalid"))
            self.assertEqual(sum(records.get(m)["state"] == "killed" for m in taken), 5)
            self.assertGreater(len(taken), 5)

    def test_takes_all_when_there_are_no_more(self):
        with tempfile.TemporaryDirectory() as folder:
            taken, _ = self.judge(self.records(folder), 10**6)
            self.assertEqual(len(taken), len(self.MUTANTS))

    def test_goes_on_where_it_was_interrupted(self):
        with tempfile.TemporaryDirectory() as folder:
            first, _ = self.judge(self.records(folder), 3)
            path = Path(folder) / "results.jsonl"
            path.write_text(path.read_text() + '{"id": "cut o')
            again, judged = self.judge(self.records(folder), 5)
            self.assertEqual(again[:3], first)
            self.assertEqual(judged, again[3:])
            _, judged = self.judge(self.records(folder), 5)
            self.assertEqual(judged, [])

    def test_forgets_what_other_sources_gave_and_what_it_is_told_to(self):
        with tempfile.TemporaryDirectory() as folder:
            self.judge(self.records(folder), 3)
            self.assertEqual(Records(Path(folder) / "results.jsonl", "other").results, {})
            self.assertEqual(self.records(folder, fresh=True).results, {})


class Reports(unittest.TestCase):
    def report(self, states, listed=()):
        found = Sample.MUTANTS[:len(states)]
        records = {m: {"id": m.id, "state": s, "by": "", "seconds": i}
                   for i, (m, s) in enumerate(zip(found, states))}
        return report.Report(found, records, {found[i].key: "why" for i in listed})

    def test_scores_what_was_killed_of_what_could_be(self):
        total = self.report(["killed", "killed", "killed", "survived", "equivalent", "invalid"]).total()
        self.assertEqual((total["judged"], total["killed"], total["score"]), (4, 3, 0.75))
        self.assertEqual((total["equivalent"], total["invalid"], total["median_seconds"]), (1, 1, 2))

    def test_a_listed_survivor_is_equivalent(self):
        found = self.report(["survived", "survived"], listed=[1])
        self.assertEqual(len(found.survivors), 1)
        self.assertEqual(found.total()["equivalent_listed"], 1)

    def test_a_listed_mutant_that_a_test_noticed_is_wrongly_listed(self):
        self.assertEqual(len(self.report(["killed", "killed"], listed=[0]).wrongly_listed), 1)

    def test_entries_that_nothing_matches_are_stale(self):
        key = Sample.MUTANTS[0].key
        gone = ("tools/code.cc", "G", "constant", "1", "2")
        reasons = {key: "why", gone: "why", ("tools/other.cc", *gone[1:]): "why"}
        self.assertEqual(equivalents.stale(reasons, {"tools/code.cc"}, Sample.MUTANTS), [gone])

    def test_the_list_of_equivalents_can_be_read_and_names_files_that_there_are(self):
        reasons, problems = equivalents.load(ROOT / "tools/dev/mutation/equivalents.json")
        self.assertEqual(problems, [])
        self.assertEqual([key[0] for key in reasons if not (ROOT / key[0]).is_file()], [])

    def test_a_list_with_an_unknown_member_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "equivalents.json"
            path.write_text(json.dumps({"equivalents": [{"file": "a", "reason": "b"}]}))
            self.assertRegex(equivalents.load(path)[1][0], r"equivalents\[0\]: expected texts file")


class FakeBuild:
    """One source in one program; compiling and linking are commands of a shell."""
    def __init__(self, folder, compile_, test, mutated=b"mutated"):
        self.source = self.folder = Path(folder)
        (self.source / "tools").mkdir()
        (self.source / "tools/code.cc").write_text(Mutants.CODE)
        (self.folder / "code.o").write_bytes(b"original")
        self.users = {"tools/code.cc": {"code.o"}}
        self.compile, self.test, self.object = compile_, test, mutated

    def seen_by(self, _, programs):
        return programs

    def batches(self, outputs):
        return [tuple(outputs)] if outputs else []

    def compile_command(self, _batch, _name, _overlay, result):
        result.write_bytes(self.object)
        return ["sh", "-c", self.compile]

    def link_command(self, _program, _objects, result):
        return ["sh", "-c", f"printf '#!/bin/sh\\n{self.test}\\n' > {result}; chmod +x {result}"]


class Trials(unittest.TestCase):
    def judge(self, compile_="true", test="true", **more):
        program = SimpleNamespace(name="tools/x_test", objects={"code.o"}, environment={}, seconds=0)
        with tempfile.TemporaryDirectory() as folder:
            build = FakeBuild(folder, compile_, test, **more)
            found = trial.Trial(build, [program], Path(folder) / "trials").judge(
                mutants(Mutants.CODE)[0], 0)
            self.assertEqual((build.source / "tools/code.cc").read_text(), Mutants.CODE)
            return found["state"]

    def test_says_what_became_of_a_mutant(self):
        self.assertEqual(self.judge(test="exit 1"), "killed")
        self.assertEqual(self.judge(test="exit 0"), "survived")
        self.assertEqual(self.judge(compile_="false"), "invalid")
        self.assertEqual(self.judge(test="exit 1", mutated=b"original"), "equivalent")

    def test_a_timeout_is_a_kill(self):
        shortest, trial.SHORTEST_TIMEOUT = trial.SHORTEST_TIMEOUT, 0.2
        try:
            self.assertEqual(self.judge(test="sleep 60"), "killed")
        finally:
            trial.SHORTEST_TIMEOUT = shortest

    def test_endless_output_is_neither_kept_nor_waited_for(self):
        with tempfile.TemporaryDirectory() as folder:
            code, printed, _ = children.run(["yes"], 0.3, Path(folder))
        self.assertIsNone(code)
        self.assertLessEqual(len(printed), children.KEPT_OUTPUT)


class GeneratedHeaders(unittest.TestCase):
    def test_are_the_headers_that_a_command_of_the_build_writes(self):
        self.assertEqual(generated_headers(
            "build bench/revision: phony bench/other.h\n"
            "build bench/stamp bench/revision.h | ${workdir}bench/revision.h: CUSTOM_COMMAND\n"
            "build a.o: CXX_COMPILER a.h\n"
            "build notes.txt: CUSTOM_COMMAND\n"), ["bench/revision.h"])


class Commands(unittest.TestCase):
    """How a changed file is compiled and linked beside the build; nothing is run."""
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = Build(Path(folder.name), Path(folder.name) / "build", None)
        self.overlay = Path(folder.name) / "overlay"
        self.overlay.mkdir()
        for target, name in (("lib", "a"), ("lib", "b"), ("lib", "c"), ("t", "a_test")):
            output = f"CMakeFiles/{target}.dir/{name}.cc.o"
            (Path(folder.name) / f"{name}.cc").write_text(
                "void* operator new(size_t);" if name == "c" else "")
            self.build.commands[output] = (f"c++ -O1 -I{folder.name} -o {output} -c x.cc", f"{name}.cc")
        self.outputs = sorted(self.build.commands)
        self.program = Program("t", set(self.outputs), 1, link=[
            "c++", "CMakeFiles/t.dir/a_test.cc.o", "-o", "t", "libslo_lib.a"])

    def test_sources_of_a_target_are_compiled_together_but_what_replaces_new(self):
        self.assertEqual(self.build.batches(self.outputs), [
            ("CMakeFiles/lib.dir/a.cc.o", "CMakeFiles/lib.dir/b.cc.o"), ("CMakeFiles/lib.dir/c.cc.o",),
            ("CMakeFiles/t.dir/a_test.cc.o",)])

    def test_a_changed_source_is_taken_from_its_folder(self):
        command = self.build.compile_command(self.outputs[:1], "a.cc", self.overlay, "out.o")
        self.assertEqual(command[command.index("-c") + 1], str(self.overlay / "a.cc"))
        self.assertEqual(command[command.index("-o") + 1], "out.o")
        self.assertEqual(command[1], f"-I{self.overlay}")

    def test_a_changed_header_is_found_first(self):
        command = self.build.compile_command(self.outputs[:2], "a.h", self.overlay, "out.o")
        self.assertEqual(command[1], f"-I{self.overlay}")
        self.assertEqual(
            (self.overlay / "unity.cc").read_text(),
            "".join(f'#include "{self.build.source}/{name}.cc"\n' for name in ("a", "b")))

    def test_objects_of_libraries_precede_them_and_own_ones_are_replaced(self):
        together = {output: Path("u.o") for output in self.outputs[:2]}
        command = self.build.link_command(self.program, {**together, self.outputs[3]: Path("t.o")}, "r")
        self.assertEqual(command, ["c++", "t.o", "-o", "r", "u.o", "libslo_lib.a"])

    def test_a_program_sees_what_it_contains_its_own_folder_first(self):
        near = Program("tools/stats/stats_test", {"a.o"}, 1)
        far = Program("tools/slo_gate/slo_gate_test", {"a.o", "b.o"}, 7)
        other = Program("tools/cli/cli_test", {"b.o"}, 1)
        self.build.users = {"tools/stats/a.cc": {"a.o"}, "tools/slo_gate/b.cc": {"b.o"}}
        self.assertEqual(self.build.seen_by("tools/stats/a.cc", [far, other, near]), [near, far])
        self.assertEqual(self.build.seen_by("tools/slo_gate/b.cc", [near, other, far]), [far, other])
        self.assertEqual(self.build.seen_by("tools/cli/c.cc", [near, other, far]), [])


class Sources(unittest.TestCase):
    def test_globs_name_files_folders_and_choices(self):
        names = ["tools/stats/a.cc", "tools/stats/a_test.cc", "tools/slo_gate/cli/main.cc",
                 "tools/slo_gate/b.h", "tools/slo_gate/comparison/pairs_testing.h", "README.md", "bench/c.cc"]
        self.assertEqual(sources.select(names, ["*"]),
                         ["tools/stats/a.cc", "tools/slo_gate/b.h", "bench/c.cc"])
        self.assertEqual(sources.select(names, ["tools/{stats,slo_gate}"]),
                         ["tools/stats/a.cc", "tools/slo_gate/b.h"])
        self.assertEqual(sources.select(names, ["*.h"]), ["tools/slo_gate/b.h"])

    def test_changed_lines_and_the_copy(self):
        with tempfile.TemporaryDirectory() as folder:
            tree, copy = Path(folder) / "tree", Path(folder) / "copy"
            (tree / "tools").mkdir(parents=True)
            git = ["git", "-C", str(tree), "-c", "user.name=x", "-c", "user.email=x@example.org"]
            (tree / "tools/a.cc").write_text("1\n2\n3\n")
            for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
                subprocess.run([*git, *command], check=True)
            (tree / "tools/a.cc").write_text("1\n2b\n2c\n3\n")
            (tree / "tools/b.cc").write_text("new\n")
            self.assertEqual(sources.changed_lines(tree, "HEAD"), {"tools/a.cc": {2, 3}})
            self.assertEqual(sources.new_files(tree, "HEAD"), {"tools/b.cc"})
            names = sources.synchronize(tree, copy)
            before = sources.fingerprint(copy, names)
            self.assertEqual((copy / "tools/b.cc").read_text(), "new\n")
            (tree / "tools/b.cc").unlink()
            names = sources.synchronize(tree, copy)
            self.assertFalse((copy / "tools/b.cc").exists())
            self.assertNotEqual(sources.fingerprint(copy, names), before)


class CommandLine(unittest.TestCase):
    def test_says_every_problem_at_once(self):
        _, problems = flags.parse(["--smaple=3", "--sample=0", "--jobs=x", "--fresh=1", "--out",
                                   "--min-score=101", "--frobnicate"])
        self.assertEqual(len(problems), 7)
        self.assertIn("--smaple: unknown flag; did you mean --sample? see --help", problems)
        self.assertIn("--frobnicate: unknown flag; see --help", problems)

    def test_takes_what_help_says(self):
        found, problems = flags.parse(["--files=a", "--files=b", "--sample=7", "--min-score=80",
                                       "--mutant=x,y", "--list"])
        self.assertEqual(problems, [])
        self.assertEqual((found.files, found.sample, found.min_score, found.mutant, found.only_list),
                         (["a", "b"], 7, 0.8, ["x", "y"], True))
        for name in flags.NAMES:
            self.assertIn(f"  {name}", flags.USAGE)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
