# The test images: bottle-test/agent (a Debian with git, curl, python, ssh and Node 24), bottle-test/clients (the agent with
# every other client that a build may bring: Go, Rust, Java, Python's libraries), bottle-test/services (PostgreSQL and Redis),
# bottle-test/tiny (busybox alone), and bottle-test/musl (the tiny one as an Alpine job: musl, and a Node for it).
# Each is tagged with the hash of its recipe, so nothing is made twice; the tag :1 is always the current one.

npm_version=11.19.1
test_images=(agent clients services tiny musl)

bring_images() {
  local name
  for name in "${test_images[@]}"; do bring_image "$name"; done
}

bring_image() {
  local name=bottle-test/$1 tag ids
  tag=$name:$({ echo "$node_version $npm_version" && digest_of $(recipe_of "$1"); } | "${sha256[@]}" | cut -c1-12)
  ids=$(docker image inspect --format '{{.Id}}' "$tag" "$name:1" 2>/dev/null || true)
  if [[ $(wc -l <<<"$ids") == 2 && ${ids%$'\n'*} == "${ids#*$'\n'}" ]]; then return; fi
  if [[ $(docker image inspect --format '{{.Id}}' "$tag" 2>/dev/null) == '' ]]; then make_image "$1" "$tag"; fi
  docker tag "$tag" "$name:1"
}

make_image() {
  if may_pull && step "$2 from a registry" bounded 300 docker build -q -t "$2" -f "test/images/$1.Dockerfile" test/images; then return; fi
  command -v apt-get >/dev/null ||
    fail "$2 is missing, and without apt it comes from a registry" 'BOTTLE_PULL=1 ./dev setup'
  "prepare_$1"
  step "$2 from Debian packages" import_image "$@" || fail "$2 could not be made" 'BOTTLE_PULL=1 ./dev setup   (from a registry), or mend what is said above, then ./dev setup'
}

# No packet leaves a machine unasked: a registry is tried on GitHub's own runners, elsewhere only when told.
may_pull() { [[ ${BOTTLE_PULL:-} == 1 || (-z ${BOTTLE_PULL:-} && ${GITHUB_ACTIONS:-} == true) ]]; }

# Every file that an image is made of.
recipe_of() {
  case $1 in
    agent) echo test/images/{agent.packages,agent.Dockerfile,debian-from-packages} ;;
    clients) echo test/images/{agent.packages,clients.packages,clients.Dockerfile,debian-from-packages} ;;
    services) echo test/images/{services.packages,services.Dockerfile,debian-from-packages} ;;
    tiny) echo test/images/{tiny.Dockerfile,tiny-from-packages} ;;
    musl) echo test/images/{musl.Dockerfile,musl.requirements,musl-from-packages,tiny-from-packages} ;;
  esac
}

make_tar() {
  case $1 in
    agent) test/images/debian-from-packages "$cached_node/node" "$cache/npm/node_modules/npm" agent ;;
    clients) test/images/debian-from-packages "$cached_node/node" "$cache/npm/node_modules/npm" agent clients ;;
    services) test/images/debian-from-packages "$cached_node/node" "$cache/npm/node_modules/npm" services ;;
    tiny) test/images/tiny-from-packages ;;
    musl) test/images/musl-from-packages ;;
  esac
}

prepare_clients() { prepare_agent; }
prepare_services() { prepare_agent; }

prepare_agent() {
  fetch_node
  if [[ $(sed -n 's/^  "version": "\(.*\)".*/\1/p' "$cache/npm/node_modules/npm/package.json" 2>/dev/null) != "$npm_version" ]]; then
    step "npm $npm_version into $cache/npm" fetch_from_npm npm "npm@$npm_version" || fail 'npm could not bring itself' 'npm ping   (is the registry reachable?), then ./dev setup'
  fi
  if command -v mmdebstrap >/dev/null; then return; fi
  can_install || fail 'mmdebstrap is missing, and only root can install it' 'sudo apt-get install mmdebstrap   (or BOTTLE_PULL=1 ./dev setup, from a registry)'
  step 'mmdebstrap from apt' apt_install mmdebstrap || fail 'apt could not install mmdebstrap' 'apt-get update && apt-get install mmdebstrap   (and read why)'
}

prepare_tiny() { :; }

prepare_musl() {
  if python3 -m pip --version >/dev/null 2>&1; then return; fi
  can_install || fail 'pip is missing, and only root can install it' 'sudo apt-get install python3-pip   (or BOTTLE_PULL=1 ./dev setup, from a registry)'
  step 'pip from apt' apt_install python3-pip || fail 'apt could not install pip' 'apt-get update && apt-get install python3-pip   (and read why)'
}

# import_image NAME TAG: the tag is given last, and only to an image that runs.
import_image() {
  make_tar "$1" >"$work/$1.tar" || return
  local id
  id=$(docker import --change 'CMD ["sh"]' --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' "$work/$1.tar") || return
  docker run --rm --network none "$id" true && docker tag "$id" "$2" && rm "$work/$1.tar"
}
