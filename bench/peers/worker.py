#!/usr/bin/env python3
"""One system's part of a comparison, in a process of its own, so that threads and peak memory are that system's alone.

    echo '{"threads": 2, ...}' | worker.py TASK        started by the scripts beside this one

The arguments come as JSON on standard input, the answer goes as one line of JSON to standard output. Tasks:
    versions          packages and BLAS in use
    dgemm             rate of a large dgemm, GFLOP/s
    sklearn-em        seconds of each EM iteration from a given model, and the average log-likelihood of each E-step
    sklearn-bayes     seconds of each iteration of BayesianGaussianMixture from given posteriors, and the lower bound after the last
    posteriors        writes those of a given model to a file
    opencv-em         the same as sklearn-em of cv2.ml.EM, from the posteriors of that file
    sklearn-fit       seconds of GaussianMixture.fit with its own defaults
    sklearn-select    seconds of a loop over numbers of components and covariance types, and the BIC of each
    sklearn-score     average log-likelihood of rows under model files, by one program for all
"""
import json
import pathlib
import sys
import time
import warnings

from common import median, peak_memory


def load(folder, rows):
    import numpy
    folder = pathlib.Path(folder)
    values = numpy.load(folder / "rows.npy", mmap_mode="r")
    values = numpy.array(values[:rows])
    with numpy.load(folder / "model.npz") as model:
        return values, str(model["covariance_type"]), model["weights"], model["means"], model["covariances"]


def versions(_):
    import numpy
    import sklearn
    packages = {"scikit-learn": sklearn.__version__, "NumPy": numpy.__version__}
    try:
        import cv2
        packages["OpenCV"] = cv2.__version__
    except ImportError:
        pass
    import scipy.linalg  # noqa: F401 - loads the BLAS
    files = {pathlib.Path(line.split()[-1]).name for line in open("/proc/self/maps") if "/" in line}
    blas = sorted(name for name in files if name.startswith(("libopenblas", "libmkl_rt", "libblis", "libblas", "libscipy_openblas")))
    # Debian's libblas.so.3 may be a front end of another library, which is then named.
    known = [name for name in blas if not name.startswith("libblas.so")] or blas
    return {"packages": packages, "blas": ", ".join(known) or "unknown"}


def dgemm(_):
    import numpy
    n = 3000
    a = numpy.random.default_rng(1).normal(size=(n, n))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        a @ a
        times.append(time.perf_counter() - start)
    return {"rate": 2 * n**3 / min(times) / 1e9}


def sklearn_mixture(covariance, weights, means, covariances):
    import numpy
    from sklearn.mixture import GaussianMixture
    mixture = GaussianMixture(len(weights), covariance_type=covariance, reg_covar=1e-6)
    mixture.weights_, mixture.means_, mixture.covariances_ = weights, means, covariances
    if covariance in ("diag", "spherical"):
        mixture.precisions_cholesky_ = 1 / numpy.sqrt(covariances)
    elif covariance == "tied":
        mixture.precisions_cholesky_ = numpy.linalg.inv(numpy.linalg.cholesky(covariances)).T
    else:
        mixture.precisions_cholesky_ = numpy.stack([numpy.linalg.inv(numpy.linalg.cholesky(matrix)).T for matrix in covariances])
    return mixture


def sklearn_em(arguments):
    values, covariance, *model = load(arguments["folder"], arguments["rows"])
    mixture = sklearn_mixture(covariance, *model)
    times, averages = [], []
    for _ in range(arguments["iterations"]):
        start = time.perf_counter()
        average, log_posterior = mixture._e_step(values)
        mixture._m_step(values, log_posterior)
        times.append(time.perf_counter() - start)
        averages.append(float(average))
    return {"seconds": median(times), "averages": averages, "memory": peak_memory() - values.nbytes, "note": ""}


def sklearn_bayes(arguments):
    import numpy
    from sklearn.mixture import BayesianGaussianMixture
    folder = pathlib.Path(arguments["folder"])
    values = numpy.load(folder / "rows.npy")
    start_posteriors = numpy.load(folder / "posteriors.npy")
    mixture = BayesianGaussianMixture(
        n_components=start_posteriors.shape[1], covariance_type=arguments["covariance"], reg_covar=0,
        weight_concentration_prior_type="dirichlet_distribution")
    mixture._check_parameters(values)
    mixture._initialize(values, start_posteriors)
    times = []
    for _ in range(arguments["iterations"]):
        start = time.perf_counter()
        log_norm, log_posterior = mixture._e_step(values)
        mixture._m_step(values, log_posterior)
        bound = mixture._compute_lower_bound(log_posterior, log_norm)
        times.append(time.perf_counter() - start)
    return {"seconds": median(times[1:]), "bound": float(bound)}


