"""What tests share: a small project, strategies, the command as a user runs it, kinds of damage."""
