"""One file per kind of input: the file name is what `loader:` in a `source.yaml` says."""
