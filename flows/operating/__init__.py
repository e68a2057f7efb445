"""What keeps flows going: deployments and their schedules, serving them, what the Prefect server watches for."""
