# Brings pieces in order, one ./dev at a time.

# bring PIECE…: node, packages, engine, images, dist. Each does nothing when it is there already.
bring() {
  mkdir -p "$cache" || fail "the cache folder $cache cannot be made" 'BOTTLE_CACHE=/tmp/bottle ./dev setup'
  exec 9>"$cache/setup.lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    say 'another ./dev is bringing things; waiting for it'
    flock -w 900 9 || fail 'another ./dev has held the lock for 15 minutes' "fuser -v $cache/setup.lock   (and end it)"
  fi
  local piece
  for piece; do "bring_$piece"; done
  exec 9>&-
}
