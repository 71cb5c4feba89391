"""Letters: what one says, how it is printed, and where the issued file is kept."""
