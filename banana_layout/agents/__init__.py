"""For language models with tools: a server of the Model Context Protocol."""
