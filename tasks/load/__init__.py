"""What was read, as rows of a staged batch, and staged batches into the warehouse."""
