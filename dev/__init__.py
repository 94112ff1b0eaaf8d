"""Tools that develop the project and are never shipped: checks, tests, generated files, dependencies, chaos, fuzz."""
