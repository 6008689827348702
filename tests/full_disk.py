"""A disk that is full, for tests: no file of this process may grow beyond a size."""

import resource
from contextlib import contextmanager


@contextmanager
def room_for(size):
    """Let files grow to so many bytes, and no further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
