import { type ClientCase, fails, works } from './case.ts'
import { up } from './large.ts'

const node = (mode: string) => `node $HERE/clients.mjs ${mode} $HOST`
const python = (mode: string) => `python3 $HERE/clients.py ${mode} $HOST`
const java = `java -cp $OUT -Djavax.net.ssl.trustStore=$OUT/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit Clients websocket $HOST`

// Both gates give a tunnel's first bytes 5 s, which a machine with much else to do may miss: so there are three tries.
const thrice = (mode: string) => [1, 2, 3].map(() => node(mode)).join(' || ')

const events = (url: string) => `
start=$(date +%s) count=0 first=99
while read -r line; do
  [[ $line == data:* ]] || continue
  if ((++count == 1)); then first=$(($(date +%s) - start)); fi
done < <(curl -fsSN ${url})
echo "$count events, the first after $first s, the last after $(($(date +%s) - start)) s"
((count == 60 && first < 30))`

/** Many at the same moment: these run before the others, so that a slow machine does not cost them their handshakes. */
export const crowd: readonly ClientCase[] = [
  works('together', '200 requests at once', '/together/200', thrice('together')),
  works('together-plain', '200 requests at once, `http://`', '/together/200?plain', thrice('together-plain')),
]

/** Connections that stay open, and WebSockets. */
export const streams: readonly ClientCase[] = [
  works('slow-sse', 'server-sent events, held 60 s', '/sse/60?tls', events('https://$HOST/sse/60?tls')),
  works(
    'slow-sse-plain',
    'server-sent events, `http://`, held 60 s',
    '/sse/60?plain',
    events('http://$HOST/sse/60?plain'),
  ),
  works('up-plain', '1 MB up, `http://`', '/sink/small', up('http://$HOST/sink/small', 1)),
  works('node-websocket', 'WebSocket over TLS: Node', '/node-websocket', node('websocket')),
  works('aiohttp-socket', 'WebSocket over TLS: aiohttp with `trust_env`', '/aiohttp-socket', python('aiohttp-socket')),
  works('java-websocket', 'WebSocket over TLS: Java', '/java-websocket', java),
  fails(
    'ws-package',
    'WebSocket over TLS: `ws` from npm',
    '/ws-package',
    node('ws'),
    'dials by itself: see the next row',
  ),
  works(
    'ws-package-agent',
    'WebSocket over TLS: `ws` with an agent',
    '/ws-package-agent',
    node('ws-agent'),
    '`new WebSocket(url, {agent: https.globalAgent})` in the program',
  ),
  fails(
    'python-websockets',
    'WebSocket over TLS: Python websockets 10',
    '/python-websockets',
    python('websockets'),
    'asks no proxy; versions from 15 do',
  ),
  works('node-websocket-plain', 'WebSocket in the clear: Node', '/node-websocket-plain', node('websocket-plain')),
  fails(
    'aiohttp-socket-plain',
    'WebSocket in the clear: aiohttp with `trust_env`',
    '/aiohttp-socket-plain',
    python('aiohttp-socket-plain'),
    'asks the proxy for a `ws://` address, which neither gate speaks: use TLS',
  ),
]
