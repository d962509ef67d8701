"""What is printed beside findings: by `inspect`, by `rule`, and on standard error."""
