"""A correction, filled in as far as the store knows: for an issue, or as a patch of one line."""

from kg.report.content import Proposal, claims_of, compose
from kg.report.text import markdown, patch

__all__ = ["Proposal", "claims_of", "compose", "markdown", "patch"]
