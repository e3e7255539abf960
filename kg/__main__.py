"""`python -m kg` is the command `kg`."""

from kg.cli import run

if __name__ == "__main__":
    run()
