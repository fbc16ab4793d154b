"""People: who they are, what each role may do, how they sign in, and the record of what they did."""
