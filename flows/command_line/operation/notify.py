"""``gouji notify``: whether operators can be told, and what Prefect's server watches for by itself."""

import click

from flows.command_line.output import json_option, language_option, print_json, tell

_TEST = {
    "zh": ("勾稽：测试通知", "收到这条消息，说明 GOUJI_NOTIFY 设置正确。"),
    "en": ("Gouji: a test notification", "If you can read this, GOUJI_NOTIFY is set as it should be."),
}


@click.command(
    epilog="""\b
GOUJI_NOTIFY takes one or several Apprise URLs, separated by spaces:
  wecombot://KEY                      WeCom 企业微信
  dingtalk://SECRET@TOKEN             DingTalk 钉钉
  feishu://TOKEN                      Feishu 飞书
  slack://TOKEN_A/TOKEN_B/TOKEN_C     Slack
  mailto://USER:PASSWORD@HOST?to=ME   e-mail (mailtos:// with TLS)
  json://HOST/PATH                    a webhook that takes JSON (jsons:// with TLS)

\b
A run sends one message when it fails, when a source lists fewer reports than its floor, and when it finds
critical findings that were not known. Addresses are secrets: keep them in an environment file.

\b
Examples:
  GOUJI_NOTIFY='wecombot://…' gouji notify --test
  PREFECT_API_URL=http://127.0.0.1:4200/api gouji notify --automations
"""
)
@click.option("--test", is_flag=True, help="Send a test message to every address.")
@click.option(
    "--automations", is_flag=True, help="Create Gouji's automations on the Prefect server, or bring them up to date."
)
@language_option
@json_option
def notify(test: bool, automations: bool, lang: str, as_json: bool) -> int:
    """Show where runs that need a person are told.

    With --test, a message is sent there. Exit code 1 if a service did not take the message. With --automations, the
    Prefect server marks a run that sends no heartbeat any more as crashed, and tells of a run that no worker
    starts; it keeps GOUJI_NOTIFY encrypted. Do it again after GOUJI_NOTIFY or the language changed.
    """
    from flows.reporting.digest import Digest
    from flows.reporting.notifications import send, services
    from tasks.settings import Settings

    addresses = Settings().notify.get_secret_value()
    if automations:
        _automate(addresses, lang)
        return 0
    if not addresses:
        raise click.UsageError("GOUJI_NOTIFY is not set: nobody is told; see `gouji notify --help`")
    if not test:
        names = services(addresses)
        print_json(names) if as_json else click.echo("\n".join(names))
        return 0
    deliveries = send(Digest(*_TEST[lang], urgent=False), addresses)
    if as_json:
        print_json(
            [{"service": each.service, "delivered": not each.reason, "reason": each.reason} for each in deliveries]
        )
    else:
        for each in deliveries:
            click.echo(f"{each.service}: {each.reason or 'delivered'}")
    return 1 if any(each.reason for each in deliveries) else 0


def _automate(addresses: str, lang: str) -> None:
    from prefect.settings import get_current_settings

    if not get_current_settings().api.url:
        raise click.UsageError("automations need a Prefect server: set PREFECT_API_URL, or `prefect config set` it")
    from flows.operating.automations import create_automations
    from flows.operating.server import check_answer

    check_answer(get_current_settings().api.url or "")
    for automation in create_automations(addresses, "en" if lang == "en" else "zh"):
        click.echo(f"{automation.name}\n  {automation.description}")
    if not addresses:
        tell("GOUJI_NOTIFY is not set: nobody is told; see `gouji notify --help`")
