import { type ClientCase, fails, works } from './case.ts'

const node = (mode: string) => `node $HERE/clients.mjs ${mode} $HOST`
const python = (mode: string) => `python3 $HERE/clients.py ${mode} $HOST`
const java = (mode: string) =>
  `java -cp $OUT -Djavax.net.ssl.trustStore=$OUT/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit Clients ${mode} $HOST`
const own = 'dials by itself and asks no proxy'

/** Clients that send a request and read an answer. */
export const requests: readonly ClientCase[] = [
  works('curl', 'curl', '/curl', 'curl -fsS https://$HOST/curl'),
  works('curl-plain', 'curl, `http://`', '/plain-curl', 'curl -fsS http://$HOST/plain-curl'),
  works(
    'curl-http2',
    'curl, HTTP/2 inside CONNECT',
    '/http2',
    "curl -fsS --http2 -w '%{http_version}\\n' https://$HOST/http2 | grep -x 2",
  ),
  works('wget', 'GNU wget', '/wget', 'wget -q --tries=1 --ca-certificate=$CA -O- https://$HOST/wget'),
  works('wget-plain', 'GNU wget, `http://`', '/plain-wget', 'wget -q --tries=1 -O- http://$HOST/plain-wget'),
  works('node-fetch', 'Node `fetch`', '/node-fetch', node('fetch'), '`NODE_USE_ENV_PROXY=1`'),
  works('node-fetch-plain', 'Node `fetch`, `http://`', '/node-fetch-plain', node('fetch-plain')),
  works('node-https', 'Node `https`', '/node-https', node('https'), '`NODE_USE_ENV_PROXY=1`, Node 24.5 and newer'),
  works('node-http', 'Node `http`', '/node-http', node('http')),
  fails('node-http2', 'Node `http2`', '/node-http2', node('http2'), own),
  works('undici-6', 'undici 6 from npm', '/undici-6', node('undici-6'), "takes Node's own dispatcher"),
  works('undici-8', 'undici 8 from npm', '/undici-8', node('undici-8'), "takes Node's own dispatcher"),
  works('python-urllib', 'Python `urllib`', '/python-urllib', python('urllib')),
  works('python-urllib-plain', 'Python `urllib`, `http://`', '/python-urllib-plain', python('urllib-plain')),
  works('python-requests', 'Python requests', '/python-requests', python('requests')),
  works('python-httpx', 'Python httpx', '/python-httpx', python('httpx')),
  fails('python-aiohttp', 'Python aiohttp', '/python-aiohttp', python('aiohttp'), 'asks no proxy: see the next row'),
  works(
    'python-aiohttp-trust-env',
    'Python aiohttp with `trust_env`',
    '/python-aiohttp-trust-env',
    python('aiohttp-trust-env'),
    '`ClientSession(trust_env=True)` in the program',
  ),
  fails('python-http-client', 'Python `http.client`', '/python-http-client', python('http.client'), own),
  works('java-httpclient', 'Java `HttpClient`', '/java-httpclient', java('httpclient'), '`JAVA_TOOL_OPTIONS`'),
  works('java-httpclient-plain', 'Java `HttpClient`, `http://`', '/java-httpclient-plain', java('httpclient-plain')),
  works('java-urlconnection', 'Java `URLConnection`', '/java-urlconnection', java('urlconnection')),
  works('go', 'Go `net/http`', '/go-net-http', '$OUT/go-client $HOST'),
]
