"""What the engine costs, as ratios against floors measured in the same run: `python -m bench`, or `make bench`.

Absolute rates of a shared machine swing two- or threefold within minutes. So every figure stands beside a floor that took turns
with it, slice by slice, and only their ratio is judged. `floor` holds the floors, written by hand.
"""
