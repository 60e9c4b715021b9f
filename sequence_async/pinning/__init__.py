"""The generated models outside this package: exported as one module, and compared from release to release."""
