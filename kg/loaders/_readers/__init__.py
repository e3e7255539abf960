"""One file per kind of input with rows: the file name is what `format: kind:` says.

A reader is a module with `read(path, form) -> Sheet`, `KEYS` (its own keys of `format:`) and
`SHARED` (True if several tables may read one file). It raises `Unfit` for a file of another kind.
"""
