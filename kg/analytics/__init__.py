"""One file an analysis: a view goes in, a table comes out; the file name is the public name."""
