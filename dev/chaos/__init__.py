"""The fault run: milestones are recorded while processes and connections are killed, cut and frozen."""
