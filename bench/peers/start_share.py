#!/usr/bin/env python3
"""How often each start leads EM to within 0.05 nats per row of the best known optimum: the share of runs, for gmm's starts and scikit-learn's default.

    bench/peers/start_share.py [--speech FILE.npy] [--seeds 9] [--blobs 12] [--markdown]

Data: sets of eight blobs (3-D, 250 rows each, deviation 1, centers of deviation 10; full covariances), the same with one column scaled by a million, and,
if given, the speech data with 64 diagonal and 16 full components. Every run goes to convergence with the defaults of its program. The figure of a run is
the average log-likelihood of its final model. The best known optimum is the best of all runs, and for blobs also of EM from the true centers. Needs a built
program gmm; as root on Debian it installs python3-sklearn if it is missing (--no-install prevents that).
"""
import argparse
import pathlib
import tempfile
import warnings

import common

STARTS = ("auto", "kmeans++", "lbg", "random")
NEAR = 0.05


def score(folder, rows):
    """The average log-likelihood of the model that was written, and its file."""
    import numpy
    import subprocess
    subprocess.run([str(common.GMM), "score", f"{folder}/model.npz", str(rows), "-o", f"{folder}/score.npy", "-q"], check=True, capture_output=True)
    return float(numpy.load(f"{folder}/score.npy").mean())


def run_gmm(folder, rows, *options):
    common.train(folder, rows, "-o", f"{folder}/model.npz", *options)
    return score(folder, rows)


def run_sklearn(rows, components, covariance, seed):
    from sklearn.mixture import GaussianMixture
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converging within the iterations is part of the default
        return float(GaussianMixture(components, covariance_type=covariance, random_state=seed).fit(rows).score(rows))


def blobs(seed, scale):
    import numpy
    random = numpy.random.default_rng(100 + seed)
    centers = random.normal(0, 10, (8, 3))
    rows = numpy.concatenate([random.normal(center, 1, (250, 3)) for center in centers])
    return rows * [1, 1, scale], centers * [1, 1, scale], numpy.tile(numpy.diag([1, 1, scale * scale]), (8, 1, 1))


def results(name, rows, components, covariance, seeds, truth=None):
    """For each start the runs' log-likelihoods, and the best known."""
    import numpy
    values = {}
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "rows.npy"
        numpy.save(file, rows)
        best = -numpy.inf
        if truth is not None:
            numpy.savez(f"{folder}/truth.npz", weights=numpy.full(components, 1 / components), means=truth[0], covariances=truth[1])
            best = run_gmm(folder, file, "--init", f"{folder}/truth.npz")
        for seed in range(seeds):
            for start in STARTS:
                options = ("-k", components, "--covariance", covariance, "--init", start, "--seed", seed)
                values.setdefault(start, []).append(run_gmm(folder, file, *options))
            values.setdefault("scikit-learn", []).append(run_sklearn(rows, components, covariance, seed))
        best = max(best, *(value for runs in values.values() for value in runs))
    common.log(f"{name}: best {best:.4f}; short by " + ", ".join(f"{k} {max(0, best - min(v)):.3f}" for k, v in values.items()))
    return {start: [value >= best - NEAR for value in runs] for start, runs in values.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speech")
    parser.add_argument("--seeds", type=int, default=9)
    parser.add_argument("--blobs", type=int, default=12)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--no-install", action="store_true", help="use only what is installed")
    arguments = parser.parse_args()
    common.prepare(["libopenblas0-pthread", "python3-sklearn"], not arguments.no_install)
    import numpy
    table = {}

    def add(group, shares):
        for start, runs in shares.items():
            table.setdefault(group, {}).setdefault(start, []).extend(runs)

    for seed in range(arguments.blobs):
        for scale, group in ((1, "8 blobs, full"), (1e6, "8 blobs, full, one column times 1e6")):
            rows, means, covariances = blobs(seed, scale)
            add(group, results(f"blobs {seed}, scale {scale:g}", rows, 8, "full", arguments.seeds, (means, covariances)))
    if arguments.speech:
        rows = numpy.load(arguments.speech).astype(numpy.float64)
        for components, covariance in ((64, "diag"), (16, "full")):
            add(f"speech, K = {components} {covariance}", results(f"speech {components} {covariance}", rows, components, covariance, arguments.seeds))
    names = (*STARTS, "scikit-learn")
    share = [[group, len(runs[names[0]]), *(f"{100 * sum(runs[name]) / len(runs[name]):.0f}%" for name in names)] for group, runs in table.items()]
    common.table(["data", "runs", *names], share, arguments.markdown)


if __name__ == "__main__":
    main()
