"""What letters carry for diaries, and the letters that are written for diaries alone."""
