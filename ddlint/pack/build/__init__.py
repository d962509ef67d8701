"""From the YAML of a pack to its compiled form: read, validated, compiled."""
