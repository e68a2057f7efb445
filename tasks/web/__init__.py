"""What pages of the web have in common, whichever stage looks at them: addresses, links, encodings, copies."""
