"""What Regimen does with a grid, as a Python developer would write it with the usual libraries (docs/definitions.md)."""
