"""How a process is watched: logs, metrics, traces, and the measurement put round each piece of work."""
