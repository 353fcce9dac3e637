"""All that a store has below a name: what stands, what stood before where the store keeps that, and what somebody began
to put there; and removing it, looked at afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markterm.evidence.store_asked import StoreFault, asked

_KEEPS_NONE = frozenset({"NotImplemented", "MethodNotAllowed", "501", "405"})
_ROUNDS = 3
"""How often it is gone over: a store may list a while what it has removed, and somebody may put something there."""


class Version(NamedTuple):
    """One version of what is in a store, or a mark that it was taken away; `id` is empty where the store has none."""

    key: str
    id: str


def every_version(fs: Any, bucket: str, prefix: str) -> list[Version]:
    """Everything below that prefix, what stood before too. Raises `StoreFault`, also when the store does not tell what
    stood before: of that nobody could say that it is gone."""
    found = list(_versions(fs, bucket, prefix))
    known = {each.key for each in found}
    with asked(missing_is_none=True):
        found += (Version(key, "") for key in _standing(fs, bucket, prefix) if key not in known)
    return found


def remove_all(fs: Any, bucket: str, prefix: str) -> None:
    """Have the store have nothing below that prefix, which ends with a `/`. Return when it says so. Raises
    `StoreFault`; done again it goes on."""
    if len(prefix) < 2 or not prefix.endswith("/"):
        raise ValueError("nobody's folder")
    for _ in range(_ROUNDS):
        _abort_uploads(fs, bucket, prefix)
        left = every_version(fs, bucket, prefix)
        if not left:
            return
        for each in left:
            with asked(missing_is_none=True):
                fs.call_s3("delete_object", Bucket=bucket, Key=each.key, **({"VersionId": each.id} if each.id else {}))
    if left := every_version(fs, bucket, prefix):
        raise StoreFault(f"it still has {len(left):,} of what was to be removed, and may be told to keep it")


def _versions(fs: Any, bucket: str, prefix: str) -> Iterator[Version]:
    at: Mapping[str, str] = {}
    while True:
        try:
            with asked():
                said = fs.call_s3("list_object_versions", Bucket=bucket, Prefix=prefix, **at)
        except StoreFault as fault:
            if fault.code in _KEEPS_NONE:
                return
            raise
        for each in (*said.get("Versions", ()), *said.get("DeleteMarkers", ())):
            if str(each["Key"]).startswith(prefix):
                yield Version(str(each["Key"]), str(each.get("VersionId") or ""))
        on = {"KeyMarker": said.get("NextKeyMarker"), "VersionIdMarker": said.get("NextVersionIdMarker")}
        on = {name: marker for name, marker in on.items() if marker}
        if not said.get("IsTruncated") or not on or on == at:
            return
        at = on


def _standing(fs: Any, bucket: str, prefix: str) -> Iterator[str]:
    at: Mapping[str, str] = {}
    while True:
        said = fs.call_s3("list_objects_v2", Bucket=bucket, Prefix=prefix, **at)
        yield from (str(each["Key"]) for each in said.get("Contents", ()) if str(each["Key"]).startswith(prefix))
        token = said.get("NextContinuationToken")
        if not said.get("IsTruncated") or not token:
            return
        at = {"ContinuationToken": token}


def _abort_uploads(fs: Any, bucket: str, prefix: str) -> None:
    """What somebody began to put there in parts and never completed is kept by the store, and listed nowhere else."""
    try:
        with asked():
            said = fs.call_s3("list_multipart_uploads", Bucket=bucket, Prefix=prefix)
            for each in said.get("Uploads", ()):
                if str(each["Key"]).startswith(prefix):
                    fs.call_s3("abort_multipart_upload", Bucket=bucket, Key=each["Key"], UploadId=each["UploadId"])
    except FileNotFoundError:
        return
    except StoreFault as fault:
        if fault.code not in _KEEPS_NONE:
            raise
