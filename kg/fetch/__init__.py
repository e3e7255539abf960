"""What comes over the network, on request only: publishers' tables, and the pages that are cited.

Nothing else in the package opens a connection. Below this folder, `client` alone imports the
network library.
"""
