"""Between the store and the family's side of a plan that was sent: what waits for them, and what they did with it."""
