# dist/ is committed, so it must be exactly what src/ builds.

dist_stamp=node_modules/.bottle-dist

dist_state() { digest_of src scripts/*.ts stubs package.json package-lock.json tsconfig.json dist; }

# Rebuilds only what is older than its source: the tests run the bundle, never src/.
bring_dist() {
  if [[ $(cat "$dist_stamp" 2>/dev/null) == "$(dist_state)" ]]; then return; fi
  build_dist
}

build_dist() {
  step 'dist from src' npm run build || fail 'src/ does not build' './dev check   (types are the usual cause)'
  dist_state >"$dist_stamp"
}

# Leaves what was built in BOTTLE_EXPECTED_DIST, so that CI can hand it over.
check_dist() {
  local expected=${BOTTLE_EXPECTED_DIST:-$work/dist}
  rm -rf "$expected" &&
    node scripts/build.ts --out "$expected" &&
    diff -r --brief dist "$expected" &&
    dist_state >"$dist_stamp"
}
