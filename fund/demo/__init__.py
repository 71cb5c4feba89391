"""The demonstration: real cities, a specimen ledger, one scripted clock. Every command has a fixed id, so a second run adds no fact."""
