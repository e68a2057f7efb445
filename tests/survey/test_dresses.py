"""Every emulated portal, from its home page to a source: what that source lists is what there is."""

import pytest

from samples.portals.dresses import dressed_portals
from samples.portals.server import PortalServer
from tasks.survey.proposal import Given, proposed_source
from tests.survey.conftest import NETWORKS, POLITENESS

PORTALS = {portal.name: portal for portal in dressed_portals()}


@pytest.mark.parametrize("name", PORTALS)
def test_a_portal_is_found_from_its_home_page_with_every_report_and_no_other(name, found_from, discovered):
    portal = PORTALS[name]
    with PortalServer(portal) as server:
        given = Given(f"{server.address}/", "qinghe", NETWORKS, POLITENESS)
        source = proposed_source(given, found_from(server), [server.host])
        listed = discovered(source, *set(portal.truth.values()))
        assert {link.url.removeprefix(server.address): link.year for link in listed.links} == portal.truth
        assert listed.problems == ()


def test_the_portals_are_of_every_family_in_three_dresses_or_more():
    families = ("jpage", "catalogue", "annual", "jpaas", "trs", "channels", "linked", "gkmlpt", "tree", "search")
    counts = {family: sum(name.startswith(family) for name in PORTALS) for family in families}
    assert min(counts.values()) >= 3, counts
