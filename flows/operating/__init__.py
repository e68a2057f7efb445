"""What keeps flows going: deployments and who serves them, Prefect's server, its automations and its history.

Commands are in :mod:`flows.command_line`, units and images in ``deploy/``.
"""
