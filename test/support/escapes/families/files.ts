import { attempts } from '../attempt.ts'

const socketAt = (path: string) => ({
  [`${path}, by a socket`]: `$T unix ${path}`,
  [`${path}, by curl`]: `curl -sm 3 --unix-socket ${path} http://engine/$MARK`,
  [`${path}, by netcat`]: `echo "GET /$MARK HTTP/1.0" | nc -w 1 -U ${path}`,
})

/** Sockets that somebody might mount. */
export const sockets = [
  ...attempts(
    'sockets mounted by mistake',
    'effect',
    { meets: 'no engine socket' },
    {
      "the engine's version": 'curl -fsm 3 --unix-socket /var/run/docker.sock http://engine/version',
      "the engine's containers": 'curl -fsm 3 --unix-socket /run/docker.sock http://engine/containers/json',
      'any socket of /run': 'for one in /run/*.sock; do [ -S $one ] && exit 0; done; exit 1',
    },
  ),
  ...attempts('sockets mounted by mistake', 'mark', { meets: 'own folder only' }, socketAt('$HOST_SOCKET')),
  ...attempts(
    'sockets mounted by mistake',
    'mark',
    { meets: 'own folder only' },
    {
      'by a symbolic link in the workspace': 'ln -sf $HOST_SOCKET $WORK/link-$MARK; $T unix $WORK/link-$MARK',
    },
  ),
]

/** Files: the runner's, the run's own, git's, and links that lead to them. */
export const files = [
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'own folder only' },
    {
      "read a host's file": 'grep -q canary $HOST_FILE',
      'read it by a symbolic link': 'ln -sf $HOST_FILE $WORK/s1 && grep -q canary $WORK/s1',
      'read it by a relative link':
        'ln -sf ../$(basename $(dirname $HOST_FILE))/$(basename $HOST_FILE) $WORK/s2 && grep -q canary $WORK/s2',
      'read it by a hard link': 'ln $HOST_FILE /tmp/h1 2>/dev/null || cp $HOST_FILE /tmp/h1; grep -q canary /tmp/h1',
      'write beside the evidence': 'echo x >$SCRATCH/evidence/planted',
      'a symbolic link for the summary': 'ln -sf /etc/passwd $SCRATCH/evidence/summary-link.json',
      'a FIFO for the summary': 'mkfifo $SCRATCH/evidence/fifo.jsonl',
      "the runner's command files": 'echo x=y >>$HOST_TEMP/set_env && test -s $HOST_TEMP/set_env',
    },
  ),
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'read-only script' },
    {
      "rewrite the step's script": 'echo >>/bottle/script',
      'replace it by a link': 'ln -sf /etc/passwd /bottle/planted',
      'a FIFO beside it': 'mkfifo /bottle/fifo',
      'name servers of its own': 'echo nameserver 127.0.0.9 >>/etc/resolv.conf',
    },
  ),
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'read-only git' },
    {
      "write git's config": 'echo "# $MARK" >>$WORK/.git/config',
      'a hook': 'echo "#!/bin/sh" >$WORK/.git/hooks/pre-commit',
      'a hook by a link': 'ln -sf /tmp/evil $WORK/.git/hooks/post-checkout',
    },
  ),
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'git without credentials' },
    {
      "the checkout's token": 'grep -qi extraheader $WORK/.git/config',
    },
  ),
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'git mounted apart' },
    {
      "by git's own means": 'git config -f $WORK/.git/config core.fsmonitor /tmp/evil',
      'another .git in its place': {
        tries: 'mv $WORK/.git $WORK/.git-$MARK && mv $WORK/.git-$MARK $WORK/.git',
        alone: true,
      },
    },
  ),
  ...attempts(
    'symlinks and FIFOs',
    'effect',
    { meets: 'workspace: ro', given: ['workspace read-only'] },
    {
      'write to a read-only workspace': 'echo x >$WORK/written',
      'a link in a read-only workspace': 'ln -sf /etc/passwd $WORK/linked',
      'a FIFO in a read-only workspace': 'mkfifo $WORK/fifo',
    },
  ),
]
