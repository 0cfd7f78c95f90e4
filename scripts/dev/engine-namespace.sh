#!/usr/bin/env bash
# engine-namespace.sh FOLDER PROJECT CACHE: run in new network and mount namespaces by engines.sh; ends when its dockerd does.
set -euo pipefail
folder=$1 project=$2 cache=$3

mount -t tmpfs tmpfs /run
mkdir /run/lock
echo $$ >"$folder/pid"
# What a test mounts, a full disk for one, the engine has to see.
mount --make-rshared /
unshare -m --propagation slave bash -c '
  set -e
  root=$1/root
  mount --bind "$root" "$root"
  # What is mounted into a container is named by this machine’s paths: the tests’ folders have to stand there too.
  for shared in /run /tmp /proc /sys /dev "$2" "$3"; do
    mkdir -p "$root$shared"
    mount --rbind "$shared" "$root$shared"
  done
  mkdir -p "$root/var/lib/docker" "$root/old"
  mount --bind "$1/lib" "$root/var/lib/docker"
  cd "$root"
  pivot_root . old
  umount -l /old
  exec dockerd' - "$folder" "$project" "$cache" &
echo $! >"$folder/engine.pid"
wait $!
