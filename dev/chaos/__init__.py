"""The fault run: milestones are recorded while everything around them is killed, cut and frozen."""
