"""What must hold: one rule a file, named after the rule."""
