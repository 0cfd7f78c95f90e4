# One hash for many files: what was made from them is stale when it changes.

if command -v sha256sum >/dev/null; then sha256=(sha256sum); else sha256=(shasum -a 256); fi

# digest_of PATH…: covers every file's name and content, whatever order the disk lists them in.
digest_of() {
  find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 "${sha256[@]}" | "${sha256[@]}" | cut -c1-64
}
