# node_modules, brought again only when the lock file or the stubs it points at have changed.

packages_stamp=node_modules/.bottle-packages

bring_packages() {
  local wanted
  wanted=$(digest_of package-lock.json stubs)
  if [[ $(cat "$packages_stamp" 2>/dev/null) == "$wanted" ]]; then return; fi
  step 'npm ci' configured_npm ci || fail 'npm could not install what package-lock.json names' 'npm ping   (is the registry reachable?), then ./dev setup'
  echo "$wanted" >"$packages_stamp" # npm ci removes node_modules first: half an install leaves no stamp
}
