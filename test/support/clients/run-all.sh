# Runs each case of a folder against a host: `case PASS ID EXIT-CODE`, and before it what the client said.
# Usage: run-all.sh CASES PASS HOST AT-ONCE
cases=$(realpath "$1") pass=$2 host=$3 at_once=$4
export cases
run_one() {
  export HOST=$2 HERE=$3 WORK=$OUT/$1-$4
  mkdir -p "$WORK" && cd "$WORK" || return
  timeout "${WITHIN:-110}" bash -euo pipefail "$cases/$4" >said 2>&1 </dev/null
  local code=$?
  tail -n 12 said | sed "s/^/said $1 $4: /"
  echo "case $1 $4 $code"
}
export -f run_one
# Those that mostly wait run beside all others.
ls "$cases" | grep -x 'slow-.*' | xargs -rP 20 -I{} bash -c "run_one $pass $host '$PWD' {}" &
ls "$cases" | grep -vx 'slow-.*' | xargs -rP "$at_once" -I{} bash -c "run_one $pass $host '$PWD' {}"
wait
