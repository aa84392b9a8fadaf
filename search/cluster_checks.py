"""What is wrong between the site and its cluster, and the mend, within two seconds.

All of it is warnings, because the site serves: PostgreSQL answers meanwhile. Nothing
is asked where SEARCH_URL is not set.
"""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    NotFoundError,
    SerializationError,
    SSLError,
    TransportError,
    UnsupportedProductError,
)

from . import cluster, index

#: Seconds for all that is asked, and of them for the first word with the nodes.
BUDGET = 2.0
GREETING = 1.0
SHORTEST = 0.1
#: Versions that the site's questions are known to: from, and the first not to.
OLDEST = (8, 15)
TOO_NEW = (9, 0)
#: What the site does with its indices, and what it asks of the cluster.
INDEX_RIGHTS = ("read", "write", "manage")
CLUSTER_RIGHTS = ("monitor",)

#: What a node said to the first word: who it is, or the error.
Greeting = Mapping[str, Any] | Exception
#: Index by name, as `GET /alias` gives them.
Indices = Mapping[str, Mapping[str, Any]]


def check_cluster(**kwargs: Any) -> list[CheckMessage]:
    if not cluster.is_wanted():
        return []
    try:
        access = cluster.access()
    except cluster.SettingError as error:
        number = 2 if error.setting == "SEARCH_CA_CERTS" else 1
        return [problem(number, error.problem, error.hint)]
    return [*unencrypted(access), *Examination(access).problems()]


def problem(number: int, text: str, hint: str) -> CheckMessage:
    return CheckWarning(text, hint=hint, id=f"search.W{number:03}")


def unencrypted(access: cluster.Access) -> Iterator[CheckMessage]:
    far = [
        str(node)
        for node in access.nodes
        if node.scheme == "http" and not node.is_on_this_machine
    ]
    if far and access.has_credentials:
        yield problem(
            3,
            f"The account for search goes to {', '.join(far)} without encryption.",
            "Turn TLS on in the cluster and write https:// in SEARCH_URL.",
        )


class Examination:
    """One look at the cluster, within `BUDGET` seconds."""

    def __init__(self, access: cluster.Access) -> None:
        self.access = access
        self.until = time.monotonic() + BUDGET

    def problems(self) -> Iterator[CheckMessage]:
        greetings = self.greet()
        for node, greeting in greetings.items():
            yield from unfit(node, greeting)
        fit = [node for node, greeting in greetings.items() if is_fit(greeting)]
        if fit:
            yield from self.examine(fit[0])

    def greet(self) -> dict[cluster.Node, Greeting]:
        """A word with every node, at once. Looking up a name knows no timeout."""
        heard: dict[cluster.Node, Greeting] = {}
        threads = [
            threading.Thread(target=self.greet_one, args=(node, heard), daemon=True)
            for node in self.access.nodes
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, self.until - GREETING - time.monotonic()))
        late = TimeoutError(f"no answer in {GREETING:g} s")
        return {node: heard.get(node, late) for node in self.access.nodes}

    def greet_one(
        self, node: cluster.Node, heard: dict[cluster.Node, Greeting]
    ) -> None:
        client = self.client(node, GREETING)
        try:
            # Not the client's own media type, which other versions refuse.
            answer = client.perform_request("GET", "/", headers={"accept": "*/*"})
            heard[node] = answer.body if isinstance(answer.body, dict) else {}
        except (ApiError, TransportError) as error:
            heard[node] = error

    def examine(self, node: cluster.Node) -> Iterator[CheckMessage]:
        """Problems of a cluster that can be talked to."""
        try:
            missing = self.missing_rights(node)
            if missing:
                yield from lacks_rights(missing)
                return
            found = self.indices(node)
            yield from wrong_index(found)
            yield from ill_health(self.client(node), found)
        except AuthorizationException:
            yield from lacks_rights(["the right to look at the index and the cluster"])
        except (ApiError, TransportError) as error:
            yield unwell(node, error)

    def missing_rights(self, node: cluster.Node) -> list[str]:
        """Rights that the account lacks; none where the cluster knows no accounts."""
        if not self.access.has_credentials:
            return []
        names = f"{settings.SEARCH_INDEX}-*"
        try:
            answer = self.client(node).security.has_privileges(
                cluster=CLUSTER_RIGHTS,
                index=[{"names": [names], "privileges": INDEX_RIGHTS}],
            )
        except ApiError as error:
            if error.meta.status in (400, 404, 405):  # security is off
                return []
            raise
        on_indices = answer["index"][names]
        return [
            *(f"{n} on {names}" for n in INDEX_RIGHTS if not on_indices[n]),
            *(
                f"{n} on the cluster"
                for n in CLUSTER_RIGHTS
                if not answer["cluster"][n]
            ),
        ]

    def indices(self, node: cluster.Node) -> Indices:
        try:
            return self.client(node).indices.get(index=index.alias()).body
        except NotFoundError:
            return {}

    def client(self, node: cluster.Node, patience: float = BUDGET) -> Elasticsearch:
        """A client of that node alone, for as long as there is still time."""
        left = max(SHORTEST, self.until - time.monotonic())
        return cluster.client_of(
            replace(self.access, nodes=(node,)), timeout=min(left, patience)
        )


