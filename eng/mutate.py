#!/usr/bin/env python3
"""Changes single tokens of source files and checks whether the tests detect the change.

    eng/mutate.py --count 100 --seed 1 src/GmmNative/Maximization src/GmmNative/Estimation/EmStep.cs

Each mutant is one change of one token (+ to -, < to <=, 0 to 1, true to false, && to || and the like) outside comments and texts. For
each the library and GmmNative.Tests are built and the tests run on the managed backend: first the classes of --first, which should be
those of the changed files, then all. The first failure ends a run. A mutant is

    killed          a test failed, or the run took longer than the timeout (a hang),
    survived        all tests passed: a test is missing, or the change makes no difference,
    did not compile the compiler refused it; it counts for nothing.

The work is done in a copy of the tree (the files that git knows or would add, as they are), so that the working tree is never touched.
The copy is made in a temporary folder and removed at the end; --keep leaves it, and with --work a copy of one's own is used again, which
saves most of the first build. A changed file is always restored after each mutant.

Every mutant is printed when it is done, with its place and change; the summary at the end repeats the survivors. The same files, seed
and count give the same mutants. --list prints them without running anything; --only takes some of them by number, for another try after
tests were added (with the same files, seed and count).

Named mistakes can be tried too: --named FILE reads lines of four fields separated by tabs: a source file, the text to be replaced, the new
text, and the name patterns of the test classes to run first, separated by blanks (may be empty). The text must occur exactly once; \\n
stands for a new line. With --first-only nothing but those classes is run.

Exit code: 0 if all mutants that compile were killed, 1 if some survived, 2 if the tree itself does not build or pass.

Linux; needs Python 3.9, git and the .NET SDK.
"""

import argparse
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROJECT = "tests/GmmNative.Tests/GmmNative.Tests.csproj"
ASSEMBLY = "tests/GmmNative.Tests/bin/Release/net10.0/GmmNative.Tests.dll"

# Warnings and analysis are disabled: they would reject mutants that the tests should detect.
BUILD = ["dotnet", "build", PROJECT, "-c", "Release", "-nologo", "-v", "quiet", "-nodeReuse:false", "-p:TreatWarningsAsErrors=false",
         "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:GenerateDocumentationFile=false", "-p:NoWarn=CS0162%3BCS0649"]

# Tests that need another system or separately built libraries.
EXCLUDED = ["Requires=Windows", "Requires=GmmNativeBlas"]

# The maximum build time on a busy machine, in seconds.
BUILD_TIMEOUT = 900

# Strings, comments and directives come first: their contents are not mutated.
TOKEN = re.compile(r'''
    (?P<skip> //[^\n]* | /\*.*?\*/ | ^[ \t]*\#[^\n]*
            | \$*"""+.*?"""+ | \$?@\$?"(?:[^"]|"")*" | \$?"(?:\\.|[^"\\\n])*"
            | '(?:\\.|[^'\\\n])+' | ^[ \t]*\[[A-Z][^\n]*\][ \t]*$ | ^[ \t]*using[ ][^\n(=]*; )
  | (?P<number> (?<![\w.]) (?: 0x[0-9A-Fa-f_]+ | \d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)? ) [LUfdm]* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<operator> <<=|>>=|\?\?=|&&|\|\||\+\+|--|\+=|-=|\*=|/=|\|=|&=
      |==|!=|<=|>=|=>|->|::|\?\?|\?\.|<<|>>|\.\.|[-+*/%<>!&|^~?:=.,;(){}\[\]] )
''', re.VERBOSE | re.DOTALL | re.MULTILINE)

# Between spaces these are binary operators, not type brackets or signs.
SPACED = {"+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
          "<": ["<=", ">"], "<=": ["<", ">"], ">": [">=", "<"], ">=": [">", "<"], "<<": [">>"], ">>": ["<<"],
          "+=": ["-=", "="], "-=": ["+=", "="], "*=": ["/="], "/=": ["*="], "|=": ["&=", "="], "&=": ["|=", "="], "??=": ["="]}
CLOSE = {"++": ["--"], "--": ["++"], "!": [""]}
WORDS = {"true": ["false"], "false": ["true"], "Min": ["Max"], "Max": ["Min"], "break": ["continue"], "continue": ["break"],
         "Add": ["Subtract"], "Subtract": ["Add"], "Abs": [""], "Sqrt": [""]}


class Mutant:
    """One change of a file: its position, the old text and the new text."""

    def __init__(self, path, start, old, new, text, first=()):
        self.path, self.start, self.old, self.new, self.first = path, start, old, new, list(first)
        self.line = text.count("\n", 0, start) + 1
        self.result = text[:start] + new + text[start + len(old):]

    def __str__(self):
        old, new = (" ".join(part.split()) or "nothing" for part in (self.old, self.new))
        return f"{self.path}:{self.line}: {old} -> {new}"


