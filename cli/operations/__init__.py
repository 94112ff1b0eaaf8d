"""What operators do: look at events and dead letters, back up, restore, plan, diagnose."""
