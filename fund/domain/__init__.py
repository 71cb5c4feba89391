"""Pure facts and rules. No I/O, no clock, no randomness, no locale. Imports: the standard library and msgspec."""
