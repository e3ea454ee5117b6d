#!/usr/bin/env python3
"""One iteration of a variational mixture beside scikit-learn's BayesianGaussianMixture: the same rows, the same posteriors at the start.

    dotnet build src/GmmNative.Cli -c Release
    bench/peers/bayes.py                the table, a few minutes
    bench/peers/bayes.py --markdown     as docs/performance.md has it
    bench/peers/bayes.py --check        seconds: tiny cases; proves that both systems do the same work

Every system runs in a separate process, with the same number of threads, in turn; figures are medians over rounds of the median over
iterations. The difference is the relative difference of the lower bound after the last iteration. More than 1e-8 is not the same work: the
script then reports it and ends with 1.
"""
import argparse
import pathlib
import sys
import tempfile

import common

CASES = [
    # covariance, rows, dimension, components
    ("full", 100_000, 39, 32),
    ("diag", 100_000, 39, 64),
]
CHECK_CASES = [("full", 2000, 4, 3), ("diag", 2000, 4, 3)]
MAXIMUM_DIFFERENCE = 1e-8


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--rounds", type=int, default=3, help="[3]")
    parser.add_argument("--iterations", type=int, default=5, help="iterations per round; the first one does not count [5]")
    parser.add_argument("--backends", default="managed,mkl,openblas", help="of ours [managed,mkl,openblas]")
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="tiny cases, one round")
    arguments = parser.parse_args()
    if arguments.iterations < 2 or arguments.rounds < 1 or arguments.threads < 1:
        parser.error("--iterations must be at least 2, --rounds and --threads at least 1")
    return arguments


def make_problem(folder, rows, dimension, components):
    import numpy
    random = numpy.random.default_rng(1)
    centers = random.normal(scale=2, size=(components, dimension))
    values = random.normal(size=(rows, dimension)) + centers[random.integers(0, components, rows)]
    numpy.save(folder / "rows.npy", values)
    numpy.save(folder / "posteriors.npy", random.dirichlet(numpy.full(components, 0.3), size=rows))


def ours(folder, covariance, backend, arguments):
    report = common.train(
        folder, folder / "rows.npy", "--covariance", covariance, "--init", "responsibilities", "--init-posterior",
        folder / "posteriors.npy", "--variational", "dirichlet", "--iterations", arguments.iterations, "--tolerance", 0, "--backend", backend,
        "--threads", arguments.threads, "-o", folder / "model.npz")
    return common.median(entry["seconds"] for entry in report["history"][1:]), report["lowerBound"]


def run(case, arguments):
    covariance, rows, dimension, components = case
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_problem(folder, rows, dimension, components)
        seconds = {"scikit-learn": []}
        worst = 0
        for _ in range(1 if arguments.check else arguments.rounds):
            peer = common.worker(
                "sklearn-bayes", arguments.threads, folder=name, covariance=covariance, iterations=arguments.iterations)
            seconds["scikit-learn"].append(peer["seconds"])
            for backend in arguments.backends.split(","):
                own, bound = ours(folder, covariance, backend, arguments)
                seconds.setdefault(backend, []).append(own)
                worst = max(worst, abs(bound - peer["bound"]) / abs(peer["bound"]))
    base = common.median(seconds["scikit-learn"])
    cells = [f"{covariance} {rows} x {dimension}, K {components}", f"{base:.4f}"]
    for backend in arguments.backends.split(","):
        own = common.median(seconds[backend])
        cells.append(f"{own:.4f} ({base / own:.1f})")
    return [*cells, f"{worst:.1e}"], worst


def main():
    arguments = parse()
    common.prepare(["python3-sklearn", "libopenblas0-pthread"], not arguments.no_install)
    print(common.machine(arguments.threads))
    results = [run(case, arguments) for case in (CHECK_CASES if arguments.check else CASES)]
    header = ["work", "scikit-learn", *arguments.backends.split(","), "difference"]
    common.table(header, [row for row, _ in results], arguments.markdown)
    if max(worst for _, worst in results) > MAXIMUM_DIFFERENCE:
        common.fail("the lower bounds differ: the two systems do not do the same work")


if __name__ == "__main__":
    sys.exit(main())
