#!/usr/bin/env python3
"""Average log-likelihood after the same number of EM iterations from GmmNative's starts and from scikit-learn's k-means start.

    bench/peers/start_quality.py DATA.npy [-k 64] [--iterations 50] [--seeds 3]

Needs a built program gmm; as root on Debian it installs python3-sklearn if it is missing (--no-install prevents that). Both sides train diagonal
models in double precision with a variance floor (reg_covar) of 1e-6; the figure is the value of the last E-step, in nats. The seconds are
whole runs, one after the other. For a comparison at the same tolerance, and for ratios of time, see from_nothing.py.
"""
import argparse
import statistics
import tempfile
import time
import warnings

import common


def run_gmm(data, init, components, iterations, seed):
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        report = common.train(
            folder, data, "-k", components, "-o", f"{folder}/model.npz", "--init", init, "--seed", seed,
            "--iterations", iterations, "--tolerance", 0)
        return report["averageLogLikelihood"], time.perf_counter() - start


def run_sklearn(rows, components, iterations, seed):
    from sklearn.mixture import GaussianMixture
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converging within the iterations is what is asked for here
        mixture = GaussianMixture(
            components, covariance_type="diag", max_iter=iterations, tol=0, reg_covar=1e-6, random_state=seed).fit(rows)
    return mixture.lower_bound_, time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("-k", type=int, default=64)
    parser.add_argument("--iterations", type=int, default=50)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    arguments = parser.parse_args()
    common.prepare(["libopenblas0-pthread", "python3-sklearn"], not arguments.no_install)
    import numpy
    rows = numpy.load(arguments.data).astype(numpy.float64)
    results = {}
    for seed in range(arguments.seeds):
        for init in ("auto", "lbg", "kmeans++", "random"):
            results.setdefault(f"gmm, {init}", []).append(
                run_gmm(arguments.data, init, arguments.k, arguments.iterations, seed))
        results.setdefault("scikit-learn, k-means", []).append(run_sklearn(rows, arguments.k, arguments.iterations, seed))
    print(f"{rows.shape[0]} x {rows.shape[1]}, K = {arguments.k} diagonal, {arguments.iterations} iterations, {arguments.seeds} seeds")
    print("| start | average log-likelihood (nats): median, minimum, maximum | seconds (median) |")
    print("| --- | --- | --- |")
    for name, runs in results.items():
        values = [value for value, _ in runs]
        seconds = statistics.median(second for _, second in runs)
        print(f"| {name} | {statistics.median(values):.4f}, {min(values):.4f}, {max(values):.4f} | {seconds:.1f} |")


if __name__ == "__main__":
    main()
