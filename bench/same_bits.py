#!/usr/bin/env python3
"""Whether this build of gmm gives the same bits as another one: models, scores and reports of the same work, byte for byte.

    dotnet build src/GmmNative.Cli -c Release
    bench/same_bits.py OTHER/src/GmmNative.Cli/bin/Release/net10.0/gmm
    bench/same_bits.py OTHER/.../gmm --only managed/double     the cases whose names contain this text
    bench/same_bits.py OTHER/.../gmm --markdown

For a change that should change no result: moving, renaming, splitting. Both builds train, adapt, score and convert the same small data on every
backend that both have, in both precisions. Ends with 1 if a file or a line of a report differs, or if only one of the builds fails.
"""
import argparse
import array
import hashlib
import json
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
GMM = ROOT / "src/GmmNative.Cli/bin/Release/net10.0/gmm"
ROWS, DIMENSION, COMPONENTS = 6000, 6, 5

# The entries of a report that differ in every run: times and memory.
TIMES = {"seconds", "peakMemoryBytes"}

# The entries that are sentences, which an editor may change.
TEXTS = {"pathReason", "warnings"}


def write_npy(path, rows):
    """Writes rows of numbers as a .npy file of float64."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    numbers = array.array("d", (value for row in rows for value in row))
    if sys.byteorder == "big":
        numbers.byteswap()
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + numbers.tobytes())


def make_rows(seed):
    """Clusters with correlations and unlike scales, far from zero, and a few rows far from all: every form of the E-step has work."""
    numbers = random.Random(seed)
    centers = [[numbers.uniform(-8, 8) for _ in range(DIMENSION)] for _ in range(COMPONENTS)]
    rows = []
    for t in range(ROWS):
        center = centers[t % COMPONENTS]
        common = numbers.gauss(0, 1)
        rows.append([100 + center[d] + (0.1 + (t % COMPONENTS)) * (numbers.gauss(0, 1) + 0.7 * common) for d in range(DIMENSION)])
    for t in (7, 70, 700):
        rows[t] = [value + 1e5 for value in rows[t]]
    return rows


class Work:
    """One work: commands that run in a folder of their own, once for each build."""

    def __init__(self, name, *commands):
        self.name = name
        self.commands = commands


def works(data, backends):
    rows, other, head, wide, joint = (data / name for name in ("rows.npy", "other.npy", "head.npy", "wide.npy", "joint.csv"))
    result = []
    for backend in backends:
        for precision in ("double", "single"):
            compute = ["--backend", backend, "--precision", precision, "-q"]
            train = ["train", rows, "-k", COMPONENTS, "--seed", 3, "--iterations", 8, "--report", "report.json", *compute]
            use = [
                [command, "model.npz", rows, "-o", f"{command}.npy", *compute] for command in ("score", "posterior", "predict")
            ] + [["transform", "model.npz", head, "-o", "transform.npy", "--labels", "labels.npy", "--log-density", "density.npy", *compute]]
            kinds = {
                "diag": ["--covariance", "diag"], "full": ["--covariance", "full"],
                "diag blocks": ["--covariance", "diag", "--block-size", "3,3"], "full blocks": ["--covariance", "full", "--block-size", "2,4"],
            }
            for kind, options in kinds.items():
                result.append(Work(f"{backend}/{precision}/{kind}", [*train, *options, "--init", "kmeans++", "-o", "model.npz"], *use))
            for start in ("lbg", "random", "auto"):
                for kind in ("diag", "full"):
                    result.append(Work(
                        f"{backend}/{precision}/{kind}, start {start}", [*train, *kinds[kind], "--init", start, "-o", "model.npz"]))
            for preset in ("diffsptk", "sptk", "scikit-learn"):
                result.append(Work(f"{backend}/{precision}/preset {preset}", [*train, "--preset", preset, "-o", "model.npz"]))
            for kind in ("diag", "full"):
                result.append(Work(
                    f"{backend}/{precision}/{kind}, adapted", [*train, *kinds[kind], "--init", "kmeans++", "-o", "ubm.npz"],
                    ["train", other, "--ubm", "ubm.npz", "--alpha", 0.5, "--iterations", 4, "-o", "model.npz", "--report", "map.json",
                     "--posterior", "posterior.npy", *compute]))
            result.append(Work(
                f"{backend}/{precision}/tight floors", [*train, "--covariance", "full", "--init", "random", "--variance-floor", "5%",
                                                        "--weight-floor", 0.1, "--regularization", 0.01, "-o", "model.npz"]))
            result.append(Work(
                f"{backend}/{precision}/wide full",
                ["train", wide, "-k", 2, "--covariance", "full", "--init", "kmeans++", "--iterations", 4, "-o", "model.npz", "--report",
                 "report.json", *compute],
                ["score", "model.npz", wide, "-o", "score.npy", *compute]))
            result.append(Work(
                f"{backend}/{precision}/threads and batches",
                [*train, "--init", "kmeans++", "--threads", 3, "--batch-size", 77, "-o", "model.npz"]))
        result.append(Work(
            f"{backend}/text and conversions",
            ["train", joint, "-k", 3, "--init", "kmeans++", "--iterations", 5, "-o", "model.json", "--backend", backend, "-q"],
            ["convert", "model.json", "model.npz"], ["convert", "model.npz", "model.gmm"],
            ["convert", "model.gmm", "again.json", "--dimension", DIMENSION, "-k", 3],
            ["score", "again.json", rows, "-o", "score.csv", "--backend", backend, "-q"], ["info", "model.json", "--json"]))
    return result


def comparable(path, ignored):
    """The contents of a file: its digest; of a report, all but the ignored entries."""
    if path.suffix == ".json" and path.stem in ("report", "map"):
        report = json.loads(path.read_text())
        history = [{name: value for name, value in step.items() if name not in ignored} for step in report["history"]]
        return {**{name: value for name, value in report.items() if name not in ignored}, "history": history}
    return hashlib.sha256(path.read_bytes()).hexdigest()


def difference(one, other, shared):
    """What differs between two contents, as a text; empty if nothing differs. With shared, entries that only one report has do not count."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return "" if one == other else f" ({one!r:.200} / {other!r:.200})"
    names = one.keys() & other.keys() if shared else one.keys() | other.keys()
    differing = sorted(name for name in names if one.get(name) != other.get(name))
    return f" ({', '.join(differing)})" if differing else ""


