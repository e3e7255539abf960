"""Releases into the graph: read files, extract, keep a ledger, write a source of the workspace."""
