# Other Debian releases' engines on this machine: each dockerd from its own release's packages, in a network and a mount
# namespace of its own, so that nothing of it meets this machine's engine.

engine_releases=(trixie forky)

# run_on_engines RELEASE… -- JEST-ARGS…: the docker suites on each; fails when one of them does.
run_on_engines() {
  local releases=() release failed=''
  while (($#)) && [[ $1 != -- ]]; do
    known_release "$1"
    releases+=("$1")
    shift
  done
  shift || true
  [[ $EUID == 0 ]] || fail 'namespaces and other releases’ engines need root' 'sudo ./dev engines'
  can_install || fail 'other releases’ engines come from Debian packages' './dev engines   (on Debian)'
  command -v mmdebstrap >/dev/null || step 'mmdebstrap from apt' apt_install mmdebstrap || fail 'apt could not install mmdebstrap' 'apt-get install mmdebstrap'
  for release in "${releases[@]:-${engine_releases[@]}}"; do
    bring_release "$release"
    raise_release "$release"
    say "the docker suites on $(beside_release "$release" docker version --format '{{.Server.Version}} (API {{.Server.APIVersion}})'), Debian $release"
    beside_release "$release" env BOTTLE_REQUIRE_DOCKER=1 npm test -- --selectProjects docker "$@" || failed+=" $release"
    end_release "$release"
  done
  [[ -z $failed ]] || fail "not green on$failed" "./dev engines$failed   (and read what is said above)"
}

known_release() {
  local one
  for one in "${engine_releases[@]}"; do if [[ $1 == "$one" ]]; then return; fi; done
  fail "there is no release '$1'" "./dev engines $(nearest "$1" "${engine_releases[@]}")"
}

release_folder() { echo "$cache/engines/$1"; }

# The release's own engine, from wherever this machine's apt takes its own packages. It asks `ps` for `docker top`.
bring_release() {
  local folder
  folder=$(release_folder "$1")
  if [[ -x $folder/root/usr/sbin/dockerd && -x $folder/root/bin/ps ]]; then return; fi
  step "dockerd of Debian $1 into $folder" make_release "$1" "$folder" || fail "the packages of Debian $1 could not be had" 'apt-get update   (and read why), then ./dev engines'
}

make_release() {
  rm -rf "$2" && mkdir -p "$2/new" || return
  apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    sed -n "s/ $(. /etc/os-release && echo "$VERSION_CODENAME") / $1 /p" >"$work/sources.list"
  apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >"$work/acquire.conf"
  mmdebstrap --quiet --variant=minbase --include=ca-certificates,docker.io,iptables,procps --aptopt="$work/acquire.conf" \
    --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io --format=directory "$1" "$2/new" "$work/sources.list" &&
    mv "$2/new" "$2/root"
}

raise_release() {
  local folder deadline=$(($(now) + 30000000))
  folder=$(release_folder "$1")
  mkdir -p "$folder/lib"
  ip netns add "bottle-$1" || fail "the network namespace bottle-$1 is there already" "ip netns del bottle-$1   (when no ./dev engines runs)"
  trap "end_release $1; rm -rf '$work'" EXIT
  ip netns exec "bottle-$1" ip link set lo up
  # The outer namespace is what the tests see: this machine, with that engine's socket in /run. The inner one is the
  # engine's: the release as its root, which runc has to find at the namespace's own root to enter a container.
  setsid nsenter --net="/run/netns/bottle-$1" unshare -m --propagation private \
    bash "$PWD/scripts/dev/engine-namespace.sh" "$folder" "$PWD" "$cache" >"$folder/log" 2>&1 </dev/null 9>&- &
  until [[ -s $folder/pid ]] && beside_release "$1" docker version >/dev/null 2>&1; do
    if (($(now) > deadline)); then
      tail -n 20 "$folder/log"
      fail "the engine of Debian $1 does not answer (its log: $folder/log)" "./dev engines $1"
    fi
    sleep 0.05
  done
  local images=("${test_images[@]/#/bottle-test/}")
  docker save "${images[@]/%/:1}" ${BOTTLE_PIPELOCK_IMAGE:+"$BOTTLE_PIPELOCK_IMAGE"} >"$work/images.tar" &&
    beside_release "$1" docker load -q -i "$work/images.tar" >/dev/null || fail "the test images could not be loaded into the engine of Debian $1" './dev setup'
}

# beside_release RELEASE COMMAND…: where that engine is the one at /run/docker.sock and its networks are the machine's.
beside_release() {
  local folder
  folder=$(release_folder "$1")
  nsenter --target "$(cat "$folder/pid")" --net --mount --wd="$PWD" -- "${@:2}"
}

end_release() {
  local folder
  folder=$(release_folder "$1")
  if [[ -s $folder/engine.pid ]]; then
    kill "$(cat "$folder/engine.pid")" 2>/dev/null || true
    while [[ -d /proc/$(cat "$folder/engine.pid") ]]; do sleep 0.05; done
  fi
  ip netns del "bottle-$1" 2>/dev/null || true
  rm -rf "$folder/pid" "$folder/engine.pid" "$folder/lib"
}
