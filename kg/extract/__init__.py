"""From prose to statements: stages as functions, patterns as data, no language model.

A release goes through zones and sentences (`layout`), mentions (`gazetteer`, `people`, `anaphora`),
patterns (`patterns`, `match`), qualifiers (`dates`, `qualify`) and the `gate`.
"""
