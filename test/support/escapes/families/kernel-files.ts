import { attempts } from '../attempt.ts'

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
