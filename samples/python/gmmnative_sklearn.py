"""A Gaussian mixture with scikit-learn's interface, trained and evaluated by the program gmm.

    from gmmnative_sklearn import GmmNative

    mixture = GmmNative(n_components=8, covariance_type="diag", random_state=0).fit(X)
    labels = mixture.predict(X)

Parameters, attributes and methods are those of sklearn.mixture.GaussianMixture. Rows pass through .npy files in a temporary folder. Each call
of fit, predict, predict_proba, score_samples or sample starts the program. Needs scikit-learn 1.2 or newer. docs/scikit-learn.md describes
the differences.
"""

import json
import os
import shutil
import subprocess
import tempfile
import warnings
from numbers import Integral, Real

import numpy as np
from scipy import linalg
from sklearn.base import BaseEstimator, DensityMixin
from sklearn.cluster import KMeans, kmeans_plusplus
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_array, check_random_state
from sklearn.utils.validation import check_is_fitted

try:
    from sklearn.utils.validation import validate_data
except ImportError:  # before scikit-learn 1.6

    def validate_data(estimator, X, **options):
        return estimator._validate_data(X, **options)


COVARIANCE_TYPES = ("full", "tied", "diag", "spherical")
STARTS = ("kmeans", "k-means++", "random", "random_from_data")
MAXIMUM_SEED = 2**31 - 1


