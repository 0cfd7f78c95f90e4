import { attempts } from '../attempt.ts'

/** System calls that the engine's filter keeps from everybody. */
export const calls = [
  ...attempts(
    'userns, keyrings, bpf, io_uring',
    'effect',
    { meets: 'seccomp' },
    {
      'a user namespace': { tries: 'unshare -U true', needs: { absent: 'userns-lock' } },
      'root of a user namespace': {
        tries: 'unshare -Ur true',
        given: ['ordinary user'],
        needs: { absent: 'userns-lock' },
      },
      'a mount in a user namespace': {
        tries: 'unshare -Urm sh -c "mount -t tmpfs none /mnt"',
        given: ['ordinary user'],
        needs: { absent: 'userns-lock' },
      },
      'a network in a user namespace': {
        tries: 'unshare -Urn ip link set lo up',
        given: ['ordinary user'],
        needs: { absent: 'userns-lock' },
      },
      'a raw socket in a user namespace': {
        tries: 'unshare -Urn $T raw AF_PACKET SOCK_RAW 0',
        given: ['ordinary user'],
        needs: { absent: 'userns-lock' },
      },
      'a key for the keyring': '$T sys add_key user $MARK x 1 -2',
      'ask for a key': '$T sys request_key user $MARK 0 0',
      "the session's keyring": '$T sys keyctl 0 -3 0',
      'fault handling (userfaultfd)': '$T sys userfaultfd 1',
      'memory policy': '$T sys mbind 0 0 0 0 0 0',
      'pages moved': '$T sys move_pages 0 0 0 0 0 0',
      'addresses not random': '$T sys personality 0x0040000',
      io_uring: { tries: '$T sys io_uring_setup 0 0', needs: { engine: 25 } },
    },
  ),
  ...attempts(
    'userns, keyrings, bpf, io_uring',
    'effect',
    { meets: 'no SYS_ADMIN' },
    {
      'a bpf map': '$T sys bpf 0 0 0',
      'a bpf program': '$T sys bpf 5 0 0',
      'performance counters': '$T sys perf_event_open 0 0 -1 -1 0',
    },
  ),
  ...attempts(
    'userns, keyrings, bpf, io_uring',
    'mark',
    { meets: 'closed network', given: ['seccomp'] },
    {
      'io_uring, to an address outside': '$T ring $INTERNET 80',
    },
  ),
]
