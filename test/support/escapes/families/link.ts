import { attempts } from '../attempt.ts'

/** IPv6, in every spelling, on a link where somebody listens. */
export const six = [
  ...attempts(
    'IPv6',
    'mark',
    { meets: 'no IPv6', given: ['no neighbours'] },
    {
      'all nodes of the link, UDP': '$T udp ff02::1%eth0 9999',
      'all nodes of the link, ICMP': '$T icmp ff02::1%eth0',
      'all routers of the link': '$T udp ff02::2%eth0 9999',
      'mDNS over IPv6': '$T udp ff02::fb%eth0 5353',
      DHCPv6: '$T udp ff02::1:2%eth0 547',
    },
  ),
  ...attempts(
    'IPv6',
    'mark',
    { meets: 'no IPv6' },
    {
      "the host's unique local address, TCP": '$T tcp $GATEWAY6 $HOST_PORT',
      "the host's unique local address, UDP": '$T udp $GATEWAY6 $HOST_PORT',
      "the host's address, written in full": '$T tcp $GATEWAY6_FULL $HOST_PORT',
      "the host's address, in a URL": `curl -gsm 3 --noproxy '*' "http://[$GATEWAY6]:$HOST_PORT/$MARK"`,
    },
  ),
  ...attempts(
    'IPv6',
    'effect',
    { meets: 'no IPv6' },
    {
      'an address of the link': 'ip -6 addr show dev eth0 scope link | grep -q fe80',
      'a neighbour solicitation': '$T icmp $GATEWAY6',
    },
  ),
  ...attempts(
    'IPv6',
    'mark',
    { meets: 'closed network' },
    {
      'IPv4-mapped, by a socket': '$T tcp ::ffff:$INTERNET 80',
      'IPv4-mapped, in hex': '$T tcp $INTERNET_MAPPED 80',
      'IPv4-mapped, in a URL': `curl -gsm 3 --noproxy '*' "http://[::ffff:$INTERNET]/$MARK"`,
    },
  ),
  ...attempts(
    'IPv6',
    'mark',
    { meets: 'gate' },
    {
      'IPv4-mapped, through the gate': 'curl -gsm 4 -x $PROXY "http://[::ffff:$DENIED]/$MARK"',
      'IPv4-mapped, through a tunnel': 'curl -gsm 4 -p -x $PROXY "http://[::ffff:$DENIED]/$MARK"',
    },
  ),
]

/** Frames and addresses of one's own making. */
export const raw = [
  ...attempts(
    'raw sockets and the link',
    'mark',
    { meets: 'no NET_RAW', given: ['no neighbours'] },
    {
      'ARP spoofing: the gate is here': '$T arp $GATE',
      'ARP spoofing: the gateway is here': '$T arp $INSIDE_GATEWAY',
      'ARP spoofing: a neighbour is here': '$T arp $GUEST',
      'a frame to a neighbour': '$T frame $GUEST $SELF $GUEST 53',
      'a frame from a forged address': '$T frame $GUEST $INTERNET $GUEST 53',
      'a frame to everybody': {
        tries: '$T frame all $SELF 255.255.255.255 53',
        meets: 'no neighbours',
        given: ['closed network', 'no NET_RAW'],
      },
    },
  ),
  ...attempts(
    'raw sockets and the link',
    'mark',
    { meets: 'no NET_RAW', given: ['refused broadcasts'], needs: { absent: 'source-check' } },
    {
      "the host at docker0's address, by a frame to everybody": '$T frame all $SELF $DOCKER0 $HOST_PORT',
      'the host at its outside address, by a frame': '$T frame all $SELF $HOST_OUTSIDE $HOST_PORT',
    },
  ),
  ...attempts(
    'raw sockets and the link',
    'effect',
    { meets: 'no NET_RAW' },
    {
      'promiscuous mode': '$T listen',
      'a packet socket': '$T raw AF_PACKET SOCK_RAW 0',
      'a raw IP socket': '$T raw AF_INET SOCK_RAW 255',
      'a raw ICMP socket': '$T raw AF_INET SOCK_RAW 1',
      'a raw IPv6 socket': '$T raw AF_INET6 SOCK_RAW 58',
    },
  ),
  ...attempts(
    'raw sockets and the link',
    'effect',
    { meets: 'no NET_ADMIN' },
    {
      'a second address': 'ip addr add 198.18.255.254/32 dev eth0',
      "the gate's address": 'ip addr add $GATE/32 dev lo',
      'another hardware address': 'ip link set eth0 address $(cat /sys/class/net/eth0/address)',
      'promiscuous, by the interface': 'ip link set eth0 promisc on',
      'a route': 'ip route add 198.18.255.253/32 dev eth0',
      'a neighbour entry': 'ip neigh replace $INSIDE_GATEWAY lladdr ff:ff:ff:ff:ff:ff dev eth0',
      'IPv6 switched on': 'ip link set eth0 addrgenmode none || ip -6 addr add fd00::7/64 dev lo',
      'a firewall mark': '$T option 1 36 7',
      'a transparent socket': '$T option 0 19 1',
      'a tunnel interface': { tries: 'ip link add veth7 type veth peer name veth8' },
    },
  ),
  ...attempts(
    'raw sockets and the link',
    'mark',
    { meets: 'no NET_ADMIN', given: ['refused broadcasts'], needs: { absent: 'source-check' } },
    {
      "the host at docker0's address, by a route on the link":
        'ip route replace $DOCKER0/32 dev eth0; $T udp $DOCKER0 $HOST_PORT',
    },
  ),
]
