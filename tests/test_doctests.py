"""The examples in docstrings are run."""

import doctest
import importlib
import pkgutil

import pytest

PACKAGES = ("app", "oauth", "odata", "schemas")
MODULES = [
    module.name
    for package in PACKAGES
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    if ".migrations." not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0
