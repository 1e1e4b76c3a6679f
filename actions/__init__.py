"""rasa-sdk custom actions: thin, one idea each. They hold no rules of their own."""
