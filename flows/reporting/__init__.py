"""What a run tells: its summary, as artifacts, as messages, as sheets for organs."""
