"""What can I get? A few questions, and for whom each scheme is: data in questions.toml and guide.toml."""
