import { type ClientCase, works } from './case.ts'

const git = `git clone -q https://$HOST/hello.git && grep -q 'for the agent' hello/README.md`

const npm = `
npm_config_cache=$WORK/cache npm install --silent --no-audit --no-fund --registry https://$HOST left-shelf
node -p "require('left-shelf')('installed')"`

const pip = `
pip install -q --no-cache-dir --target lib --index-url https://$HOST/wheels/simple left-shelf
PYTHONPATH=lib python3 -c 'print(__import__("left_shelf").shelve("installed"))'`

const apt = `
mkdir -p state/lists/partial cache/archives/partial
echo "deb [trusted=yes] https://$HOST/debs ./" >sources.list
as_user="-o Dir::State=$WORK/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$WORK/cache"
as_user+=" -o Dir::Etc::SourceList=$WORK/sources.list -o Dir::Etc::SourceParts=/dev/null -o Acquire::https::CAInfo=$CA"
apt-get $as_user update && apt-get $as_user download left-shelf
dpkg-deb -x left-shelf_1.0.0_all.deb . && cat usr/share/left-shelf/shelf`

const go = `
export GOPATH=$WORK/go GOFLAGS=-modcacherw GOPROXY=https://$HOST/modules GONOSUMDB='*'
go mod init agent.test/app && go get shelves.test/shelf@v1.0.0
grep -q Shelve $GOPATH/pkg/mod/shelves.test/shelf@v1.0.0/shelf.go`

const cargo = `
export CARGO_HOME=$WORK/cargo CARGO_REGISTRIES_TESTS_INDEX=https://$HOST/crates-index.git
mkdir src && touch src/lib.rs
printf '[package]\\nname = "app"\\nversion = "0.1.0"\\n[dependencies]\\nleft-shelf = {version = "1", registry = "tests"}\\n' >Cargo.toml
cargo fetch -q && ls $CARGO_HOME/registry/src/*/left-shelf-1.0.0/src/lib.rs`

/** Clients that fetch code. */
export const packages: readonly ClientCase[] = [
  works('git', 'git, `https://`', '/hello.git/info/refs', git),
  works('git-plain', 'git, `http://`', '/hello.git/info/refs', git.replace('https', 'http')),
  works('npm', 'npm', '/left-shelf/-/left-shelf-1.0.0.tgz', npm),
  works('pip', 'pip', '/wheels/files/', pip),
  works('apt', 'apt', '/debs/left-shelf.deb', apt, 'as a user without root: with folders of its own (below)'),
  works('go-modules', "Go's module client", '/modules/shelves.test/shelf/@v/v1.0.0.zip', go),
  works('cargo', 'cargo', '/crates/left-shelf/1.0.0/download', cargo),
]
