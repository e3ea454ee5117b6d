#!/usr/bin/env python3
"""One EM iteration of GmmNative beside scikit-learn's, on the same rows, from the same model, with the same number of threads.

    bench/peers/em.py [--threads 2] [--rounds 3] [--iterations 5] [--only NAME] [--backends managed,mkl,openblas]

Needs numpy and scikit-learn (Debian: python3-sklearn, libopenblas0-pthread) and a built program gmm. Each round runs every system once, in
turn; a figure is the median over rounds of the median over iterations. The share is of the two products' operations, 4 F K a row, at the
rate that a large dgemm of numpy's BLAS reaches with the same threads. Peak memory is the whole process's, less the rows.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
GMM = ROOT / "src/GmmNative.Cli/bin/Release/net10.0/gmm"
CASES = [
    # name, covariance, rows, dimension, components
    ("diag 100000 x 39, K 256", "diag", 100_000, 39, 256),
    ("diag 1000000 x 64, K 64", "diag", 1_000_000, 64, 64),
    ("full 50000 x 39, K 32", "full", 50_000, 39, 32),
    ("full 20000 x 128, K 16", "full", 20_000, 128, 16),
    ("diag 2000000 x 13, K 8", "diag", 2_000_000, 13, 8),
]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--iterations", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--backends", default="managed,mkl,openblas")
    parser.add_argument("--no-peers", action="store_true", help="GmmNative alone")
    return parser.parse_args()


ARGUMENTS = parse()
# Before numpy is loaded: its BLAS reads them once.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(ARGUMENTS.threads)
import numpy  # noqa: E402
from sklearn.mixture import GaussianMixture  # noqa: E402


def make_rows(rows, dimension):
    random = numpy.random.default_rng(1)
    centres = random.normal(scale=1.5, size=(20, dimension))
    values = random.normal(size=(rows, dimension))
    values += centres[random.integers(0, 20, rows)]
    return values


def make_model(covariance, values, components):
    random = numpy.random.default_rng(2)
    dimension = values.shape[1]
    means = values[random.choice(len(values), components, replace=False)].copy()
    variances = numpy.tile(values[:100_000].var(axis=0), (components, 1))
    if covariance == "full":
        variances = numpy.stack([numpy.diag(variance) for variance in variances])
    return numpy.full(components, 1.0 / components), means, variances


def save_model(path, covariance, model):
    weights, means, covariances = model
    numpy.savez(path, weights=weights, means=means, covariances=covariances, covariance_type=numpy.array(covariance),
                block_size=numpy.array([means.shape[1]]), format_version=numpy.array(1))


def dgemm_rate():
    n = 3000
    a = numpy.random.default_rng(1).normal(size=(n, n))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        a @ a
        times.append(time.perf_counter() - start)
    return 2 * n**3 / min(times) / 1e9


def run_gmm(folder, covariance, components, backend, precision):
    report = folder / "report.json"
    subprocess.run(
        [GMM, "train", folder / "rows.npy", "-k", str(components), "-o", folder / "out.npz", "--covariance", covariance,
         "--init", folder / "model.npz", "--tolerance", "0", "--iterations", str(ARGUMENTS.iterations + 2),
         "--threads", str(ARGUMENTS.threads), "--backend", backend, "--precision", precision, "--report", report, "-q"],
        check=True)
    result = json.loads(report.read_text())
    # The first iterations also wait for the compiler and for the pages of the file.
    seconds = statistics.median(step["seconds"] for step in result["history"][2:])
    return seconds, result["history"][ARGUMENTS.iterations - 1]["averageLogLikelihood"], result["peakMemoryBytes"], result["path"]


def run_sklearn(values, covariance, model):
    weights, means, covariances = model
    mixture = GaussianMixture(len(weights), covariance_type=covariance, reg_covar=1e-6)
    mixture.weights_, mixture.means_, mixture.covariances_ = weights, means, covariances
    mixture.precisions_cholesky_ = (
        1 / numpy.sqrt(covariances) if covariance == "diag"
        else numpy.stack([numpy.linalg.inv(numpy.linalg.cholesky(matrix)).T for matrix in covariances]))
    times = []
    for _ in range(ARGUMENTS.iterations):
        start = time.perf_counter()
        log_density, log_posterior = mixture._e_step(values)
        mixture._m_step(values, log_posterior)
        times.append(time.perf_counter() - start)
    return statistics.median(times), log_density


def main():
    print(f"{ARGUMENTS.threads} threads, {ARGUMENTS.rounds} rounds, numpy {numpy.__version__}")
    systems = [(backend, precision) for precision in ("double", "single") for backend in ARGUMENTS.backends.split(",")]
    for name, covariance, rows, dimension, components in CASES:
        if ARGUMENTS.only not in name:
            continue
        values = make_rows(rows, dimension)
        model = make_model(covariance, values, components)
        features = 2 * dimension if covariance == "diag" else dimension + dimension * (dimension + 1) // 2
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            numpy.save(folder / "rows.npy", values)
            save_model(folder / "model.npz", covariance, model)
            runs, peer, rates = {}, [], []
            for _ in range(ARGUMENTS.rounds):
                rates.append(dgemm_rate())
                for backend, precision in systems:
                    runs.setdefault((backend, precision), []).append(run_gmm(folder, covariance, components, backend, precision))
                if not ARGUMENTS.no_peers:
                    peer.append(run_sklearn(values, covariance, model))
            rate = statistics.median(rates)
            work = 4 * features * components * rows / 1e9
            print(f"\n### {name} ({work:.1f} GFLOP; dgemm {rate:.0f} GFLOP/s)\n")
            print("| system | s an iteration | times scikit-learn | share of dgemm | MB beside the rows | average log-likelihood |")
            print("| --- | --- | --- | --- | --- | --- |")
            reference = statistics.median(seconds for seconds, _ in peer) if peer else float("nan")
            if peer:
                print(f"| scikit-learn | {reference:.3f} | 1 | {work / reference / rate:.0%} | | {peer[0][1]:.6f} |")
            for (backend, precision), results in runs.items():
                seconds = statistics.median(result[0] for result in results)
                memory = max(result[2] for result in results) / 1e6 - values.nbytes / 1e6
                print(f"| {backend}, {precision} | {seconds:.4f} | {reference / seconds:.1f} | {work / seconds / rate:.0%} "
                      f"| {memory:.0f} | {results[0][1]:.6f} ({results[0][3]}) |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
