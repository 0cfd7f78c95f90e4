# A Docker engine: one that answers; else, as root on Debian, Debian's own, started here.

engine_answers() { bounded 10 docker version --format '{{.Server.Version}}' >"$work/engine" 2>&1; }

# Only the default socket is ours to bring to life: an address the user chose is the user's.
can_bring_engine() { can_install && [[ -z ${DOCKER_HOST:-} && -z ${DOCKER_CONTEXT:-} ]]; }

engine_within_reach() { engine_answers || can_bring_engine; }

bring_engine() {
  if engine_answers; then return; fi
  can_bring_engine || fail_without_engine
  # Descriptor 9 is bring's lock: a daemon must not keep it.
  if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
    step 'docker.io from apt' install_engine 9>&- ||
      fail 'apt could not install docker.io' 'apt-get update && apt-get install docker.io   (and read why), then ./dev setup'
  fi
  step 'start dockerd' start_engine 9>&- || fail "dockerd does not answer (its log: $cache/dockerd.log)" 'dockerd   (and read why), then ./dev setup'
}

fail_without_engine() {
  if grep -qi 'permission denied' "$work/engine"; then
    fail "a Docker engine is there, but not for $(id -un)" 'sudo usermod -aG docker "$USER", log in again, then ./dev setup'
  elif [[ -n ${DOCKER_HOST:-}${DOCKER_CONTEXT:-} ]]; then
    fail "no Docker engine answers at ${DOCKER_HOST:-context $DOCKER_CONTEXT}" 'unset DOCKER_HOST DOCKER_CONTEXT   (or start that engine), then ./dev setup'
  elif [[ -e /etc/debian_version ]]; then
    fail 'no Docker engine answers, and only root can install one' 'sudo apt-get install docker.io && sudo usermod -aG docker "$USER", log in again, then ./dev setup'
  else
    fail 'no Docker engine answers' 'docker version   (after installing and starting Docker Engine 20.10 or newer), then ./dev setup'
  fi
}

# Newer Debians package the client apart.
install_engine() {
  apt_install docker.io apparmor cgroupfs-mount &&
    { command -v docker >/dev/null || apt_install docker-cli; }
}

start_engine() {
  local pid='' deadline=$(($(now) + 30000000))
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker || return
  else
    if [[ ! -e /sys/fs/cgroup/cgroup.controllers && ! -d /sys/fs/cgroup/memory ]]; then cgroupfs-mount || return; fi
    setsid dockerd >"$cache/dockerd.log" 2>&1 </dev/null &
    pid=$!
    echo "$pid" >"$cache/dockerd.pid"
  fi
  until engine_answers; do
    if (($(now) > deadline)) || [[ -n $pid && ! -d /proc/$pid ]]; then
      tail -n 20 "$cache/dockerd.log"
      return 1
    fi
    sleep 0.05
  done
}
