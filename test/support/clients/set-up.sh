# Sourced in the bottle before the clients run: the tests' authority for each of them, and what they need to compile.
export CA=$PWD/ca.pem OUT=${OUT:-$HOME}
export CURL_CA_BUNDLE=$CA GIT_SSL_CAINFO=$CA NODE_EXTRA_CA_CERTS=$CA SSL_CERT_FILE=$CA REQUESTS_CA_BUNDLE=$CA PIP_CERT=$CA
export CARGO_HTTP_CAINFO=$CA GOCACHE=$OUT/go-build
# A refused client need not try for long.
export PIP_RETRIES=1 npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000
keytool -importcert -noprompt -alias tests -file "$CA" -keystore "$OUT/trust.p12" -storepass changeit >"$OUT/set-up.log" 2>&1 &
javac -d "$OUT" Clients.java >"$OUT/javac.log" 2>&1 &
GOPATH=$OUT/go GO111MODULE=off go build -o "$OUT/go-client" client.go >"$OUT/go.log" 2>&1 &
wait
