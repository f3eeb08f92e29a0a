"""What `import hearsay` offers is what it says it offers."""

import hearsay


def test_all_is_sorted_and_every_name_exists() -> None:
    assert hearsay.__all__ == sorted(hearsay.__all__)
    for name in hearsay.__all__:
        assert getattr(hearsay, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    try:
        hearsay.nonsense  # noqa: B018
    except AttributeError as error:
        assert "nonsense" in str(error)
    else:
        raise AssertionError("no error")
