# Says each step as it is done and how long it took; a step that fails shows its last lines.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '==> %s\n' "$*"; }

# fail WHAT-IS-WRONG WHAT-TO-TYPE
fail() {
  printf './dev: %s.\n  type: %s\n' "$1" "$2" >&2
  exit 1
}

# Microseconds since the epoch (bash 3 has only seconds); the radix follows the locale, so it is dropped.
now() {
  local t=${EPOCHREALTIME:-$(date +%s).000000}
  printf '%s' "${t/[.,]/}"
}

took() {
  local us=$(($(now) - $1))
  printf '%d.%d s' $((us / 1000000)) $((us / 100000 % 10))
}

# step TITLE COMMAND…: runs it without input, quietly.
step() {
  local title=$1 began status=0
  shift
  began=$(now)
  printf '==> %s … ' "$title"
  "$@" >"$work/step.log" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    took "$began"
    echo
  else
    printf 'failed after %s\n' "$(took "$began")"
    tail -n 100 "$work/step.log" | sed 's/^/    /' >&2
  fi
  return "$status"
}

# bounded SECONDS COMMAND…, where the machine can bound it.
bounded() {
  if command -v timeout >/dev/null; then timeout "$@"; else "${@:2}"; fi
}

# hand_over COMMAND…: the last thing a verb does, so that signals and the exit code are the command's own.
hand_over() {
  say "$*"
  rm -rf "$work"
  exec "$@"
}

# nearest WORD CANDIDATE…: the candidate with the fewest edits.
nearest() {
  awk -v word="$1" 'function least(a, b) { return a < b ? a : b }
    { for (i = 0; i <= length(word); i++) d[i, 0] = i
      for (j = 0; j <= length($0); j++) d[0, j] = j
      for (i = 1; i <= length(word); i++) for (j = 1; j <= length($0); j++)
        d[i, j] = least(least(d[i-1, j], d[i, j-1]) + 1, d[i-1, j-1] + (substr(word, i, 1) != substr($0, j, 1)))
      far = d[length(word), length($0)]
      if (NR == 1 || far < best) { best = far; name = $0 } }
    END { print name }' < <(printf '%s\n' "${@:2}")
}
