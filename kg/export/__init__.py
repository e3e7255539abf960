"""One file per format; the file name is the format's public name.

A format has `EXTENSION`, `MEDIA_TYPE` and `write(view, out)`. `kg.registry` lists the folder.
"""
