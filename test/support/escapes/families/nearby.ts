import { type Attempt, attempts } from '../attempt.ts'

const three = (family: string, address: string, port: string, rest: Pick<Attempt, 'meets'>): Attempt[] => {
  const where = address.replace('$', '').toLowerCase().replaceAll('_', ' ')
  return [
    ...attempts(family, 'mark', rest, {
      [`${where}, TCP`]: `$T tcp ${address} ${port}`,
      [`${where}, UDP`]: `$T udp ${address} ${port}`,
    }),
    ...attempts(family, 'effect', rest, { [`${where}, ICMP`]: `$T icmp ${address}` }),
  ]
}

/** The host that the bottle runs on, at every address it has. */
export const theHost = [
  ...three('the host', '$INSIDE_GATEWAY', '$HOST_PORT', { meets: 'closed gateway' }),
  ...three('the host', '$OUTSIDE_GATEWAY', '$HOST_PORT', { meets: 'closed network' }),
  ...three('the host', '$DOCKER0', '$HOST_PORT', { meets: 'closed network' }),
  ...three('the host', '$OTHER_BRIDGE', '$HOST_PORT', { meets: 'closed network' }),
  ...three('the host', '$HOST_OUTSIDE', '$HOST_PORT', { meets: 'closed network' }),
  ...attempts(
    'the host',
    'mark',
    { meets: 'refused broadcasts', needs: { absent: 'source-check' } },
    {
      'everybody on the link, by broadcast': '$T shout 255.255.255.255 $HOST_PORT',
      'all hosts of the link, by multicast': '$T shout 224.0.0.1 $HOST_PORT',
    },
  ),
  ...attempts(
    'the host',
    'mark',
    { meets: 'closed network', given: ['no host alias'] },
    {
      'host.docker.internal, TCP': '$T tcp $(getent hosts host.docker.internal | cut -d" " -f1) $HOST_PORT',
      'host.docker.internal, UDP': '$T udp $(getent hosts host.docker.internal | cut -d" " -f1) $HOST_PORT',
      'host.docker.internal, curl': `curl -sm 3 --noproxy '*' http://host.docker.internal:$HOST_PORT/$MARK`,
    },
  ),
  ...attempts(
    'the host',
    'effect',
    { meets: 'no host alias' },
    {
      'the name host.docker.internal': 'getent hosts host.docker.internal',
    },
  ),
  ...attempts(
    'the host',
    'mark',
    { meets: 'gate' },
    {
      'the outside gateway, through the gate': 'curl -sm 4 -x $PROXY http://$OUTSIDE_GATEWAY:$HOST_PORT/$MARK',
      'docker0, through the gate': 'curl -sm 4 -x $PROXY http://$DOCKER0:$HOST_PORT/$MARK',
      'docker0, through a tunnel': 'curl -sm 4 -p -x $PROXY http://$DOCKER0:$HOST_PORT/$MARK',
      "the host's outside address, through the gate": 'curl -sm 4 -x $PROXY http://$HOST_OUTSIDE:$HOST_PORT/$MARK',
      'another bridge, through a tunnel': 'curl -sm 4 -p -x $PROXY http://$OTHER_BRIDGE:$HOST_PORT/$MARK',
    },
  ),
  ...attempts(
    'the host',
    'mark',
    { meets: 'own loopback' },
    {
      "the host's loopback": '$T tcp 127.0.0.1 $HOST_PORT',
      "the host's abstract socket": '$T unix @$ABSTRACT',
    },
  ),
]

