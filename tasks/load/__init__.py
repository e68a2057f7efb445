"""What was fetched and read, as rows of a staged batch. Into the warehouse it gets by :mod:`warehouse.loading`."""
