"""Text that articles share: words as numbers, fingerprints that find candidates, and exact alignment (`reuse`)."""
