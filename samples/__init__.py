"""An offline portal with realistic reports, for the demo, the tests and the benchmarks."""
