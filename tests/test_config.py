import pytest

from app.config import Settings


def test_the_data_folder_holds_the_database_unless_an_address_is_given() -> None:
    assert Settings.from_environment({"TILMASH_DATA": "/data"}).database_url == "sqlite:////data/tilmash.db"
    assert Settings.from_environment({"DATABASE_URL": "postgres://u@h/d"}).database_url == "postgresql+psycopg://u@h/d"


def test_an_unknown_database_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="mysql"):
        Settings.from_environment({"DATABASE_URL": "mysql://h/d"})


@pytest.mark.parametrize("written", ["many", "-1", "10.0.0.7/16", "10.0.0.256", "nginx.example.org", "1 2"])
def test_what_names_no_proxies_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_PROXIES is a number of proxies or their addresses"):
        Settings.from_environment({"TILMASH_PROXIES": written})


def test_hosts_are_taken_as_a_request_spells_them() -> None:
    written = "News.Example.org, .example.kz минздрав.рф\t127.0.0.1"
    hosts = Settings.from_environment({"TILMASH_HOSTS": written}).hosts
    assert hosts == ("news.example.org", ".example.kz", "xn--80aeelexi0a.xn--p1ai", "127.0.0.1")
    assert Settings.from_environment({}).hosts == ()


@pytest.mark.parametrize(
    "written", ["https://a.example", "a.example:8000", "*.example", "..example", "a/b", "." * 3, "я" * 99]
)
def test_what_is_no_name_of_a_host_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_HOSTS holds names"):
        Settings.from_environment({"TILMASH_HOSTS": written})


ISSUER = {"TILMASH_OIDC_CLIENT": "tilmash", "TILMASH_OIDC_SECRET": "s"}


def test_a_provider_of_identities_is_called_by_its_host_unless_it_has_a_name() -> None:
    found = Settings.from_environment({**ISSUER, "TILMASH_OIDC_ISSUER": "https://id.example.org/realms/one/"}).provider
    assert found is not None
    assert (found.issuer, found.name) == ("https://id.example.org/realms/one", "id.example.org")
    assert Settings.from_environment(ISSUER).provider is None


@pytest.mark.parametrize(
    "said",
    [
        {"TILMASH_OIDC_ISSUER": "http://id.example.org"},
        {"TILMASH_OIDC_ISSUER": "id.example.org"},
        {"TILMASH_OIDC_ISSUER": "file:///etc/passwd"},
        {"TILMASH_OIDC_ISSUER": "https://id.example.org", "TILMASH_OIDC_SECRET": ""},
        {"TILMASH_OIDC_ISSUER": "https://id.example.org", "TILMASH_OIDC_CLIENT": ""},
    ],
)
def test_a_provider_that_anybody_could_overhear_or_that_does_not_know_us_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="TILMASH_OIDC_ISSUER is as in"):
        Settings.from_environment({**ISSUER, **said})
