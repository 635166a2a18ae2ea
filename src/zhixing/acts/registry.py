"""Finds act files by itself; there is no list to forget."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from django.apps import apps

from zhixing.acts.kinds import Act

_acts: dict[str, Act] = {}


def discover() -> None:
    """Import `<room>.acts.*` of every installed room and register each Act subclass once."""
    for config in apps.get_app_configs():
        if not config.name.startswith("zhixing.") or config.name == "zhixing.acts":
            continue
        try:
            package = importlib.import_module(f"{config.name}.acts")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.acts":
                raise
            continue
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            _register_module(importlib.import_module(module.name))


def _register_module(module: ModuleType) -> None:
    for value in vars(module).values():
        if not (isinstance(value, type) and issubclass(value, Act) and value is not Act):
            continue
        if value.__module__ != module.__name__ or "code" not in vars(value):
            continue
        if value.code in _acts and type(_acts[value.code]) is not value:
            raise RuntimeError(f"Act code {value.code} is declared twice.")
        _acts[value.code] = value()


def act(code: str) -> Act:
    """The act kind of this code. Raises KeyError with the near names."""
    try:
        return _acts[code]
    except KeyError:
        known = ", ".join(sorted(_acts))
        raise KeyError(f"There is no act {code!r}. Known acts: {known}.") from None


def all_acts() -> list[Act]:
    """All act kinds by code."""
    return [_acts[code] for code in sorted(_acts)]
