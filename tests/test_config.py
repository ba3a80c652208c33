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


def test_a_machine_is_named_by_its_protocol_and_address_and_its_key_is_shown_nowhere() -> None:
    said = {"TILMASH_MT": "deepl:https://api.deepl.com/", "TILMASH_MT_KEY": "hidden", "TILMASH_MT_TIMEOUT": "7"}
    found = Settings.from_environment(said).machine
    assert found is not None
    assert (found.protocol, found.address, found.key) == ("deepl", "https://api.deepl.com", "hidden")
    assert (found.timeout, found.budget) == (7, 100_000)
    assert "hidden" not in repr(found)
    assert Settings.from_environment({"TILMASH_MT": "libretranslate:http://127.0.0.1:5000"}).machine is not None
    assert Settings.from_environment({"TILMASH_MT_KEY": "hidden"}).machine is None


@pytest.mark.parametrize(
    "written",
    [
        "https://api.deepl.com", "google:https://example.org", "libretranslate:", "libretranslate:example.org",
        "libretranslate:http://example.org", "libretranslate:file:///etc/passwd", "libretranslate:https://u:p@host",
        "libretranslate:https://host/?key=hidden", "libretranslate:https://host:0", "libretranslate:https://host:x",
        "libretranslate:https://ho st", "libretranslate:https://минздрав.рф",
    ],
)  # fmt: skip
def test_a_machine_that_anybody_could_overhear_or_that_speaks_another_protocol_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_MT is as in") as caught:
        Settings.from_environment({"TILMASH_MT": written})
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        {"TILMASH_MT_KEY": "ключ"}, {"TILMASH_MT_KEY": "a\nb"}, {"TILMASH_MT": "deepl:https://api.deepl.com"},
        {"TILMASH_MT_TIMEOUT": "0"}, {"TILMASH_MT_TIMEOUT": "31"}, {"TILMASH_MT_TIMEOUT": "1.5"},
        {"TILMASH_MT_BUDGET": "-1"}, {"TILMASH_MT_BUDGET": "many"}, {"TILMASH_MT_BUDGET": "9" * 5000},
    ],
)  # fmt: skip
def test_bounds_and_keys_that_are_none_are_refused_by_name(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"TILMASH_MT_(KEY|TIMEOUT|BUDGET) is"):
        Settings.from_environment({"TILMASH_MT": "libretranslate:https://example.org", **said})


def test_a_branch_is_named_with_its_remote_or_with_none() -> None:
    found = Settings.from_environment({"TILMASH_GIT": "origin/news/live"}).git
    assert found is not None
    assert (found.remote, found.branch, found.every) == ("origin", "news/live", 10)
    here = Settings.from_environment({"TILMASH_GIT": "./main", "TILMASH_GIT_EVERY": "2"}).git
    assert here is not None
    assert (here.remote, here.branch, here.every, str(here)) == ("", "main", 2, "./main")
    assert Settings.from_environment({}).git is None


@pytest.mark.parametrize(
    "written",
    [
        "origin", "origin/", "/main", "--upload-pack=x/main", "origin/-f", "origin/a..b", "origin/a b", "origin/a:b",
        "origin/a.lock", "origin/a/", "origin/a//b", "https://host/main", "../other/main", "origin/main\n",
    ],
)  # fmt: skip
def test_a_branch_that_git_would_take_for_something_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="TILMASH_GIT is a remote and a branch"):
        Settings.from_environment({"TILMASH_GIT": written})
