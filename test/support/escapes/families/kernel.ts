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
