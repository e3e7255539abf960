"""A read-only HTTP server of a workspace: pages, and a SPARQL 1.1 Protocol endpoint.

One process talks to the network and does no work; worker processes answer, pages and queries apart,
and are killed at their limits. `kg serve` is the only way in.
"""

from kg.serve import log
from kg.serve.run import run
from kg.serve.settings import Settings

__all__ = ["Settings", "log", "run"]
