"""Other tools' files, in and out: text to values and values to text."""
