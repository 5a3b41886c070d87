"""The examples in the docstrings of the script room run."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from cupola import script


@pytest.mark.parametrize("name", [module.name for module in iter_modules(script.__path__)])
def test_the_examples_of_a_module_run(name: str) -> None:
    assert doctest.testmod(import_module(f"cupola.script.{name}")).failed == 0
