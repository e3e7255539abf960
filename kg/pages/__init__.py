"""The pages of the graph, as values: a request goes in, a response comes out.

`kg serve` hands them to browsers, `kg publish` writes them as files.
"""

from kg.pages.http import Request, Response
from kg.pages.respond import respond, static
from kg.pages.site import Site

__all__ = ["Request", "Response", "Site", "respond", "static"]
