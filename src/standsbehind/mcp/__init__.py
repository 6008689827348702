"""MCP: cited answers for programs that speak the Model Context Protocol, and nothing to write with."""
