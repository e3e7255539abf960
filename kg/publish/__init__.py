"""The pages as a site of files, which works from any path and without a server."""

from kg.publish.site import Options, publish

__all__ = ["Options", "publish"]
