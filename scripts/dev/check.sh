# Everything that can be said about the source without an engine; all of it runs, so one round shows every failure.

check_all() {
  local failed='' type=''
  inspect types 'npx tsc' npx --no-install tsc
  inspect "types of the report's page" 'npx tsc -p src/report/html/page' npx --no-install tsc -p src/report/html/page
  inspect 'lint and format' 'npm run format' npx --no-install biome ci .
  inspect 'generated documents' 'node scripts/spec-docs.ts' node scripts/spec-docs.ts --check
  inspect 'the documents of the evidence' 'node scripts/evidence-docs.ts' node scripts/evidence-docs.ts --check
  inspect 'the table of clients' 'node scripts/protocol-docs.ts' node scripts/protocol-docs.ts --check
  inspect 'the table of faults' 'node scripts/fault-docs.ts' node scripts/fault-docs.ts --check
  inspect 'the messages' 'node scripts/message-docs.ts' node scripts/message-docs.ts --check
  inspect layers 'npm test -- test/unit/layers.test.ts' npm test -- test/unit/layers.test.ts
  inspect 'dist is what src builds' './dev build   (and commit dist)' check_dist
  if [[ -n $failed ]]; then fail "not right: ${failed#, }" "${type# ; }"; fi
}

# inspect TITLE WHAT-MENDS-IT COMMAND…
inspect() {
  if ! step "$1" "${@:3}"; then
    failed+=", $1"
    type+=" ; $2"
  fi
}