# Who is there


def version(body: Mapping[str, Any]) -> tuple[int, int] | None:
    """The version of Elasticsearch, None where it is something else."""
    told = body.get("version")
    if not isinstance(told, Mapping) or told.get("distribution"):
        return None
    number = re.match(r"(\d+)\.(\d+)\.", str(told.get("number")))
    return (int(number[1]), int(number[2])) if number else None


def is_fit(greeting: Greeting) -> bool:
    """Whether to ask on: a known version, or a cluster that may not tell its own."""
    if isinstance(greeting, Mapping):
        found = version(greeting)
        return bool(found and OLDEST <= found < TOO_NEW)
    return isinstance(greeting, AuthorizationException)


def unfit(node: cluster.Node, greeting: Greeting) -> Iterator[CheckMessage]:
    """What is wrong with a node by its first word."""
    if isinstance(greeting, UnsupportedProductError):
        # So old that it does not say its name, or another product.
        greeting = greeting.body if isinstance(greeting.body, dict) else {}
    if is_fit(greeting):
        return
    if isinstance(greeting, Mapping):
        yield wrong_product(node, greeting)
    elif isinstance(greeting, AuthenticationException):
        yield problem(
            8,
            f"{node} refuses the account that the site comes with.",
            "Give SEARCH_URL a user and password (https://user:password@…) or "
            "SEARCH_API_KEY a key that are valid there.",
        )
    elif isinstance(greeting, SSLError):
        yield problem(
            5,
            f"No safe connection to {node} comes about: {greeting.message}",
            "Set SEARCH_CA_CERTS to the certificate of the authority that signed the "
            "node's, and ask the node by a name that its certificate bears.",
        )
    elif isinstance(greeting, ApiError) and greeting.meta.status >= 429:
        yield unwell(node, greeting)
    elif isinstance(greeting, (ApiError, SerializationError)):
        yield wrong_product(node, {})
    else:
        yield problem(
            4,
            f"{node} does not answer: {reason(greeting)}.",
            "Start the node, or mend SEARCH_URL. PostgreSQL answers meanwhile; once "
            "the node is there, the site needs no restart.",
        )


def reason(error: Exception) -> str:
    """What the system said, without the names of Python's objects."""
    text = error.message if isinstance(error, TransportError) else str(error)
    return text.rpartition("): ")[2].rstrip(".")


def wrong_product(node: cluster.Node, body: Mapping[str, Any]) -> CheckMessage:
    found = version(body)
    if found is None:
        return problem(
            6,
            f"What answers at {node} is not Elasticsearch.",
            "Let SEARCH_URL name a node of Elasticsearch 8.",
        )
    return problem(
        7,
        f"{node} runs Elasticsearch {found[0]}.{found[1]}, which is too "
        + ("old." if found < OLDEST else "new."),
        f"The site asks Elasticsearch {OLDEST[0]}.{OLDEST[1]} to {TOO_NEW[0] - 1}.x; "
        "8.19 is what its tests run on.",
    )


