"""Commands of analysts: questions to the snapshot, exports of it, and what its columns mean."""
