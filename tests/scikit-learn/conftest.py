"""Options and the program of the tests of samples/python/gmmnative_sklearn.py, and of scikit-learn's own tests that run on it."""

import os
import sys

import pytest
import sklearn.mixture

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "samples", "python"))

import gmmnative_sklearn  # noqa: E402

# scikit-learn's own tests import GaussianMixture from sklearn.mixture, and messages contain the name of the class.
if os.environ.get("GMMNATIVE_IN_PLACE_OF_SKLEARN"):

    class GaussianMixture(gmmnative_sklearn.GmmNative):
        pass

    sklearn.mixture.GaussianMixture = GaussianMixture


@pytest.fixture(params=[0])
def global_random_seed(request):
    """The seed that scikit-learn's own fixture gives."""
    return request.param