def mutants_of(path, text):
    """All single-token changes of a source text, in text order."""
    for match in TOKEN.finditer(text):
        token, start, kind = match.group(), match.start(), match.lastgroup
        before, after = text[start - 1:start], text[match.end():match.end() + 1]
        changes = []
        if kind == "operator":
            is_spaced = before in " \n" and after in " \n"
            is_assertion = token == "!" and (before.isalnum() or before in ")]>_")  # the null-forgiving one does nothing
            changes = SPACED.get(token, []) if is_spaced else [] if is_assertion else CLOSE.get(token, [])
        elif kind == "word":
            is_method = before == "." and after in "(<"
            changes = WORDS.get(token, []) if is_method or token in ("true", "false", "break", "continue") else []
            if token in ("Abs", "Sqrt"):
                # Replaces the call by its argument in parentheses. Only for Math, because tensor methods write to a span.
                is_math = text[max(0, start - 5):start] == "Math."
                if is_math:
                    yield Mutant(path, start - 5, "Math." + token, "", text)
                continue
            if token == "is" and text[match.end():match.end() + 5] == " null":
                changes = ["is not"]
        elif kind == "number":
            changes = number_changes(token)
        for change in changes:
            yield Mutant(path, start, token, change, text)


def number_changes(token):
    """0 to 1, 1 to 0 and 2, other integers by one, others by a factor."""
    digits, suffix = re.fullmatch(r"(.*?)([LUfdm]*)", token).groups()
    if digits.startswith("0x"):
        return []
    if digits.replace("_", "").isdigit():
        value = int(digits.replace("_", ""))
        return [f"{change}{suffix}" for change in ([1] if value == 0 else [0, 2] if value == 1 else [value - 1, value + 1])]
    return [f"{float(digits.replace('_', '')) * factor!r}{suffix}" for factor in (0.5, 3)]


