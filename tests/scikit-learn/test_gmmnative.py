"""Tests of samples/python/gmmnative_sklearn.py and of models that move between gmm and scikit-learn (docs/scikit-learn.md)."""

import os
import pathlib
import pickle
import re
import subprocess
import warnings

import numpy as np
import pytest
from gmmnative_sklearn import GmmNative
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.utils.estimator_checks import parametrize_with_checks

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPES = ["full", "tied", "diag", "spherical"]
PAGE = (ROOT / "docs/scikit-learn.md").read_text(encoding="utf-8")


def snippets(language):
    """The code blocks of docs/scikit-learn.md in one language."""
    return [block for name, block in re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE) if name == language]


def gmm(folder, *arguments):
    run = subprocess.run([os.environ["GMM_PROGRAM"], *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def load(path):
    """The function of the page that rebuilds an estimator."""
    names = {}
    code = snippets("python")[0]
    exec(code[: code.index("mixture = load")], names)
    return names["load"](path)


@pytest.fixture(scope="module")
def rows():
    """400 rows of 3 coordinates around 3 centers."""
    random = np.random.RandomState(7)
    centers = np.array([[0, 0, 0], [5, 1, -3], [-4, 6, 2]])
    return np.vstack([random.randn(n, 3) * scale + center for center, n, scale in zip(centers, (100, 120, 180), (0.6, 1.1, 0.9))])


@pytest.fixture
def folder(tmp_path, rows):
    np.save(tmp_path / "rows.npy", rows)
    return tmp_path


@parametrize_with_checks([GmmNative()])
def test_estimator_checks(estimator, check):
    check(estimator)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_fit_from_the_same_start_equals_scikit_learn(rows, kind, precision):
    rows = rows.astype(precision)
    eye = {"full": np.stack([np.eye(3)] * 3), "tied": np.eye(3), "diag": np.ones((3, 3)), "spherical": np.ones(3)}[kind]
    start = dict(weights_init=np.full(3, 1 / 3), means_init=rows[[0, 150, 300]], precisions_init=eye, covariance_type=kind, tol=1e-6)
    ours = GmmNative(3, **start).fit(rows)
    # scikit-learn computes in the precision of the rows.
    theirs = GaussianMixture(3, **start).fit(rows.astype(np.float64))
    assert ours.n_iter_ == theirs.n_iter_
    assert ours.converged_ and theirs.converged_
    for name in ["weights_", "means_", "covariances_", "precisions_", "precisions_cholesky_", "lower_bound_"]:
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-7, atol=1e-9, err_msg=name)
    wide = rows.astype(np.float64)
    np.testing.assert_allclose(ours.score_samples(rows), theirs.score_samples(wide), rtol=1e-7)
    np.testing.assert_allclose(ours.predict_proba(rows), theirs.predict_proba(wide), atol=1e-7)
    np.testing.assert_array_equal(ours.predict(rows), theirs.predict(wide))
    np.testing.assert_allclose([ours.bic(rows), ours.aic(rows)], [theirs.bic(wide), theirs.aic(wide)], rtol=1e-7)


@pytest.mark.parametrize("kind", TYPES)
def test_sample_weight_equals_repeated_rows(rows, kind):
    weights = np.random.RandomState(1).randint(0, 4, len(rows))
    start = dict(weights_init=np.full(3, 1 / 3), means_init=rows[[0, 150, 300]], covariance_type=kind, tol=1e-8)
    start["precisions_init"] = GaussianMixture(3, covariance_type=kind, means_init=start["means_init"]).fit(rows).precisions_
    weighted = GmmNative(3, **start).fit(rows, sample_weight=weights)
    repeated = GmmNative(3, **start).fit(np.repeat(rows, weights, axis=0))
    np.testing.assert_allclose(weighted.means_, repeated.means_, rtol=1e-9)
    np.testing.assert_allclose(weighted.covariances_, repeated.covariances_, rtol=1e-9)
    assert not np.allclose(weighted.means_, GmmNative(3, **start).fit(rows).means_, rtol=1e-4)


@pytest.mark.parametrize("kind", TYPES)
def test_start_equals_that_of_scikit_learn(rows, kind):
    parameters = dict(covariance_type=kind, init_params="random", random_state=3, max_iter=0)
    ours, theirs = GmmNative(3, **parameters).fit(rows), GaussianMixture(3, **parameters).fit(rows)
    assert (ours.n_iter_, ours.converged_, ours.lower_bound_) == (theirs.n_iter_, theirs.converged_, theirs.lower_bound_)
    for name in ["weights_", "means_", "covariances_"]:
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("kind", TYPES)
def test_start_with_weights_equals_that_of_repeated_rows(rows, kind):
    weights = np.random.RandomState(1).randint(0, 4, len(rows))
    parameters = dict(covariance_type=kind, init_params="kmeans", means_init=rows[[0, 150, 300]], random_state=3, max_iter=0)
    posteriors = np.random.RandomState(2).dirichlet(np.ones(3), len(rows))
    weighted, repeated = GmmNative(3, **parameters), GmmNative(3, **parameters)
    weighted._posteriors = lambda *_: posteriors
    repeated._posteriors = lambda *_: np.repeat(posteriors, weights, axis=0)
    weighted.fit(rows, sample_weight=weights)
    repeated.fit(np.repeat(rows, weights, axis=0))
    for name in ["weights_", "means_", "covariances_"]:
        np.testing.assert_allclose(getattr(weighted, name), getattr(repeated, name), rtol=1e-9, err_msg=name)


@pytest.mark.filterwarnings("ignore:.*did not converge.*")
def test_warm_start_continues_and_converges(rows):
    whole = GmmNative(3, max_iter=2, random_state=0, tol=1e-9).fit(rows)
    parts = GmmNative(3, max_iter=1, random_state=0, tol=1e-9, warm_start=True).fit(rows).fit(rows)
    np.testing.assert_array_equal(parts.means_, whole.means_)
    np.testing.assert_array_equal(parts.covariances_, whole.covariances_)
    assert (parts.lower_bound_, parts.converged_) == (whole.lower_bound_, False)
    last = whole.lower_bound_
    # The change from one call to the next decides, so one iteration per call converges, too.
    parts.set_params(tol=1e-5)
    for _ in range(30):
        parts.fit(rows)
        assert parts.lower_bound_ > last
        if parts.converged_:
            break
        last = parts.lower_bound_
    assert parts.converged_ and parts.n_iter_ == 1


def test_sample_follows_the_model_and_the_seed(rows):
    mixture = GmmNative(3, random_state=5).fit(rows)
    X, y = mixture.sample(40000)
    assert (np.diff(y) >= 0).all()
    for k in range(3):
        np.testing.assert_allclose(X[y == k].mean(axis=0), mixture.means_[k], atol=0.06)
        np.testing.assert_allclose(np.cov(X[y == k].T), mixture.covariances_[k], atol=0.08)
    np.testing.assert_array_equal(X, mixture.sample(40000)[0])


def test_copies_behave_like_the_original(rows):
    mixture = GmmNative(3, covariance_type="diag", random_state=0, threads=1, backend="managed").fit(rows)
    again = pickle.loads(pickle.dumps(mixture))
    np.testing.assert_array_equal(again.score_samples(rows), mixture.score_samples(rows))
    fresh = clone(mixture)
    assert fresh.get_params() == mixture.get_params()
    np.testing.assert_array_equal(fresh.fit(rows).means_, mixture.means_)


@pytest.mark.parametrize(
    "parameters, text",
    [
        ({"n_components": 0}, "'n_components' must be an integer of at least 1, but is 0"),
        ({"tol": -1}, "'tol' must be a number of at least 0, but is -1"),
        ({"max_iter": 2.5}, "'max_iter' must be an integer"),
        ({"covariance_type": "round"}, "'covariance_type' must be one of full, tied, diag, spherical, but is 'round'"),
        ({"init_params": "best"}, "'init_params' must be one of"),
        ({"backend": "abacus"}, "abacus"),
    ],
)
def test_wrong_parameters_are_value_errors(rows, parameters, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        GmmNative(**parameters).fit(rows)


def test_wrong_weights_and_missing_program_are_clear_errors(rows):
    with pytest.raises(ValueError, match="must not be negative"):
        GmmNative().fit(rows, sample_weight=-np.ones(len(rows)))
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        GmmNative().fit(rows, sample_weight=[1, 2])
    with pytest.raises(FileNotFoundError, match="'no-such-program' is not found. Install gmm"):
        GmmNative(program="no-such-program").fit(rows)


def test_too_few_iterations_warn(rows):
    with pytest.warns(ConvergenceWarning, match="Initialization 2 did not converge"):
        assert not GmmNative(3, max_iter=1, n_init=2, init_params="random", random_state=0).fit(rows).converged_


@pytest.mark.parametrize(
    "options, kind",
    [
        (["--covariance", "full"], "full"),
        (["--covariance", "full", "--block-size", "1,2"], "full"),
        (["--covariance", "diag"], "diag"),
        (["--covariance", "spherical"], "spherical"),
        (["--covariance", "tied"], "tied"),
        (["--covariance", "tied-diag"], "tied"),
        (["--covariance", "tied-spherical"], "tied"),
        (["--variational", "dirichlet", "--covariance", "full"], "full"),
        (["--variational", "process", "--covariance", "full"], "full"),
        (["--variational", "process", "--covariance", "diag"], "diag"),
    ],
)
def test_converted_model_is_a_working_estimator(folder, rows, options, kind):
    gmm(folder, "train", "rows.npy", "-k", 3, "-o", "model.npz", *options)
    gmm(folder, "convert", "model.npz", "model.sklearn.npz")
    gmm(folder, "score", "model.npz", "rows.npy", "-o", "densities.npy")
    gmm(folder, "posterior", "model.npz", "rows.npy", "-o", "posteriors.npy")
    mixture = load(folder / "model.sklearn.npz")
    assert isinstance(mixture, BayesianGaussianMixture if "--variational" in options else GaussianMixture)
    assert (mixture.covariance_type, mixture.n_components, mixture.n_features_in_) == (kind, 3, 3)
    np.testing.assert_allclose(mixture.score_samples(rows), np.load(folder / "densities.npy"), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(mixture.predict_proba(rows), np.load(folder / "posteriors.npy"), atol=1e-11)
    assert mixture.sample(7)[0].shape == (7, 3)

    # Training again in scikit-learn computes the attributes from the parameters, in the same shapes.
    fitted = clone(mixture).set_params(max_iter=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted.fit(rows)
    for name in ["covariances_", "precisions_", "precisions_cholesky_", "weight_concentration_", "degrees_of_freedom_", "mean_precision_"]:
        if hasattr(fitted, name):
            assert np.shape(getattr(mixture, name)) == np.shape(getattr(fitted, name)), name
            assert type(getattr(mixture, name)) is type(getattr(fitted, name)), name
    # A warm start continues from the model. scikit-learn trains more entries of some covariances.
    before = mixture.score(rows)
    if isinstance(mixture, GaussianMixture):
        assert before - 1e-6 < mixture.set_params(warm_start=True, tol=1e-6).fit(rows).score(rows) < before + 0.1

    # And back.
    gmm(folder, "convert", "model.sklearn.npz", "back.npz")
    gmm(folder, "score", "back.npz", "rows.npy", "-o", "back.npy")
    np.testing.assert_allclose(np.load(folder / "back.npy"), np.load(folder / "densities.npy"), rtol=1e-12)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("prior", [None, "dirichlet_process", "dirichlet_distribution"])
def test_saved_attributes_are_a_model(folder, rows, kind, prior):
    if prior is None:
        theirs = GaussianMixture(3, covariance_type=kind, random_state=0).fit(rows)
    else:
        theirs = BayesianGaussianMixture(
            n_components=3, covariance_type=kind, weight_concentration_prior_type=prior, random_state=0, max_iter=500).fit(rows)
    code = snippets("python")[1]
    code = code[code.index("names = [") :].replace("bayes.sklearn.npz", str(folder / "saved.sklearn.npz"))
    exec(code, {"numpy": np, "bayes": theirs})
    gmm(folder, "score", "saved.sklearn.npz", "rows.npy", "-o", "densities.npy")
    np.testing.assert_allclose(np.load(folder / "densities.npy"), theirs.score_samples(rows), rtol=1e-9, atol=1e-9)


def test_column_names_move_both_ways(folder, rows):
    np.savetxt(folder / "named.csv", rows, delimiter=",", header="height,width,tiefe-\u00e4", comments="", encoding="utf-8")
    gmm(folder, "train", "named.csv", "-k", 3, "-o", "model.sklearn.npz")
    mixture = load(folder / "model.sklearn.npz")
    assert list(mixture.feature_names_in_) == ["height", "width", "tiefe-\u00e4"]
    assert mixture.feature_names_in_.dtype == object
    np.savez(
        folder / "saved.sklearn.npz", weights_=mixture.weights_, means_=mixture.means_, covariances_=mixture.covariances_,
        covariance_type=mixture.covariance_type, feature_names_in_=mixture.feature_names_in_.astype(str))
    gmm(folder, "convert", "saved.sklearn.npz", "model.json")
    assert '"width"' in (folder / "model.json").read_text(encoding="utf-8")


def run_page(text, tmp_path, monkeypatch):
    """Runs all commands and snippets of a page, in their order. Returns their number and the names that the snippets define."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    program = tmp_path / "bin" / "gmm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{os.environ["GMM_PROGRAM"]}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("GMM_PROGRAM")
    names = {}
    count = 0
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        if language == "" and not block.startswith("gmm "):
            continue  # The output of the commands.
        count += 1
        if language == "python":
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "X does not have valid feature names")
                exec(block, names)
        else:
            run = subprocess.run(["sh", "-e", "-c", block], capture_output=True, text=True)
            assert run.returncode == 0, run.stderr
    return count, names


def test_page_runs_as_written(tmp_path, monkeypatch):
    count, names = run_page(PAGE, tmp_path, monkeypatch)
    assert count == 6
    assert names["search"].best_params_["n_components"] > 1
    np.testing.assert_allclose(np.load("densities.npy"), names["bayes"].score_samples(names["X"]), rtol=1e-9)


def test_page_from_scikit_learn_runs_as_written(tmp_path, monkeypatch, capsys):
    program = os.environ["GMM_PROGRAM"]
    text = (ROOT / "docs/from-scikit-learn.md").read_text(encoding="utf-8")
    count, names = run_page(text, tmp_path, monkeypatch)
    assert count == 4
    assert f"`{capsys.readouterr().out.strip()}`" in text
    rows = "samples/data/faithful.csv"
    subprocess.run([program, "score", "-q", "mixture.sklearn.npz", rows, "-o", "theirs.npy"], check=True)
    subprocess.run([program, "score", "-q", "faithful.npz", rows, "-o", "ours.npy"], check=True)
    theirs = names["mixture"].score_samples(names["X"])
    np.testing.assert_allclose(np.load("theirs.npy"), theirs, rtol=1e-9)
    np.testing.assert_allclose(np.load("ours.npy"), theirs, atol=1e-3)
