"""How Python and ``paramsummary`` blocks are written in texts, and where each line of them stands."""
