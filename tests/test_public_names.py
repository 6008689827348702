"""Each module says what it offers, and offers what it says."""

import importlib
import pkgutil

import pytest

import standsbehind

MODULES = [
    module.name
    for module in pkgutil.walk_packages(standsbehind.__path__, "standsbehind.")
    if not module.ispkg
]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_offers_is_there(name):
    module = importlib.import_module(name)
    for public in module.__all__:
        assert hasattr(module, public), public
        assert not public.startswith("_")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_opens_with_one_sentence(name):
    first = importlib.import_module(name).__doc__.strip().splitlines()[0]
    assert first.endswith((".", "?", ":"))
