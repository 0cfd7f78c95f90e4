# Debian packages, through the machine's own apt and never a prompt.

can_install() { [[ $EUID == 0 && -e /etc/debian_version ]] && command -v apt-get >/dev/null; }

# apt_install PACKAGE…: only these. needrestart would restart services that are none of ours.
apt_install() {
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
      apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
}
