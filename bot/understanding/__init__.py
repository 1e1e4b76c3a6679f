"""From what a person typed or said to an answer, a command, a question or a plan line. Pure."""