def named_mutants(file, tree):
    """The mutants of a list."""
    for number, line in enumerate(pathlib.Path(file).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        path, old, new, *first = (field.replace("\\n", "\n") for field in line.split("\t"))
        text = (tree / path).read_text(encoding="utf-8")
        if text.count(old) != 1:
            sys.exit(f"{file}, line {number}: the text occurs {text.count(old)} times in {path}.")
        yield Mutant(path, text.index(old), old, new, text, " ".join(first).split())


def copy_tree(target):
    """Copies tracked and addable files; keeps build outputs in the copy."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True,
                           stdout=subprocess.PIPE).stdout.decode().split("\0")
    names = {name for name in names if name and (ROOT / name).is_file()}
    if target.exists():
        for old in target.rglob("*.cs"):
            relative = old.relative_to(target)
            if str(relative) not in names and "obj" not in relative.parts and "bin" not in relative.parts:
                old.unlink()
    for name in names:
        source, copy = ROOT / name, target / name
        if copy.exists() and copy.read_bytes() == source.read_bytes():
            # The file keeps its time, so that nothing is rebuilt because of it.
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)


def run(command, tree, timeout, output):
    """Runs a command in its own process group. Returns None if it took too long and was ended with all its children."""
    environment = {**os.environ, "GMMNATIVE_TEST_BACKENDS": "managed", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    process = subprocess.Popen(command, cwd=tree, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                               start_new_session=True)
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Trial:
    """Builds and tests the copy."""

    def __init__(self, tree, arguments):
        self.tree, self.arguments = tree, arguments
        self.log = tree / "mutate.log"
        self.timeout = arguments.timeout

    def wait(self):
        while self.arguments.wait_while and os.path.exists(self.arguments.wait_while):
            time.sleep(2)

    def execute(self, command, timeout):
        self.wait()
        with open(self.log, "wb") as output:
            return run(command, self.tree, timeout, output)

    def build(self, restore=False):
        return self.execute(BUILD + ([] if restore else ["--no-restore"]), BUILD_TIMEOUT) == 0

    def test(self, classes):
        """Whether all tests of the given classes pass (all classes if none are given), and the first failure."""
        command = ["dotnet", ASSEMBLY, "-noLogo", "-noColor", "-stopOnFail"]
        for trait in EXCLUDED:
            command += ["-trait-", trait]
        for name in classes:
            command += ["-class", name]
        code = self.execute(command, self.timeout)
        if code is None:
            return False, "timeout"
        failed = re.search(r"^ *(\S.*) \[FAIL\]", self.log.read_text(errors="replace"), re.MULTILINE)
        return code == 0, failed.group(1) if failed else f"exit code {code}"

    def check(self, mutant):
        """'killed', 'survived' or 'did not compile', and the test that failed."""
        path = self.tree / mutant.path
        text = path.read_text(encoding="utf-8")
        path.write_text(mutant.result, encoding="utf-8")
        try:
            if not self.build():
                return "did not compile", ""
            first = mutant.first or self.arguments.first
            for classes in ([first] if first else []) + ([] if self.arguments.first_only else [[]]):
                passed, failure = self.test(classes)
                if not passed:
                    return "killed", failure
            return "survived", ""
        finally:
            path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="source files or folders, relative to the root of the repository")
    parser.add_argument("--count", type=int, default=40, help="how many mutants, drawn at random; 0 for all [40]")
    parser.add_argument("--seed", type=int, default=0, help="of the draw [0]")
    parser.add_argument("--first", action="append", default=[], metavar="CLASS",
                        help="test classes to run first, * for any text; repeatable")
    parser.add_argument("--first-only", action="store_true", help="run nothing but the classes that are run first")
    parser.add_argument("--only", default="", metavar="N,N", help="of the mutants drawn only these numbers")
    parser.add_argument("--named", metavar="FILE", help="try the mistakes of a list instead")
    parser.add_argument("--list", action="store_true", help="print the mutants and stop")
    parser.add_argument("--timeout", type=float, default=0, help="seconds of one run of tests [five times the run without a change]")
    parser.add_argument("--work", metavar="FOLDER", help="the folder of the copy; it is kept")
    parser.add_argument("--keep", action="store_true", help="keep the temporary copy")
    parser.add_argument("--wait-while", metavar="FILE", help="start no build and no run of tests while this file exists")
    arguments = parser.parse_args()
    if bool(arguments.files) == bool(arguments.named):
        parser.error("name either source files or a list of mistakes (--named).")

    if arguments.named:
        mutants = list(named_mutants(arguments.named, ROOT))
    else:
        paths = [file for name in arguments.files for file in
                 (sorted((ROOT / name).rglob("*.cs")) if (ROOT / name).is_dir() else [ROOT / name])]
        paths = [path for path in paths if "obj" not in path.relative_to(ROOT).parts and "bin" not in path.relative_to(ROOT).parts]
        mutants = [mutant for path in paths for mutant in
                   mutants_of(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))]
        print(f"{len(mutants)} single-token changes in {len(paths)} files.")
        if 0 < arguments.count < len(mutants):
            mutants = random.Random(arguments.seed).sample(mutants, arguments.count)
    numbered = [(number, mutant) for number, mutant in enumerate(mutants, 1)
                if not arguments.only or str(number) in arguments.only.split(",")]
    if arguments.list:
        for number, mutant in numbered:
            print(f"{number:4} {mutant}")
        return 0

    tree = pathlib.Path(arguments.work).resolve() if arguments.work else pathlib.Path(tempfile.mkdtemp(prefix="gmm-mutate-"))
    try:
        return campaign(tree, arguments, numbered)
    finally:
        if arguments.work or arguments.keep:
            print(f"The copy is in {tree}.")
        else:
            shutil.rmtree(tree, ignore_errors=True)


def campaign(tree, arguments, numbered):
    if tree == ROOT or ROOT in tree.parents:
        sys.exit("The copy must lie outside the working tree.")
    copy_tree(tree)
    trial = Trial(tree, arguments)
    if not trial.build(restore=True):
        print(trial.log.read_text(errors="replace"))
        print("The tree does not build as it is.")
        return 2
    trial.timeout = 3600
    trial.wait()
    began = time.monotonic()
    needed = sorted({name for _, mutant in numbered for name in mutant.first or arguments.first}) if arguments.first_only else []
    passed, failure = trial.test(needed)
    if not passed:
        print(trial.log.read_text(errors="replace"))
        print(f"The tests fail without any change: {failure}.")
        return 2
    trial.timeout = arguments.timeout or max(60, 5 * (time.monotonic() - began))
    results = {"killed": [], "survived": [], "did not compile": []}
    for number, mutant in numbered:
        began = time.monotonic()
        result, failure = trial.check(mutant)
        results[result].append((number, mutant))
        note = f" ({failure})" if failure else ""
        print(f"{number:4} {result:15} {mutant}{note} [{time.monotonic() - began:.0f} s]", flush=True)
    tried = len(results["killed"]) + len(results["survived"])
    print(f"\n{tried} mutants compiled ({len(results['did not compile'])} did not): {len(results['killed'])} killed, "
          f"{len(results['survived'])} survived" + (f", {100 * len(results['killed']) / tried:.0f} % killed." if tried else "."))
    for number, mutant in results["survived"]:
        print(f"{number:4} survived {mutant}")
    return 1 if results["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
