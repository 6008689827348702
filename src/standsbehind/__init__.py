"""Who stands behind a camera, a vendor, a purchase: cited answers, hop by hop."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standsbehind.library.data import open_data as open  # noqa: A004 - its name outside

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - `open` alone, loaded when asked for
    if name == "open":
        from importlib import import_module  # noqa: PLC0415 - felt at start-up

        return import_module("standsbehind.library.data").open_data
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
