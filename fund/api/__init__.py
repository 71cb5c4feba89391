"""The fund over HTTP: a JSON API and pages. Thin: parse, admit, call, render."""
