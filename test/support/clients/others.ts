import { type ClientCase, fails, works } from './case.ts'

const nameless = `
request='GET /no-server-name HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n'
via=\${https_proxy:+-proxy \${https_proxy#http://}}
printf "$request" $HOST | openssl s_client -quiet -CAfile $CA $via -connect $HOST:443 -noservername | grep reached`

/** What is not a request over HTTP or TLS, or not to the outside. */
export const others: readonly ClientCase[] = [
  {
    id: 'no-server-name',
    client: 'TLS without a server name (SNI)',
    path: '/no-server-name',
    run: nameless,
    works: { 'built-in': false, pipelock: true },
    remark: 'the built-in gate wants to see whom the tunnel is for',
  },
  fails(
    'smtp',
    'SMTP, and all where the server speaks first',
    '/smtp',
    "curl -sS --max-time 20 smtp://$HOST --mail-from a@agent.test --mail-rcpt b@$HOST -T - <<<'hello'",
    'both gates read the first bytes of a tunnel before they open it, for 5 s',
  ),
  fails('ftp', 'FTP', '/ftp', 'curl -fsS --max-time 20 ftp://$HOST/ftp', 'the gates speak `http://` and CONNECT'),
  fails(
    'udp',
    'UDP: QUIC, HTTP/3, DNS',
    '/udp',
    'python3 $HERE/clients.py udp $ADDRESS',
    'there is no way out but the gate, which is TCP',
  ),
  fails(
    'raw-tcp',
    'raw TCP: databases, nc',
    '/raw-tcp',
    "printf 'GET /raw-tcp HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' $HOST | nc -w 3 $ADDRESS 80 | grep reached",
    'there is no way out but the gate',
  ),
]

/** What never leaves the bottle: servers that the agent starts for itself. No host ever sees it. */
export const atHome = works(
  'localhost',
  'servers on `localhost`',
  '',
  'node $HERE/clients.mjs localhost -',
  '`NO_PROXY`',
)

/** apt by root, which installs: in a bottle of its own, with `hardening.user`. */
export const rootApt = works(
  'root-apt',
  'apt, by root',
  '/debs/left-shelf.deb',
  `
echo "deb [trusted=yes] https://$HOST/debs ./" >$WORK/sources.list
from="-o Dir::Etc::SourceList=$WORK/sources.list -o Dir::Etc::SourceParts=/dev/null -o Acquire::https::CAInfo=$CA"
apt-get $from update && apt-get $from install -y left-shelf && cat /usr/share/left-shelf/shelf`,
  '`hardening: {user: "0:0", capabilities: [CHOWN, DAC_OVERRIDE, FOWNER]}`',
)