def unwell(node: cluster.Node, error: Exception) -> CheckMessage:
    if isinstance(error, ApiError):
        said = f"answers with status {error.meta.status} ({error.message})"
    else:
        said = f"broke off: {reason(error)}"
    return problem(
        15,
        f"{node} {said}.",
        "It may be starting, or without a master; look into its log. PostgreSQL "
        "answers meanwhile.",
    )


def lacks_rights(missing: list[str]) -> Iterator[CheckMessage]:
    yield problem(
        9,
        f"The account for search lacks {', '.join(missing)}.",
        "Give its role the cluster privileges "
        f"{', '.join(CLUSTER_RIGHTS)} and, on {settings.SEARCH_INDEX}-*, the index "
        f"privileges {', '.join(INDEX_RIGHTS)}.",
    )


# What it holds


def wrong_index(found: Indices) -> Iterator[CheckMessage]:
    """What is wrong behind the alias that questions go to."""
    alias = index.alias()
    if not found:
        yield problem(
            10,
            f"The cluster has no index {alias} yet.",
            "Run manage.py rebuild_search_index. PostgreSQL answers until then.",
        )
    strange = [name for name, told in found.items() if is_foreign(name, told)]
    if strange:
        yield problem(
            11,
            f"{alias} leads to {', '.join(strange)}, which this site did not make.",
            f"Remove the alias {alias} from it, or give the site names of its own in "
            "SEARCH_INDEX; then run manage.py rebuild_search_index.",
        )
    elif len(found) > 1:
        yield problem(
            11,
            f"{alias} leads to several indices: {', '.join(sorted(found))}.",
            "Run manage.py rebuild_search_index, which leaves one.",
        )
    elif any(made_by(told) != index.meta() for told in found.values()):
        yield problem(
            12,
            f"The index behind {alias} has another mapping than this version asks.",
            "Run manage.py rebuild_search_index. PostgreSQL answers until then.",
        )


def is_foreign(name: str, told: Mapping[str, Any]) -> bool:
    return not index.is_ours(name) or made_by(told).get("product") != index.PRODUCT


def made_by(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return told.get("mappings", {}).get("_meta", {})


def ill_health(client: Elasticsearch, found: Indices) -> Iterator[CheckMessage]:
    """Shards that are not up, and copies that there is no node for."""
    health = client.cluster.health(index=",".join(found) or "_all")
    if is_closed(found):
        yield problem(
            13,
            f"The index behind {index.alias()} is closed.",
            "Open it (POST <index>/_open), or run manage.py rebuild_search_index. "
            "PostgreSQL answers meanwhile.",
        )
    elif found and health["status"] == "red":
        yield problem(
            13,
            f"The index behind {index.alias()} is red: "
            f"{health['unassigned_shards']} of its shards are on no node.",
            "Bring the missing nodes back, or run manage.py rebuild_search_index; "
            "GET _cluster/allocation/explain says why. PostgreSQL answers meanwhile.",
        )
    nodes = health["number_of_data_nodes"]
    wanted = copies(found)
    if wanted >= nodes:
        yield problem(
            14,
            f"{wanted} copies of each shard are asked for, but the cluster has "
            f"{nodes} data {'node' if nodes == 1 else 'nodes'} to hold them.",
            "Set SEARCH_REPLICAS to less than the number of nodes, or leave it empty.",
        )


def is_closed(found: Indices) -> bool:
    return any(
        each["settings"]["index"].get("verified_before_close") == "true"
        for each in found.values()
    )


def copies(found: Indices) -> int:
    """Replicas of the index, or of the one that would be made now."""
    told = [
        int(each["settings"]["index"].get("number_of_replicas", 0))
        for each in found.values()
    ]
    return max(told, default=int(settings.SEARCH_REPLICAS or 0))
