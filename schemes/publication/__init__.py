"""The life of a proposal: who may draft, what is checked, who publishes, and what comes into force."""
