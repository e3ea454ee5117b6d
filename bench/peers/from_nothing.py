#!/usr/bin/env python3
"""From a file of rows to a fitted model, including initialization: GmmNative compared with scikit-learn.

    dotnet build src/GmmNative.Cli -c Release
    bench/peers/from_nothing.py speech-en.npy                      diag K = 64 and full K = 16, 5 seeds: some minutes
    bench/peers/from_nothing.py DATA.npy --only full --seeds 9
    bench/peers/from_nothing.py --check                            seconds: few made-up rows; proves that it runs

As root on Debian it first installs python3-sklearn and libopenblas0-pthread if they are missing, and reports it (--no-install prevents that).

scikit-learn fits with its defaults: one k-means start, tol 1e-3, at most 100 iterations, reg_covar 1e-6. Its tol is a gain of the average
log-likelihood, so gmm gets the same options: --tolerance 1e-3 --tolerance-on average --iterations 100, variance floor 1e-6, double precision.
Each seed is a round: every system fits once, in turn, with the same number of threads. Figures are medians over seeds.
- scikit-learn's seconds are those of the call of fit alone, with the rows in memory: neither imports nor reading count.
- gmm has two times: "whole" is the wall time of the process gmm train, from its start to the model on disk; "training" is the
  initialization and EM in its report, which is comparable to a call of fit. Both ratios are relative to scikit-learn's fit.
- The average log-likelihood (nats per row) of all final models is computed by scikit-learn's score. EM ends in local optima that differ by
  some hundredths of a nat between seeds, for both programs: consider minimum and maximum beside the median, and use more seeds if necessary.
"""
import argparse
import pathlib
import sys
import tempfile
import time

import common

CASES = [("diag", 64), ("full", 16)]
CHECK_CASES = [("diag", 4), ("full", 3)]
OPTIONS = {"max_iter": 100, "tol": 1e-3, "reg_covar": 1e-6}


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="rows, .npy")
    parser.add_argument("--seeds", type=int, default=5, help="[5]")
    parser.add_argument("--threads", type=int, default=2, help="[2]")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name has TEXT: diag, full")
    parser.add_argument("--inits", default="lbg,kmeans++", help="of ours: lbg, kmeans++, random [lbg,kmeans++]")
    parser.add_argument("--tolerance", type=float, default=OPTIONS["tol"], help="of ours, on the average [1e-3, as scikit-learn's]")
    parser.add_argument("--iterations", type=int, default=OPTIONS["max_iter"], help="maximum of our iterations [100, as in scikit-learn]")
    parser.add_argument("--backend", default="auto", help="of ours [auto]")
    parser.add_argument("--also", metavar="NAME=FILE", help="another build of gmm beside the one above, such as the file compiled ahead of time")
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--check", action="store_true", help="few made-up rows, one seed")
    arguments = parser.parse_args()
    if arguments.seeds < 1 or arguments.threads < 1:
        parser.error("--seeds and --threads must be at least 1")
    if arguments.check == bool(arguments.data):
        parser.error("give a .npy file of rows, or --check")
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
    numpy.save(path, random.normal(size=(3000, 5)) + 4 * random.normal(size=(4, 5))[random.integers(0, 4, 3000)])


def fit_gmm(folder, program, covariance, components, init, seed, arguments):
    model = folder / f"{program}-{init}-{seed}.npz"
    start = time.perf_counter()
    report = common.train(
        folder, arguments.data, "-k", components, "-o", model, "--covariance", covariance, "--init", init, "--seed", seed,
        "--iterations", arguments.iterations, "--tolerance", arguments.tolerance, "--tolerance-on", "average",
        "--variance-floor", OPTIONS["reg_covar"], "--threads", arguments.threads, "--backend", arguments.backend,
        program=arguments.programs[program])
    whole = time.perf_counter() - start
    seconds = report["seconds"]
    return {"seconds": seconds["initialize"] + seconds["em"], "initialize": seconds["initialize"], "whole": whole,
            "iterations": report["iterations"], "memory": report["peakMemoryBytes"], "model": str(model)}


def fit_sklearn(folder, covariance, components, seed, arguments):
    model = str(folder / f"sklearn-{seed}.npz")
    run = common.worker("sklearn-fit", arguments.threads, data=str(arguments.data), covariance=covariance, components=components,
                        seed=seed, options=OPTIONS, model=model)
    return {**run, "model": model}


def run_case(folder, covariance, components, arguments):
    results = {}
    for seed in range(arguments.seeds):
        common.log(f"{covariance} K = {components}: seed {seed + 1} of {arguments.seeds}")
        results.setdefault("scikit-learn, k-means", []).append(fit_sklearn(folder, covariance, components, seed, arguments))
        for init in arguments.inits.split(","):
            for program in arguments.programs:
                results.setdefault(f"{program}, {init}", []).append(fit_gmm(folder, program, covariance, components, init, seed, arguments))
    runs = [run for system in results.values() for run in system]
    scores = common.worker("sklearn-score", arguments.threads, data=str(arguments.data), models=[run["model"] for run in runs])["averages"]
    for run, score in zip(runs, scores):
        run["average"] = score
    return results


def lines(results):
    reference = next(iter(results.values()))
    fit = common.median(run["seconds"] for run in reference)
    average = common.median(run["average"] for run in reference)
    for system, runs in results.items():
        seconds = common.median(run["seconds"] for run in runs)
        averages = sorted(run["average"] for run in runs)
        ours = "whole" in runs[0]
        whole = common.median(run["whole"] for run in runs) if ours else None
        yield [
            system, f"{seconds:.2f}", f"{common.median(run['initialize'] for run in runs):.2f}" if ours else "",
            f"{fit / seconds:.1f}", f"{whole:.2f}" if ours else "", f"{fit / whole:.1f}" if ours else "",
            f"{common.median(run['iterations'] for run in runs):.0f}",
            f"{common.median(averages):.3f} ({averages[0]:.3f} to {averages[-1]:.3f})", f"{common.median(averages) - average:+.3f}",
            f"{max(run['memory'] for run in runs) / 1e6:.0f}"]


def main():
    arguments = parse()
    common.prepare(["libopenblas0-pthread", "python3-sklearn"], not arguments.no_install)
    import numpy  # the Python of prepare has it
    header = ["system", "training s", "initialization s", "ratio", "whole s", "ratio", "iterations",
              "average log-likelihood: median (minimum to maximum)", "to scikit-learn's", "peak MB"]
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        cases = CASES
        if arguments.check:
            cases, arguments.seeds, arguments.data = CHECK_CASES, 1, folder / "rows.npy"
            make_rows(arguments.data)
        arguments.data = pathlib.Path(arguments.data)
        if not arguments.data.exists():
            common.fail(f"{arguments.data}: no such file")
        shape = numpy.load(arguments.data, mmap_mode="r").shape
        print(common.machine(arguments.threads))
        print(f"{arguments.data.name}, {shape[0]} x {shape[1]}, {arguments.seeds} seeds; ours with --tolerance {arguments.tolerance:g} "
              f"--tolerance-on average --iterations {arguments.iterations} --backend {arguments.backend}.\n")
        for covariance, components in cases:
            name = f"{covariance} K = {components}"
            if arguments.only not in name:
                continue
            results = run_case(folder, covariance, components, arguments)
            print(f"{'## ' if arguments.markdown else ''}{name}\n")
            common.table(header, lines(results), arguments.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
