#!/usr/bin/env python3
"""The choice of K and of covariances: gmm select beside a loop over scikit-learn's GaussianMixture and beside R's mclust.

    dotnet build src/GmmNative.Cli -c Release
    bench/peers/selection.py faithful.csv iris.csv wine.csv       K = 1..9, a minute each
    bench/peers/selection.py speech.npy -k 1..8 --restarts 3      minutes
    bench/peers/selection.py DATA --also aot=FILE                 another build of gmm, such as the file compiled ahead of time
    bench/peers/selection.py --check                              seconds: few made-up rows; proves that it runs

Every system trains the same grid: all K times spherical, diag, tied and full covariances (mclust's VII, VVI, EEE and VVV), on the same rows,
in turn, with the same number of threads. Figures are medians over rounds.
- scikit-learn: GaussianMixture(n_init=N) with its defaults, one fit per cell. "loop" is the time of the fits and of bic() alone; "process" is
  the time of a Python program that imports scikit-learn and does the same.
- gmm: its own starts (--init auto) and defaults, which try more starts than scikit-learn and converge further. "gmm, same starts" runs k-means
  starts, --restarts N and scikit-learn's tolerance. "loop" is the time of the selection in the report; "process" is the whole program, from its
  start to the model on disk.
- mclust: mclustBIC, if R and mclust are installed; its start is one hierarchical clustering, so it has no restarts.
Ratios are relative to scikit-learn's time of the same kind. The last table has the BIC of each cell, the smaller the better, and the choices.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import common

TYPES = ["spherical", "diag", "tied", "full"]
MCLUST = {"spherical": "VII", "diag": "VVI", "tied": "EEE", "full": "VVV"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="*", help="rows: .npy, or .csv with a header")
    parser.add_argument("-k", default="1..9", help="A..B [1..9]")
    parser.add_argument("--restarts", type=int, default=10, help="scikit-learn's n_init, and the restarts of the second run of gmm [10]")
    parser.add_argument("--rounds", type=int, default=3, help="[3]")
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--also", metavar="NAME=FILE", help="another build of gmm")
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="few made-up rows, one round")
    arguments = parser.parse_args()
    if arguments.check == bool(arguments.data):
        parser.error("give files of rows, or --check")
    if arguments.rounds < 1 or arguments.threads < 1 or arguments.restarts < 1:
        parser.error("--rounds, --threads and --restarts must be at least 1")
    first, _, last = arguments.k.partition("..")
    if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= int(last)):
        parser.error("-k must be like 1..9")
    arguments.range = range(int(first), int(last) + 1)
    arguments.programs = {"gmm": common.GMM}
    if arguments.also:
        name, _, file = arguments.also.partition("=")
        if not pathlib.Path(file).is_file():
            parser.error(f"--also: {file or name}: no such file")
        arguments.programs[name] = file
    return arguments


def make_rows(path):
    import numpy
    random = numpy.random.default_rng(1)
    numpy.save(path, random.normal(size=(300, 2)) + 6 * random.normal(size=(3, 2))[random.integers(0, 3, 300)])


def read(path):
    import numpy
    return numpy.load(path) if path.suffix == ".npy" else numpy.genfromtxt(path, delimiter=",", skip_header=1)


def run_sklearn(rows, arguments):
    start = time.perf_counter()
    answer = common.worker("sklearn-select", arguments.threads, data=str(rows), components=list(arguments.range), types=TYPES,
                           restarts=arguments.restarts)
    return {"process": time.perf_counter() - start, "loop": answer["seconds"],
            "bic": {(kind, k): bic for kind, k, bic in answer["cells"]}}


def run_gmm(folder, program, path, options, arguments):
    report = folder / "report.json"
    command = [program, "select", path, "-k", arguments.k, "--covariance", ",".join(TYPES), "-o", folder / "best.npz", "--report", report,
               "--threads", arguments.threads, "-q", *options]
    start = time.perf_counter()
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    whole = time.perf_counter() - start
    if result.returncode != 0:
        common.fail(f"gmm select failed: {(result.stderr.strip().splitlines() or ['no message'])[-1]}")
    document = json.loads(report.read_text())
    return {"process": whole, "loop": document["seconds"]["select"],
            "bic": {(row["covariance"], row["components"]): row["bic"] for row in document["models"] if "problem" not in row}}


def run_mclust(folder, rows, arguments):
    import numpy
    numpy.savetxt(folder / "rows.csv", read(rows), delimiter=",", fmt="%.17g")
    script = (f"suppressMessages(library(mclust)); x <- as.matrix(read.csv('{folder / 'rows.csv'}', header=FALSE)); t <- proc.time()[[3]]; "
              f"b <- mclustBIC(x, G={arguments.range[0]}:{arguments.range[-1]}, modelNames=c({','.join(repr(MCLUST[t]) for t in TYPES)}), "
              "verbose=FALSE); cat(proc.time()[[3]] - t, '\\n'); "
              "for (m in colnames(b)) for (g in rownames(b)) cat(m, g, b[g, m], '\\n')")
    start = time.perf_counter()
    result = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True)
    if result.returncode != 0:
        return None
    lines = result.stdout.split("\n")
    names = {name: kind for kind, name in MCLUST.items()}
    cells = [line.split() for line in lines[1:] if line.strip()]
    return {"process": time.perf_counter() - start, "loop": float(lines[0]),
            "bic": {(names[name], int(k)): -float(value) for name, k, value in cells if value != "NA"}}


def compare(folder, path, arguments):
    runs = {}
    same = ["--init", "kmeans", "--restarts", arguments.restarts, "--tolerance", "1e-3", "--iterations", 100]
    has_mclust = shutil.which("Rscript") is not None
    for round_ in range(arguments.rounds):
        common.log(f"{path.name}: round {round_ + 1} of {arguments.rounds}")
        runs.setdefault(f"scikit-learn, n_init={arguments.restarts}", []).append(run_sklearn(path, arguments))
        for name, program in arguments.programs.items():
            runs.setdefault(name, []).append(run_gmm(folder, program, path, [], arguments))
            runs.setdefault(f"{name}, same starts", []).append(run_gmm(folder, program, path, same, arguments))
        if has_mclust and (run := run_mclust(folder, path, arguments)):
            runs.setdefault("mclust", []).append(run)
    return runs


def report(path, runs, arguments):
    shape = read(path).shape
    print(f"{'## ' if arguments.markdown else ''}{path.name}, {shape[0]} x {shape[1]}, K = {arguments.k}, {', '.join(TYPES)}\n")
    reference = next(iter(runs.values()))

    def lines():
        for name, each in runs.items():
            loop, process = (common.median(run[kind] for run in each) for kind in ("loop", "process"))
            peers = [common.median(run[kind] for run in reference) for kind in ("loop", "process")]
            bics = each[0]["bic"]
            kind, k = min(bics, key=bics.get)
            yield [name, f"{loop:.2f}", f"{peers[0] / loop:.1f}", f"{process:.2f}", f"{peers[1] / process:.1f}", f"{k} {kind}", f"{bics[kind, k]:.2f}"]

    common.table(["system", "loop s", "ratio", "process s", "ratio", "choice by BIC", "BIC"], lines(), arguments.markdown)

    def cells():
        for kind in TYPES:
            for k in arguments.range:
                yield [kind, k, *(f"{each[0]['bic'][kind, k]:.2f}" if (kind, k) in each[0]["bic"] else "" for each in runs.values())]

    common.table(["covariance", "K", *runs], cells(), arguments.markdown)


def main():
    arguments = parse()
    common.prepare(["libopenblas0-pthread", "python3-sklearn"], not arguments.no_install)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        if arguments.check:
            arguments.data, arguments.rounds, arguments.restarts = [folder / "rows.npy"], 1, 2
            arguments.k, arguments.range = "1..3", range(1, 4)
            make_rows(arguments.data[0])
        print(common.machine(arguments.threads) + "\n")
        for data in arguments.data:
            path = pathlib.Path(data)
            if not path.exists():
                common.fail(f"{path}: no such file")
            runs = compare(folder, path, arguments)
            report(path, runs, arguments)
            if arguments.check:
                choices = {name: min(each[0]["bic"], key=each[0]["bic"].get)[1] for name, each in runs.items()}
                if len(set(choices.values())) != 1:
                    common.fail(f"the systems choose different numbers of components: {choices}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