def posteriors(arguments):
    import numpy
    values, covariance, *model = load(arguments["folder"], arguments["rows"])
    numpy.save(pathlib.Path(arguments["folder"]) / "posteriors.npy", numpy.exp(sklearn_mixture(covariance, *model)._e_step(values)[1]))
    return {}


def opencv_em(arguments):
    # Its Python binding cannot be given covariances (it takes one matrix for the list of them), but posteriors: those of the starting model.
    # A call then runs n M-steps and n E-steps, after conversions: the difference of two calls is whole iterations.
    import cv2
    import numpy
    cv2.setNumThreads(arguments["threads"])
    values, covariance, *_ = load(arguments["folder"], arguments["rows"])
    posteriors = numpy.load(pathlib.Path(arguments["folder"]) / "posteriors.npy")
    kind = cv2.ml.EM_COV_MAT_DIAGONAL if covariance == "diag" else cv2.ml.EM_COV_MAT_GENERIC
    times, processor, averages = {}, {}, {}
    steps = arguments["iterations"]
    for count in (1, 1 + steps):
        mixture = cv2.ml.EM_create()
        mixture.setClustersNumber(posteriors.shape[1])
        mixture.setCovarianceMatrixType(kind)
        mixture.setTermCriteria((cv2.TERM_CRITERIA_COUNT, count, 0))
        start, used = time.perf_counter(), time.process_time()
        _, densities, _, _ = mixture.trainM(values, posteriors)
        times[count], processor[count] = time.perf_counter() - start, time.process_time() - used
        averages[count] = float(densities.mean())
    seconds = times[1 + steps] - times[1]
    busy = (processor[1 + steps] - processor[1]) / seconds
    # The first E-step was that of the posteriors given.
    return {"seconds": seconds / steps, "averages": [None, averages[1], *[None] * (steps - 1), averages[1 + steps]],
            "memory": peak_memory() - values.nbytes - posteriors.nbytes, "note": f"{busy:.1f} processors busy"}


def sklearn_fit(arguments):
    import numpy
    from sklearn.mixture import GaussianMixture
    values = numpy.load(arguments["data"]).astype(numpy.float64)
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converging within the iterations is reported by "converged"
        mixture = GaussianMixture(
            arguments["components"], covariance_type=arguments["covariance"], random_state=arguments["seed"],
            **arguments["options"]).fit(values)
    seconds = time.perf_counter() - start
    numpy.savez(arguments["model"], weights=mixture.weights_, means=mixture.means_, covariances=mixture.covariances_,
                covariance_type=numpy.array(arguments["covariance"]))
    return {"seconds": seconds, "iterations": int(mixture.n_iter_), "converged": bool(mixture.converged_), "memory": peak_memory()}


def sklearn_select(arguments):
    import numpy
    from sklearn.mixture import GaussianMixture
    path = arguments["data"]
    values = numpy.load(path) if path.endswith(".npy") else numpy.genfromtxt(path, delimiter=",", skip_header=1)
    values = values.astype(numpy.float64)
    cells = []
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for covariance in arguments["types"]:
            for components in arguments["components"]:
                mixture = GaussianMixture(
                    components, covariance_type=covariance, n_init=arguments["restarts"], random_state=0).fit(values)
                cells.append((covariance, components, float(mixture.bic(values))))
    return {"seconds": time.perf_counter() - start, "cells": cells}


def sklearn_score(arguments):
    import numpy
    values = numpy.load(arguments["data"]).astype(numpy.float64)
    averages = []
    for path in arguments["models"]:
        with numpy.load(path) as model:
            mixture = sklearn_mixture(str(model["covariance_type"]), model["weights"], model["means"], model["covariances"])
        averages.append(float(mixture.score(values)))
    return {"averages": averages}


TASKS = {"versions": versions, "dgemm": dgemm, "sklearn-em": sklearn_em, "sklearn-bayes": sklearn_bayes,
         "posteriors": posteriors, "opencv-em": opencv_em, "sklearn-fit": sklearn_fit,
         "sklearn-select": sklearn_select, "sklearn-score": sklearn_score}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit(f"worker.py: give one of {', '.join(TASKS)}")
    print(json.dumps(TASKS[sys.argv[1]](json.load(sys.stdin))))
