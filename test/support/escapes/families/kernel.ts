import { attempts } from '../attempt.ts'

const plainMount = { needs: { absent: 'apparmor' } } as const

/** Rights of root that the bottle's root does not have. */
export const rights = [
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no new privileges', given: ['ordinary user'] },
    {
      'su becomes root': 'sleep 3 | su 2>&1 & sleep 1; grep -q "^Uid:.*\\s0\\s" /proc/$(pgrep -n -x su)/status',
      'newgrp becomes root':
        'sleep 3 | script -qc "newgrp root" /dev/null & sleep 1; grep -q "^Uid:.*\\s0\\s" /proc/$(pgrep -n -x newgrp)/status',
      'a setgid program reads shadow':
        "chage -l nobody | grep -q '' || { script -qc 'chage -l 1000' /dev/null & sleep .1; false; }; chage -l $(id -un 2>/dev/null || echo node) | grep -q password",
      'the flag itself': 'grep -q "^NoNewPrivs:.*0" /proc/self/status',
    },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SETUID' },
    {
      'become another user': 'setpriv --reuid 4242 true',
      'become another user, by Python': 'python3 -c "import os; os.setuid(4242)"',
    },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SETGID' },
    {
      'become another group': 'python3 -c "import os; os.setgroups([4242])"',
    },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no CHOWN' },
    {
      'give a file away': 'f=$(mktemp) && chown 4242 $f',
    },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no DAC_OVERRIDE' },
    {
      "read another's file": 'cat $WORK/foreign',
      "write another's file": 'echo x >>$WORK/foreign',
    },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no FOWNER' },
    { "open another's file to all": 'chmod 600 $WORK/foreign' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no DAC_READ_SEARCH' },
    {
      'open a file of the host by its handle': '$T sys open_by_handle_at 0 0 0',
    },
  ),
  ...attempts('setuid and capabilities', 'effect', { meets: 'no SYS_CHROOT' }, { chroot: 'chroot / true' }),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYS_TIME' },
    { 'set the clock': '$T sys clock_settime 0 0' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYS_BOOT' },
    { 'restart the machine': '$T sys reboot 0 0 0 0' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYSLOG' },
    { "the kernel's log": '$T sys syslog 10 0 0' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYS_NICE' },
    { 'be served first': 'python3 -c "import os; os.nice(-5)"' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYS_PTRACE' },
    { 'compare processes (kcmp)': '$T sys kcmp $$ $$ 0 0 0' },
  ),
  ...attempts(
    'setuid and capabilities',
    'effect',
    { meets: 'no SYS_RESOURCE' },
    { 'raise a hard limit': 'ulimit -Hc unlimited' },
  ),
]

/** Namespaces and mounts. */
export const mounts = [
  ...attempts(
    'namespaces',
    'effect',
    { meets: 'no SYS_ADMIN' },
    {
      'a network namespace': 'unshare -n true',
      'a mount namespace': 'unshare -m --propagation unchanged true',
      'a process namespace': 'unshare -pf true',
      'an IPC namespace': 'unshare -i true',
      'a host name namespace': 'unshare -u true',
      'a cgroup namespace': 'unshare -C true',
      "enter a process's namespaces": 'nsenter --uts=/proc/self/ns/uts true',
      'another host name': 'hostname escaped',
    },
  ),
  ...attempts(
    'mounts',
    'effect',
    { meets: 'no SYS_ADMIN' },
    {
      'a tmpfs': { tries: 'mkdir /tmp/m1 && mount -t tmpfs none /tmp/m1', ...plainMount },
      'another /proc': { tries: 'mkdir /tmp/m2 && mount -t proc proc /tmp/m2', ...plainMount },
      'a bind mount': { tries: 'mkdir /tmp/m3 && mount --bind /etc /tmp/m3', ...plainMount },
      'terminals of its own': { tries: 'mkdir /tmp/m5 && mount -t devpts none /tmp/m5', ...plainMount },
      'the cgroup tree': {
        tries: 'mkdir /tmp/m4 && { mount -t cgroup -o memory x /tmp/m4 || mount -t cgroup2 x /tmp/m4; }',
        ...plainMount,
      },
      '/proc/sys made writable': {
        tries: 'mount -o remount,rw,bind /proc/sys && mount -o remount,ro,bind /proc/sys',
        ...plainMount,
      },
      'a mask taken off': { tries: 'umount /proc/keys', ...plainMount },
      'the new mount calls': '$T sys fsopen tmpfs 0',
      'a detached tree': '$T sys open_tree -100 /tmp 1',
      'quota control': '$T sys quotactl 0x800002 /nonexistent 0 0',
      'another domain name': '$T sys setdomainname escaped 7',
      'a watch on a whole mount (fanotify)': '$T sys fanotify_init 0 0',
    },
  ),
]

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

const opens = (path: string, how: 'r' | 'w') => ({ tries: `$T opens ${path} ${how}`, needs: { file: path } })

/** The kernel's files. */
export const kernelFiles = [
  ...attempts(
    '/proc, /sys, cgroup',
    'effect',
    { meets: 'read-only paths' },
    {
      core_pattern: opens('/proc/sys/kernel/core_pattern', 'w'),
      'the path of modprobe': opens('/proc/sys/kernel/modprobe', 'w'),
      'the hotplug helper': opens('/proc/sys/kernel/hotplug', 'w'),
      'magic keys': opens('/proc/sysrq-trigger', 'w'),
      'kernel.sysrq': opens('/proc/sys/kernel/sysrq', 'w'),
      'vm settings': opens('/proc/sys/vm/overcommit_memory', 'w'),
      'file limits of the host': opens('/proc/sys/fs/file-max', 'w'),
      interrupts: opens('/proc/irq/default_smp_affinity', 'w'),
    },
  ),
  ...attempts(
    '/proc, /sys, cgroup',
    'effect',
    { meets: 'masked paths' },
    {
      keys: { tries: 'test -f /proc/keys && [ $(stat -f -c %T /proc/keys) = proc ]', needs: { file: '/proc/keys' } },
      timers: { tries: 'grep -q clock /proc/timer_list', needs: { file: '/proc/timer_list' } },
      ACPI: { tries: '[ $(stat -f -c %T /proc/acpi) = proc ]', needs: { file: '/proc/acpi' } },
      firmware: { tries: '[ $(stat -f -c %T /sys/firmware) = sysfs ]', needs: { file: '/sys/firmware' } },
      "the kernel's memory": { tries: '[ $(stat -f -c %T /proc/kcore) = proc ]', needs: { file: '/proc/kcore' } },
    },
  ),
  ...attempts(
    '/proc, /sys, cgroup',
    'effect',
    { meets: 'own /sys' },
    {
      'leave its cgroup':
        '$T opens $(test -d /sys/fs/cgroup/pids && echo /sys/fs/cgroup/pids || echo /sys/fs/cgroup)/cgroup.procs w',
      "the memory's release agent": opens('/sys/fs/cgroup/memory/release_agent', 'w'),
      'the uevent helper': opens('/sys/kernel/uevent_helper', 'w'),
      'huge pages': opens('/sys/kernel/mm/transparent_hugepage/enabled', 'w'),
      'processors switched off': opens('/sys/devices/system/cpu/cpu1/online', 'w'),
      'a driver bound anew': opens('/sys/bus/pci/rescan', 'w'),
      "a disk's queue": {
        tries: '$T opens $(ls /sys/block/*/queue/read_ahead_kb | head -1) w',
        needs: { file: '/sys/block' },
      },
    },
  ),
]

const device = (name: string, major: string, minor: string) => ({
  tries: `mknod /tmp/${name} c ${major} ${minor} && $T opens /tmp/${name}`,
  needs: { device: name },
})

/** Devices. */
export const devices = [
  ...attempts(
    'devices',
    'effect',
    { meets: 'no MKNOD' },
    {
      'make a block device': 'mknod /tmp/b7 b 7 0',
      'make a character device': 'mknod /tmp/c1 c 1 11',
    },
  ),
  ...attempts(
    'devices',
    'effect',
    { meets: 'device rules', given: ['no MKNOD'] },
    {
      "a disk of the host's": 'mknod /tmp/disk b 7 0 && $T opens /tmp/disk',
      'the loop control': device('loop-control', '10', '237'),
      FUSE: device('fuse', '10', '229'),
      'virtual machines': device('kvm', '10', '232'),
      'virtual host networking': device('vhost-net', '10', '238'),
    },
  ),
]
