import { attempts } from '../attempt.ts'

/** Floods are this large: enough to see, little enough for a shared machine. */
export const floodMib = 64

const small = { given: ['small limits'], alone: true } as const

/** What a bottle may use up. */
export const resources = [
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'pids limit', ...small },
    {
      'a fork bomb': '$T fork 90',
      'a bomb of threads': '$T threads 150',
      'a bomb of shells': 'f() { for i in $(seq 60); do sleep 20 & done; }; f; f; f; [ $(jobs -r | wc -l) -gt 150 ]',
    },
  ),
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'memory limit', ...small },
    {
      memory: '$T memory 300',
      'shared memory': 'head -c 60m /dev/zero >/dev/shm/x && $T memory 90',
      'file descriptors': '$T files 12 9000',
      'memory of a child': '$T memory 300 & wait $!',
    },
  ),
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'size of home', alone: true },
    {
      'the home filled': '$T fill $HOME/x 300',
      'the home filled by many files':
        'split -b 1m <(head -c 300m /dev/zero) $HOME/x && ls $HOME | wc -l | grep -q 300',
    },
  ),
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'size of /dev/shm', alone: true },
    {
      'shared memory filled': '$T fill /dev/shm/x 100',
    },
  ),
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'read-only root', given: ['root read-only'], alone: true },
    {
      'the disk filled': '$T fill /var/tmp/x 100',
      'the disk filled by /tmp': '$T fill /tmp/x 100',
    },
  ),
  ...attempts(
    'resource bombs',
    'effect',
    { meets: 'no core files' },
    {
      'core files': 'ulimit -c unlimited',
    },
  ),
  ...attempts(
    'resource bombs',
    'stored',
    { meets: 'output is not stored', alone: true },
    {
      [`${floodMib} MiB on stdout`]: `head -c ${floodMib}m /dev/zero | tr '\\0' x | fold -w 1000`,
      [`${floodMib} MiB on stderr`]: `head -c ${floodMib}m /dev/zero | tr '\\0' x | fold -w 1000 >&2`,
      [`${floodMib} MiB on one line`]: `head -c ${floodMib}m /dev/zero | tr '\\0' x`,
    },
  ),
]

const begun = 'for i in $(seq 200); do [ -s $WORK/beat-$MARK ] && break; sleep 0.05; done'
const beat = (then = '') => `for i in $(seq 600); do echo $i >>$WORK/beat-$MARK; sleep 0.05; done${then}`

/** What goes on when its step is over. */
export const outliving = [
  ...attempts(
    'outliving the step',
    'outlives',
    { meets: 'the step is a container', alone: true },
    {
      'in the background': `(${beat()}) >/dev/null 2>&1 </dev/null & ${begun}`,
      nohup: `nohup bash -c '${beat()}' >/dev/null 2>&1 </dev/null & ${begun}`,
      'a session of its own (setsid)': `setsid bash -c '${beat()}' >/dev/null 2>&1 </dev/null & ${begun}`,
      'a double fork': `( (setsid bash -c '${beat()}' >/dev/null 2>&1 </dev/null &) & ); ${begun}`,
      'a daemon by Python': `B='${beat()}' python3 -c "import os; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); os.execvp('bash', ['bash', '-c', os.environ['B']])" >/dev/null 2>&1 </dev/null; ${begun}`,
      'every signal ignored': `(trap '' TERM INT HUP QUIT; ${beat()}) >/dev/null 2>&1 </dev/null & ${begun}`,
    },
  ),
  ...attempts(
    'outliving the step',
    'outlives',
    { meets: 'killed at the end', alone: true },
    {
      'SIGTERM ignored': `trap '' TERM INT HUP; ${beat()}`,
      'SIGTERM ignored by a child too': `trap '' TERM; (trap '' TERM; ${beat()}) & wait; sleep 30`,
      'SIGTERM ignored by another program': `trap '' TERM; export B='${beat()}'; exec python3 -c "import os; os.execvp('bash', ['bash', '-c', os.environ['B']])"`,
    },
  ),
]
