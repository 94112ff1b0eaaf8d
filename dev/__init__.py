"""What develops the project and is never shipped: checks, tests, generated files, dependencies, fault and fuzz runs."""
