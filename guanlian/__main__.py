"""``python -m guanlian`` is the command ``guanlian``."""

from guanlian.cli import main

if __name__ == "__main__":
    main()
