#!/usr/bin/env python3
"""Passes of EM with momentum against plain EM, from the same starting models.

    bench/peers/acceleration.py GMM REFERENCE [ROWS.npy -k K --covariance KIND --starts N]

GMM is the program; REFERENCE a folder with acceleration/cases.json and its files. For each reference case, the script prints the passes
to within 1e-8 nats per row of the optimum, and their ratio to those of plain EM. With ROWS, it also prints the passes to the
log-likelihood of plain EM after 100 passes less 1e-9 nats per row, for N seeds. Every pass counts, rejected ones too.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile

import numpy as np


def run(gmm, folder, rows, start, covariance, passes, acceleration):
    report = os.path.join(folder, "report.json")
    subprocess.run(
        [gmm, "train", rows, "--init", start, "--covariance", covariance, "--iterations", str(passes), "--tolerance", "0",
         "--weight-floor", "0", "--variance-floor", "0", "--accelerate", acceleration, "--report", report, "-q",
         "-o", os.path.join(folder, "model.npz")], check=True)
    with open(report) as file:
        return [step["averageLogLikelihood"] for step in json.load(file)["history"]]


def passes_to(history, target):
    """The first pass whose model reaches the target; the model before pass n + 1 is the result of n passes."""
    return next((n for n, value in enumerate(history) if value is not None and value >= target), None)


def reference(gmm, root, folder):
    ratios = []
    with open(os.path.join(root, "acceleration", "cases.json")) as file:
        cases = json.load(file)["cases"]
    for case in cases:
        name = case["rows"]["file"]
        path = os.path.join(root, "..", "data", os.path.basename(name)) if "data/" in name else os.path.join(root, "acceleration", name)
        rows = np.load(path) if path.endswith(".npy") else np.genfromtxt(path, delimiter=",", skip_header=1)
        if "rows" in case["rows"]:
            first, last, step = case["rows"]["rows"]
            rows = rows[first:last:step]
        if "columns" in case["rows"]:
            rows = rows[:, slice(*case["rows"]["columns"])]
        data = os.path.join(folder, "rows.npy")
        np.save(data, np.ascontiguousarray(rows.reshape(len(rows), -1), dtype=np.float64))
        arrays = np.load(os.path.join(root, "acceleration", case["case"] + ".npz"))
        covariances = arrays["init_covariances"]
        if case["covariance"] == "diag" and covariances.ndim == 3:
            covariances = np.einsum("kii->ki", covariances)
        start = os.path.join(folder, "start.npz")
        np.savez(start, weights=arrays["init_weights"], means=arrays["init_means"], covariances=covariances,
                 covariance_type=case["covariance"], format_version=np.int64(1))
        plain = case["passes_to_1e-8"]
        history = run(gmm, folder, data, start, case["covariance"], max(40, plain), "momentum")
        found = passes_to(history, case["average_log_likelihood"] - 1e-8)
        ratio = float("inf") if found is None else found / plain
        ratios.append(ratio)
        print(f"{case['case']:10} plain {plain:5}  momentum {found}  ratio {ratio:.2f}  final {max(history) - case['average_log_likelihood']:.2e}")
    print(f"median ratio {statistics.median(ratios):.3f}")


def from_starts(arguments, folder):
    ratios = []
    for seed in range(arguments.starts):
        start = os.path.join(folder, "start.npz")
        subprocess.run(
            [arguments.gmm, "train", arguments.rows, "-k", str(arguments.k), "--covariance", arguments.covariance, "--init", "kmeans++",
             "--seed", str(seed), "--iterations", "1", "--tolerance", "0", "-q", "-o", start], check=True)
        plain, momentum = (run(arguments.gmm, folder, arguments.rows, start, arguments.covariance, 101, way) for way in ("none", "momentum"))
        found = passes_to(momentum, plain[100] - 1e-9)
        ratios.append(float("inf") if found is None else found / 100)
        print(f"seed {seed}: {found} passes for 100; after 100 passes {max(momentum) - plain[100]:+.2e} nats per row", flush=True)
    print(f"median {statistics.median(ratios):.2f}, at most 1.05 in {sum(r <= 1.05 for r in ratios)} of {len(ratios)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gmm")
    parser.add_argument("reference")
    parser.add_argument("rows", nargs="?")
    parser.add_argument("-k", type=int, default=64)
    parser.add_argument("--covariance", default="diag")
    parser.add_argument("--starts", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.rows:
            from_starts(arguments, folder)
        else:
            reference(arguments.gmm, arguments.reference, folder)


if __name__ == "__main__":
    main()