class GmmNative(DensityMixin, BaseEstimator):
    """A Gaussian mixture. The parameters up to verbose_interval are those of scikit-learn's GaussianMixture.

    Parameters
    ----------
    program : str, default=None
        The program gmm. None is the environment variable GMM_PROGRAM, or else gmm on the path.
    backend : {"auto", "mkl", "openblas", "managed"}, default=None
        The backend to compute with. None is that of the program.
    threads : int, default=None
        The number of threads, which does not change results. None is one per processor.

    Attributes
    ----------
    weights_, means_, covariances_, precisions_, precisions_cholesky_, converged_, n_iter_, lower_bound_, n_features_in_,
    feature_names_in_ : as in scikit-learn's GaussianMixture.
    """

    def __init__(
        self,
        n_components=1,
        *,
        covariance_type="full",
        tol=1e-3,
        reg_covar=1e-6,
        max_iter=100,
        n_init=1,
        init_params="kmeans",
        weights_init=None,
        means_init=None,
        precisions_init=None,
        random_state=None,
        warm_start=False,
        verbose=0,
        verbose_interval=10,
        program=None,
        backend=None,
        threads=None,
    ):
        self.n_components = n_components
        self.covariance_type = covariance_type
        self.tol = tol
        self.reg_covar = reg_covar
        self.max_iter = max_iter
        self.n_init = n_init
        self.init_params = init_params
        self.weights_init = weights_init
        self.means_init = means_init
        self.precisions_init = precisions_init
        self.random_state = random_state
        self.warm_start = warm_start
        self.verbose = verbose
        self.verbose_interval = verbose_interval
        self.program = program
        self.backend = backend
        self.threads = threads

    def fit(self, X, y=None, sample_weight=None):
        """Trains the mixture.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : ignored
        sample_weight : array-like of shape (n_samples,), default=None
            Weights of at least 0. A row of weight 2 counts as if it occurred twice.

        Returns
        -------
        self
        """
        self._check_parameters()
        X = validate_data(self, X, dtype=[np.float64, np.float32], ensure_min_samples=2)
        if X.shape[0] < self.n_components:
            raise ValueError(
                f"Expected n_samples >= n_components but got n_components = {self.n_components}, n_samples = {X.shape[0]}"
            )

        sample_weight = _check_weights(sample_weight, X)
        given = self._check_start(X.shape[1])
        is_continued = self.warm_start and hasattr(self, "converged_")
        random = check_random_state(self.random_state)
        with tempfile.TemporaryDirectory(prefix="gmmnative-") as folder:
            training = _Training(self, folder, X, sample_weight)
            if is_continued:
                training.run(self._parameters(), previous=self.lower_bound_)
            elif self.max_iter == 0:
                training.keep(self._start(X, sample_weight, given, random), -np.inf, [], False)
            elif self.init_params == "kmeans" and not given:
                training.run(seed=random.randint(MAXIMUM_SEED), restarts=self.n_init)
            else:
                # Without a random part, all starts are equal.
                for _ in range(1 if len(given) == 3 else self.n_init):
                    training.run(self._start(X, sample_weight, given, random))

        self._keep(training)
        return self

    def fit_predict(self, X, y=None, sample_weight=None):
        """Trains the mixture and returns the component of the largest posterior for each row."""
        return self.fit(X, sample_weight=sample_weight).predict(X)

    def predict(self, X):
        """Returns the component of the largest posterior for each row."""
        return self._evaluate("predict", X).astype(np.intp)

    def predict_proba(self, X):
        """Returns the posteriors, of shape (n_samples, n_components)."""
        return self._evaluate("posterior", X).reshape(-1, self.n_components)

    def score_samples(self, X):
        """Returns the log-density of each row, in nats."""
        return self._evaluate("score", X)

    def score(self, X, y=None):
        """Returns the average log-density of the rows, in nats."""
        return self.score_samples(X).mean()

    def bic(self, X):
        """Returns the Bayesian information criterion; smaller is better."""
        log_densities = self.score_samples(X)
        return -2 * log_densities.sum() + self._n_parameters() * np.log(log_densities.size)

    def aic(self, X):
        """Returns the Akaike information criterion; smaller is better."""
        return -2 * self.score_samples(X).sum() + 2 * self._n_parameters()

    def sample(self, n_samples=1):
        """Returns random rows, of shape (n_samples, n_features), and their components, in the order of the components."""
        check_is_fitted(self)
        if n_samples < 1:
            raise ValueError(f"Invalid value for 'n_samples': {n_samples}. At least one sample is needed.")

        seed = check_random_state(self.random_state).randint(MAXIMUM_SEED)
        with tempfile.TemporaryDirectory(prefix="gmmnative-") as folder:
            model, rows, labels = (os.path.join(folder, name) for name in ("model.npz", "rows.npy", "labels.npy"))
            self._write(model, self._parameters())
            self._run("sample", model, "-n", n_samples, "--seed", seed, "-o", rows, "--labels", labels, "-q")
            X, y = np.load(rows), np.load(labels).reshape(-1).astype(np.intp)

        order = np.argsort(y, kind="stable")
        return X[order], y[order]

    def _n_parameters(self):
        """The number of free parameters."""
        d = self.means_.shape[1]
        covariance = {
            "full": self.n_components * d * (d + 1) // 2,
            "tied": d * (d + 1) // 2,
            "diag": self.n_components * d,
            "spherical": self.n_components,
        }
        return int(covariance[self.covariance_type] + d * self.n_components + self.n_components - 1)

    def _check_parameters(self):
        for name, kind, minimum in (
            ("n_components", Integral, 1),
            ("tol", Real, 0),
            ("reg_covar", Real, 0),
            ("max_iter", Integral, 0),
            ("n_init", Integral, 1),
        ):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, kind) or not value >= minimum:
                what = "an integer" if kind is Integral else "a number"
                raise ValueError(f"The parameter '{name}' must be {what} of at least {minimum}, but is {value!r}.")

        for name, known in (("covariance_type", COVARIANCE_TYPES), ("init_params", STARTS)):
            value = getattr(self, name)
            if value not in known:
                raise ValueError(f"The parameter '{name}' must be one of {', '.join(known)}, but is {value!r}.")

    def _check_start(self, d):
        """Returns the given parts of the start: weights, means and precisions, in double precision."""
        k = self.n_components
        given = {}
        if self.weights_init is not None:
            weights = _shaped(self.weights_init, (k,), "weights")
            if np.any(weights < 0) or np.any(weights > 1):
                raise ValueError(
                    "The parameter 'weights' should be in the range [0, 1], but got"
                    f" max value {weights.min():.5f}, min value {weights.max():.5f}"
                )
            if not np.allclose(np.abs(1 - weights.sum()), 0):
                raise ValueError(f"The parameter 'weights' should be normalized, but got sum(weights) = {weights.sum():.5f}")
            given["weights"] = weights

        if self.means_init is not None:
            given["means"] = _shaped(self.means_init, (k, d), "means")

        if self.precisions_init is not None:
            name = f"{self.covariance_type} precision"
            precisions = _shaped(self.precisions_init, _covariance_shape(self.covariance_type, k, d), name)
            if self.covariance_type in ("diag", "spherical"):
                if np.any(precisions <= 0):
                    raise ValueError(f"'{name}' should be positive")
            else:
                for precision in precisions.reshape(-1, d, d):
                    if not np.allclose(precision, precision.T) or np.any(linalg.eigvalsh(precision) <= 0):
                        raise ValueError(f"'{name}' should be symmetric, positive-definite")
            given["precisions"] = precisions

        return given

    def _start(self, X, sample_weight, given, random):
        """Makes the parameters of the start: one M-step from posteriors, with the given parts in place of its results."""
        if len(given) < 3:
            weights, means, covariances = _maximize(
                X, self._posteriors(X, random), sample_weight, self.reg_covar, self.covariance_type
            )
        if "weights" in given:
            weights = given["weights"]
        if "means" in given:
            means = given["means"]
        if "precisions" in given:
            precisions = given["precisions"]
            if self.covariance_type in ("diag", "spherical"):
                covariances = 1 / precisions
            else:
                covariances = np.linalg.inv(precisions)
                covariances = (covariances + np.swapaxes(covariances, -1, -2)) / 2
        return weights, means, covariances

    def _posteriors(self, X, random):
        """Makes the posteriors of the start that init_params names, as scikit-learn does."""
        n, k = X.shape[0], self.n_components
        if self.init_params == "random":
            posteriors = random.uniform(size=(n, k))
            return posteriors / posteriors.sum(axis=1, keepdims=True)

        posteriors = np.zeros((n, k))
        if self.init_params == "kmeans":
            rows, components = np.arange(n), KMeans(n_clusters=k, n_init=1, random_state=random).fit(X).labels_
        elif self.init_params == "k-means++":
            rows, components = kmeans_plusplus(X, k, random_state=random)[1], np.arange(k)
        else:
            rows, components = random.choice(n, size=k, replace=False), np.arange(k)
        posteriors[rows, components] = 1
        return posteriors

    def _keep(self, training):
        if not training.converged and self.max_iter > 0:
            warnings.warn(
                f"Initialization {training.count} did not converge. Try different init parameters, "
                "or increase max_iter, tol or check for degenerate data.",
                ConvergenceWarning,
                stacklevel=3,
            )

        self.weights_, self.means_, self.covariances_ = training.parameters
        self.converged_ = training.converged
        self.n_iter_ = training.iterations
        self.lower_bound_ = training.lower_bound
        if self.covariance_type in ("diag", "spherical"):
            self.precisions_cholesky_ = 1 / np.sqrt(self.covariances_)
            self.precisions_ = 1 / self.covariances_
        else:
            d = self.means_.shape[1]
            factors = [
                linalg.solve_triangular(_cholesky(covariance), np.eye(d), lower=True).T
                for covariance in self.covariances_.reshape(-1, d, d)
            ]
            self.precisions_cholesky_ = np.reshape(factors, self.covariances_.shape)
            self.precisions_ = self.precisions_cholesky_ @ np.swapaxes(self.precisions_cholesky_, -1, -2)

    def _parameters(self):
        return self.weights_, self.means_, self.covariances_

    def _evaluate(self, command, X):
        """Runs a command of the program that writes one line of numbers per row."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=[np.float64, np.float32], reset=False)
        with tempfile.TemporaryDirectory(prefix="gmmnative-") as folder:
            model, rows, result = (os.path.join(folder, name) for name in ("model.npz", "rows.npy", "result.npy"))
            self._write(model, self._parameters())
            np.save(rows, X)
            self._run(command, model, rows, "-o", result, "-q", *self._compute_options())
            values = np.load(result)
        return values if command == "posterior" else values.reshape(-1)

    def _write(self, path, parameters):
        weights, means, covariances = parameters
        np.savez(path, weights=weights, means=means, covariances=covariances, covariance_type=self.covariance_type)

    def _compute_options(self):
        options = []
        if self.backend is not None:
            options += ["--backend", self.backend]
        if self.threads is not None:
            options += ["--threads", self.threads]
        return options

    def _run(self, *arguments):
        """Runs the program. An error of the program is a ValueError with its text."""
        program = self.program or os.environ.get("GMM_PROGRAM") or "gmm"
        found = shutil.which(program)
        if found is None:
            raise FileNotFoundError(
                f"The program '{program}' is not found. Install gmm, or specify its path: GmmNative(program=...) or GMM_PROGRAM."
            )

        run = subprocess.run(
            [found, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        message = run.stderr.strip()
        if run.returncode == 0:
            return message
        if run.returncode < 0:
            raise RuntimeError(f"{program} was ended by signal {-run.returncode}. {message}".rstrip())

        text = (message.splitlines() or [f"{program} ended with exit code {run.returncode}"])[-1].removeprefix("gmm: ")
        if "not positive definite" in text:
            text = (
                "Fitting the mixture model failed because some components have ill-defined empirical covariance (for instance caused "
                "by singleton or collapsed samples). Try to decrease the number of components, or increase reg_covar. " + text
            )
        raise ValueError(text)


class _Training:
    """The runs of one call of fit. The one with the largest lower bound remains."""

    def __init__(self, mixture, folder, X, sample_weight):
        self.mixture = mixture
        self.folder = folder
        self.rows = os.path.join(folder, "rows.npy")
        np.save(self.rows, X)
        self.weights = None
        if sample_weight is not None:
            self.weights = os.path.join(folder, "weights.npy")
            np.save(self.weights, sample_weight)
        self.count = 0
        self.parameters = None
        self.lower_bound = -np.inf

    def run(self, start=None, previous=-np.inf, seed=0, restarts=1):
        """Trains from a start, or from k-means with the given seed.

        Parameters
        ----------
        start : weights, means and covariances, or None
        previous : the lower bound before the first iteration
        seed, restarts : for k-means
        """
        mixture = self.mixture
        model, report, first = (os.path.join(self.folder, name) for name in ("model.npz", "report.json", "first.npz"))
        arguments = ["train", self.rows, "-o", model, "--report", report, "-k", mixture.n_components]
        arguments += ["--preset", "scikit-learn", "--covariance", mixture.covariance_type, "--regularization", float(mixture.reg_covar)]
        arguments += ["--tolerance", float(mixture.tol), "--iterations", mixture.max_iter]
        if start is None:
            arguments += ["--init", "kmeans", "--seed", seed, "--restarts", restarts]
        else:
            mixture._write(first, start)
            arguments += ["--init", first]
        if self.weights is not None:
            arguments += ["--weights", self.weights]
        messages = mixture._run(*arguments, "-v" if mixture.verbose else "-q", *mixture._compute_options())
        if mixture.verbose:
            print(messages)

        with open(report, encoding="utf-8") as file:
            result = json.load(file)
        with np.load(model) as arrays:
            parameters = arrays["weights"], arrays["means"], arrays["covariances"]
        history = [iteration["averageLogLikelihood"] for iteration in result["history"]]
        converged = result["stopReason"] == "converged" or abs(history[0] - previous) < mixture.tol
        self.count += restarts - 1
        self.keep(parameters, history[-1], history, converged)

    def keep(self, parameters, lower_bound, history, converged):
        """Keeps the result if its lower bound is the largest so far."""
        self.count += 1
        if self.parameters is None or lower_bound > self.lower_bound:
            self.parameters = parameters
            self.lower_bound = lower_bound
            self.iterations = len(history)
            self.converged = converged


def _cholesky(covariance):
    try:
        return linalg.cholesky(covariance, lower=True)
    except linalg.LinAlgError as error:
        raise ValueError(
            "Fitting the mixture model failed because some components have ill-defined empirical covariance (for instance caused "
            "by singleton or collapsed samples). Try to decrease the number of components, or increase reg_covar."
        ) from error


def _check_weights(sample_weight, X):
    """Returns one weight per row in double precision, or None."""
    if sample_weight is None:
        return None
    weights = check_array(sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight")
    if weights.shape != (X.shape[0],):
        raise ValueError(f"sample_weight has shape {weights.shape}, but the expected shape is ({X.shape[0]},).")
    if np.any(weights < 0) or weights.sum() <= 0:
        raise ValueError("sample_weight must not be negative, and not be zero for all rows.")
    return weights


def _shaped(values, shape, name):
    values = check_array(values, dtype=np.float64, ensure_2d=False, allow_nd=True)
    if values.shape != shape:
        raise ValueError(f"The parameter '{name}' should have the shape of {shape}, but got {values.shape}")
    return values


def _covariance_shape(covariance_type, k, d):
    return {"full": (k, d, d), "tied": (d, d), "diag": (k, d), "spherical": (k,)}[covariance_type]


def _maximize(X, posteriors, sample_weight, reg_covar, covariance_type):
    """One M-step: weights, means and covariances of the rows with the given posteriors."""
    X = X.astype(np.float64, copy=False)
    d = X.shape[1]
    if sample_weight is not None:
        posteriors = posteriors * sample_weight[:, np.newaxis]
    # A component without rows divides by a number just above zero, as in scikit-learn.
    occupancies = posteriors.sum(axis=0) + 10 * np.finfo(np.float64).eps
    means = posteriors.T @ X / occupancies[:, np.newaxis]
    weights = occupancies / occupancies.sum()
    if covariance_type in ("diag", "spherical"):
        variances = np.stack([posteriors[:, k] @ (X - mean) ** 2 for k, mean in enumerate(means)]) / occupancies[:, np.newaxis]
        covariances = variances + reg_covar
        return weights, means, covariances.mean(axis=1) if covariance_type == "spherical" else covariances

    scatters = np.stack([(X - mean).T @ (posteriors[:, [k]] * (X - mean)) for k, mean in enumerate(means)])
    if covariance_type == "tied":
        return weights, means, scatters.sum(axis=0) / occupancies.sum() + reg_covar * np.eye(d)
    return weights, means, scatters / occupancies[:, np.newaxis, np.newaxis] + reg_covar * np.eye(d)
