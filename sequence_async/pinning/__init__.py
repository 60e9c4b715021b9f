"""Export the generated models as one module, and compare them between releases."""
