"""How a process runs: bootstrap, configuration, the service base class, timers, health and a clean stop."""
