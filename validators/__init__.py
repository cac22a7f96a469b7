"""What must hold: one rule a file, named after the rule; `tallysheet.rules` says what a rule is made of."""
