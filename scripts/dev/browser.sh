# Debian's Chromium, for the tests that open the report as a person does. Only Debian's: nothing is downloaded for it.


# Where it cannot be installed its suites are skipped by name; on CI's Debian it has to be there.
bring_browser() {
  if [[ ${CI:-} == true ]] && can_install_browser; then export BOTTLE_REQUIRE_BROWSER=1; fi
  if [[ -x /usr/bin/chromium || -x /usr/bin/google-chrome ]]; then return; fi
  if ! can_install_browser; then
    say "no /usr/bin/chromium here, and apt cannot install it: the tests of the report in a browser will be skipped by name"
    return
  fi
  if step 'chromium from apt' apt_install chromium; then return; fi
  if [[ ${BOTTLE_REQUIRE_BROWSER:-} == 1 ]]; then
    fail 'apt could not install chromium' 'apt-get update && apt-get install chromium   (and read why)'
  fi
}

# Ubuntu's package of that name brings a snap, which is another browser in another place.
can_install_browser() { can_install && grep -qx 'ID=debian' /etc/os-release; }