/** The sidecar: a way round the gate, or a look into it. */
export const sidecar = [
  ...attempts(
    'the sidecar',
    'mark',
    { meets: 'sidecar is no router', given: ['closed network', 'no NET_ADMIN'], needs: { engineBefore: 28 } },
    {
      'as the default route': 'ip route replace default via $GATE; $T udp $DENIED 53',
      'as the route to one host': 'ip route replace $DENIED via $GATE; $T udp $DENIED 80',
    },
  ),
  ...attempts(
    'the sidecar',
    'mark',
    { meets: 'sidecar is no router', given: ['closed network', 'no NET_RAW'], needs: { engineBefore: 28 } },
    {
      'as a router, by a frame': '$T frame $GATE $SELF $DENIED 53',
    },
  ),
  ...attempts(
    'the sidecar',
    'mark',
    { meets: 'inside alone' },
    {
      'hosts beside it, TCP': '$T tcp $DENIED 80',
      'hosts beside it, UDP': '$T udp $DENIED 53',
      'hosts beside it, ICMP': '$T icmp $DENIED',
    },
  ),
  ...attempts(
    'the sidecar',
    'effect',
    { meets: 'inside alone' },
    {
      'its outside address, health': `curl -fsm 3 --noproxy '*' http://$GATE_OUTSIDE:8888/health`,
      'its outside address, ICMP': '$T icmp $GATE_OUTSIDE',
    },
  ),
  ...attempts(
    'the sidecar',
    'effect',
    { meets: 'metrics on loopback', gate: 'pipelock' },
    {
      'its metrics port': `curl -fsm 3 --noproxy '*' http://$GATE:9091/metrics`,
      'its statistics': `curl -fsm 3 --noproxy '*' http://$GATE:9091/stats`,
    },
  ),
  ...attempts(
    'the sidecar',
    'effect',
    { meets: 'metrics apart', gate: 'pipelock' },
    {
      "metrics on the gate's port": `curl -fsm 3 --noproxy '*' http://$GATE:8888/metrics`,
      "statistics on the gate's port": `curl -fsm 3 --noproxy '*' http://$GATE:8888/stats`,
    },
  ),
  ...attempts(
    'the sidecar',
    'effect',
    { meets: 'volumes of its own', given: ['no DAC_OVERRIDE'] },
    {
      'its configuration': 'grep -q api_allowlist /config/gate.yaml',
      'its configuration, rewritten': '$T opens /config/gate.yaml w',
      'its known secrets': 'ls /config/known-secrets /config/gate.yaml | grep -q config',
    },
  ),
]

/** Other bottles on the host, and their gates. */
export const others = [
  ...three('other bottles', '$NEIGHBOUR', '80', { meets: 'own network' }),
  ...attempts(
    'other bottles',
    'effect',
    { meets: 'own network' },
    {
      "another's gate, health": `curl -fsm 3 --noproxy '*' http://$NEIGHBOUR_GATE:8888/health`,
      "another's gate, ICMP": '$T icmp $NEIGHBOUR_GATE',
    },
  ),
  ...attempts(
    'other bottles',
    'mark',
    { meets: 'own network' },
    {
      "another's gate as the way out": 'curl -sm 4 -x http://$NEIGHBOUR_GATE:8888 http://denied.test/$MARK',
      "another's gate as a tunnel": 'curl -sm 4 -p -x http://$NEIGHBOUR_GATE:8888 http://denied.test/$MARK',
    },
  ),
  ...attempts(
    'other bottles',
    'mark',
    { meets: 'gate' },
    {
      'another bottle, through the gate': 'curl -sm 4 -x $PROXY http://$NEIGHBOUR/$MARK',
      'another bottle, through a tunnel': 'curl -sm 4 -p -x $PROXY http://$NEIGHBOUR/$MARK',
    },
  ),
]

/** What the host's other namespaces hold. */
export const processes = [
  ...attempts(
    'namespaces',
    'effect',
    { meets: 'own processes' },
    {
      "the host's processes": 'pgrep -f ^$DECOY_WORD-only >/dev/null',
      'signal a process of the host': 'kill -0 $(pgrep -of ^$DECOY_WORD-only)',
      'read its environment': 'tr "\\0" "\\n" </proc/$(pgrep -of ^$DECOY_WORD-only)/environ | grep -q DECOY',
      'walk into its root': 'ls /proc/$(pgrep -of ^$DECOY_WORD-only)/root/dev/shm/$DECOY_WORD',
    },
  ),
  ...attempts(
    'namespaces',
    'effect',
    { meets: 'own IPC' },
    {
      "another's shared memory": 'cat /dev/shm/$DECOY_WORD',
      "another's memory, written": 'test -e /dev/shm/$DECOY_WORD && echo x >>/dev/shm/$DECOY_WORD',
    },
  ),
  ...attempts(
    'namespaces',
    'effect',
    { meets: 'own loopback' },
    {
      "the host's interfaces": 'ip link show docker0',
      "the host's connections": 'grep -qi ":$(printf %04X $HOST_PORT) " /proc/net/tcp /proc/net/tcp6',
    },
  ),
]
