import { type ClientCase, fails, works } from './case.ts'

const size = (megabytes: number) => megabytes * 1024 * 1024

/** Shell that sends so many megabytes of text and wants to hear that all of them were taken. */
export function up(url: string, megabytes: number): string {
  return `{ yes 'a line of text' || true; } | head -c ${size(megabytes)} | curl -fsS -T - ${url} | grep -x 'took ${size(megabytes)} bytes'`
}

// Cut short at 20 s: a gate that scans every byte of an answer would keep the machine busy for minutes.
const down = (url: string) => `curl -fsS --max-time 20 ${url} | wc -c | grep -x ${size(200)}`

/** What is large; these run one after another, in a bottle of their own, with an eye on the sidecar's memory. */
export const large: readonly ClientCase[] = [
  works('a-down', '200 MB down', '/source/200', down('https://$HOST/source/200')),
  works('b-up', '200 MB up', '/sink/tls', up('https://$HOST/sink/tls', 200)),
  fails(
    'c-up-plain',
    '200 MB up, `http://`',
    '/sink/plain',
    up('http://$HOST/sink/plain', 200),
    'every body is scanned before it goes out; over 5 MB it is refused (403)',
  ),
  {
    id: 'd-down-plain',
    client: '200 MB down, `http://`',
    path: '/text/200',
    run: down('http://$HOST/text/200'),
    works: { 'built-in': true, pipelock: false },
    arrives: { 'built-in': true, pipelock: true },
    remark: 'pipelock scans an answer before it passes it on, seconds for each megabyte, and cuts it at 50 MB',
  },
]