def run(program, work, folder, ignored):
    """Runs a work and returns what it left, by name: contents of files, standard outputs and exit codes."""
    folder.mkdir(parents=True)
    left = {}
    for number, command in enumerate(work.commands, 1):
        done = subprocess.run([program, *map(str, command)], cwd=folder, capture_output=True)
        left[f"command {number}"] = (done.returncode, done.stdout, done.stderr)
    for path in sorted(folder.iterdir()):
        left[path.name] = comparable(path, ignored)
    return left


def available(program):
    listed = json.loads(subprocess.run([program, "backends", "--json"], capture_output=True, text=True, check=True).stdout)
    return [backend["name"] for backend in listed["backends"] if backend["available"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=pathlib.Path, help="the other build's gmm")
    parser.add_argument("--only", default="", help="text that the names of the works must hold")
    parser.add_argument("--ignore-texts", action="store_true", help="compare reports without their sentences")
    parser.add_argument("--shared-entries", action="store_true", help="compare only the entries of reports that both builds write")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    other = arguments.other.resolve()
    for program in (GMM, other):
        if not program.exists():
            sys.exit(f"same_bits.py: there is no program {program}: build it first")
    here = available(GMM)
    backends = [name for name in available(other) if name in here]
    separator = " | " if arguments.markdown else "  "
    edge = "| " if arguments.markdown else ""
    print(edge + separator.join([f"{'work':44}", "files", "same", "what differs"]))
    if arguments.markdown:
        print("| --- | --- | --- | --- |")
    different = count = 0
    with tempfile.TemporaryDirectory() as name:
        data = pathlib.Path(name)
        rows = make_rows(1)
        write_npy(data / "rows.npy", rows)
        write_npy(data / "other.npy", make_rows(2)[:2000])
        write_npy(data / "head.npy", [row[:4] for row in rows])
        # Four times as many columns: with two components the centered form is the cheaper one.
        write_npy(data / "wide.npy", [sum(rows[4 * t:4 * t + 4], []) for t in range(ROWS // 4)])
        names = ",".join(f"c{d}" for d in range(DIMENSION))
        (data / "joint.csv").write_text(names + "\n" + "".join(",".join(map(repr, row)) + "\n" for row in rows))
        for work in works(data, backends):
            if arguments.only not in work.name:
                continue
            # In turn, in folders of the same name: messages hold names of files.
            results = []
            for program in (other, GMM):
                folder = data / "work"
                results.append(run(program, work, folder, TIMES | TEXTS if arguments.ignore_texts else TIMES))
                shutil.rmtree(folder)
            names = sorted(results[0].keys() | results[1].keys())
            failed = [what + text for what in names
                      if (text := difference(results[0].get(what, "absent"), results[1].get(what, "absent"), arguments.shared_entries))]
            failed += [f"{what} failed in both: {result[2]!r:.200}" for what, result in results[0].items()
                       if isinstance(result, tuple) and result[0] != 0 and results[1].get(what) == result]
            files = sum(1 for what in names if not what.startswith("command"))
            print(edge + separator.join([f"{work.name:44}", f"{files:5}", " no " if failed else "yes ", "; ".join(failed)]), flush=True)
            count += 1
            different += bool(failed)
    print(f"\n{count} works on {', '.join(backends)}: {different or 'none'} different")
    sys.exit(1 if different or count == 0 else 0)


if __name__ == "__main__":
    main()
