import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { createDetector } from '../../../src/gate/program/detect.ts'
import { queryText } from '../../../src/gate/program/url-text.ts'
import { seeded } from '../../support/gate/seeded.ts'

// What agents send all day and is no secret, in the shapes it really has. Random parts are made at run time.
const { bytes, below } = seeded('benign')
const hash = (algorithm: string, as: 'hex' | 'base64' = 'hex') => createHash(algorithm).update(bytes(16)).digest(as)
const uuid = () => hash('md5').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
// A picture's data: compressed, so that it looks as random as a key does.
const png = (size: number) =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), deflateSync(bytes(size))]).toString('base64')
const file = (path: string) => readFileSync(path, 'utf8')

const urls = [
  '/v2/library/node/manifests/24-bookworm',
  `/v2/library/node/blobs/sha256:${hash('sha256')}`,
  '/simple/requests/?format=json',
  '/packages/py3/r/requests/requests-2.32.3-py3-none-any.whl',
  `/packages/${hash('md5').slice(0, 2)}/${hash('md5').slice(0, 2)}/${hash('sha256')}/numpy-2.1.0-cp312-manylinux.whl`,
  '/@types%2fnode/-/node-24.10.1.tgz',
  `/repos/o/r/git/commits/${hash('sha1')}`,
  `/o/r/compare/${hash('sha1')}...${hash('sha1')}`,
  '/search?q=how+to+fix+%22permission+denied%22+error&hl=en&num=10',
  '/api?page=2&per_page=100&sort=updated&direction=desc&since=2026-11-24T10%3A00%3A00Z',
  `/graphql?operation=Get&id=${uuid()}`,
  `/assets/index-${bytes(6).toString('hex')}.js?v=${bytes(4).toString('hex')}`,
  '/maps/@48.8583701,2.2922926,17z/data=!3m1!4b1!4m6',
  `/trace/${hash('md5')}/spans/${bytes(8).toString('hex')}`,
  '/debian/pool/main/g/glibc/libc6_2.36-9+deb12u9_amd64.deb',
  '/maven2/org/springframework/spring-core/6.2.0/spring-core-6.2.0.jar.sha512',
  '/github.com/docker/docker/@v/v27.3.1+incompatible.mod',
  '/golang.org/x/exp/@v/v0.0.0-20241108190413-2d47ceb2692f.zip',
  '/?next_page_token=&token_type=bearer&password_reset=false',
  '/oauth/authorize?response_type=code&scope=read:user%20repo&state=xyz',
  '/token?grant_type=refresh_token',
  '/crypto-guide?topic=address-formats&example=how-bitcoin-addresses-work',
  '/docs/secret-scanning/about-tokens/api-key-best-practices',
  `/u/${below(1e9)}/posts/${Date.UTC(2026, 10, 24)}`,
  '/calendar?from=2026-11-24&to=2026-12-24&tz=Europe%2FBerlin',
  `/img?src=data%3Aimage%2Fpng%3Bbase64%2C${encodeURIComponent(png(60))}`,
  '/filter?ids=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20',
  '/wiki/%E6%9D%B1%E4%BA%AC%E9%83%BD',
  '/a/b/c/../d/./e.css?ts=1763980800000',
  '/-/npm/v1/security/advisories/bulk',
]

const headers = [
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  `If-None-Match: W/"${hash('sha1')}"`,
  `Traceparent: 00-${hash('md5')}-${bytes(8).toString('hex')}-01`,
  `Cookie: theme=dark; _ga=GA1.2.${below(1e9)}.${below(1e9)}; locale=de_DE`,
  'If-Modified-Since: Tue, 24 Nov 2026 20:13:10 GMT',
  `X-Request-Id: ${uuid()}`,
  'Authorization: Bearer',
  `Content-MD5: ${hash('md5', 'base64')}`,
  `Digest: SHA-256=${hash('sha256', 'base64')}`,
  'Sec-CH-UA: "Chromium";v="143", "Not:A-Brand";v="24"',
  'Range: bytes=4194304-8388607',
  `Content-Type: multipart/form-data; boundary=----WebKitFormBoundary${hash('sha256').slice(0, 16)}`,
  'npm-session: 5f2b8c1d9e3a7f60',
  'X-Amz-Date: 20261124T201310Z',
  `Sec-WebSocket-Key: ${bytes(16).toString('base64')}`,
]

const bodies = [
  JSON.stringify({ title: 'Team standup', start: '2026-03-10T09:00:00Z', attendees: ['alice@corp.example'] }),
  JSON.stringify({
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { name: 'search', arguments: { q: 'token expired' } },
  }),
  JSON.stringify({
    error: 'authentication_failed',
    message: 'The access token has expired. Refresh your token.',
    code: 401,
  }),
  JSON.stringify({ name: 'left-pad', dist: { shasum: hash('sha1'), integrity: `sha512-${hash('sha512', 'base64')}` } }),
  JSON.stringify({
    packages: Object.fromEntries(
      times(300, (i): [string, object] => [`node_modules/p${i}`, { integrity: `sha512-${hash('sha512', 'base64')}` }]),
    ),
  }),
  times(200, i => `example.org/m${i} v1.${i}.0 h1:${hash('sha256', 'base64')}`).join('\n'),
  times(80, i => `package${i}==1.${i} --hash=sha256:${hash('sha256')}`).join('\n'),
  times(60, () => `checksum = "${hash('sha256')}"`).join('\n'),
  times(200, i => `${hash('sha1')} refs/heads/feature-${i}`).join('\n'),
  times(
    40,
    i =>
      `index ${hash('sha1').slice(0, 10)}..${hash('sha1').slice(0, 10)} 100644\n--- a/f${i}\n+++ b/f${i}\n@@ -1,3 +1,4 @@`,
  ).join('\n'),
  JSON.stringify({ image: `data:image/png;base64,${png(50_000)}` }),
  `url(data:font/woff2;base64,${bytes(30_000).toString('base64')})`,
  bytes(20_000).toString('base64').replace(/.{76}/g, '$&\r\n'),
  bytes(20_000).toString('hex'),
  times(100, uuid).join('\n'),
  times(100, () => String(1_000_000_000_000 + below(1e12))).join('\n'),
  times(
    50,
    () =>
      `10.${below(255)}.${below(255)}.${below(255)} - - [24/Nov/2026:20:13:10 +0000] "GET / HTTP/1.1" 200 ${below(1e6)}`,
  ).join('\n'),
  times(50, i => `+49 30 ${1_000_000 + i}, 555-010-${1000 + i}, 2026-11-${10 + (i % 20)}`).join('\n'),
  times(60, i => `${i} 1.${i}.3-beta.${i}+build.${below(1e6)}`).join('\n'),
  '3.14159265358979323846264338327950288419716939937510',
  '[4.1111111111111111, 0.5105105105105100, -3.4000000000000094]',
  'Usage: mycli [options] <command>\n  --token TOKEN     API token (env MYCLI_TOKEN)\n  --password-file F read the password from F\n',
  `export API_KEY=\${API_KEY:?}\nexport DB_PASSWORD="$(cat /run/secrets/db)"\nSECRET_KEY=<your-secret-key>\n`,
  `env:\n  NPM_TOKEN: \${{ secrets.NPM_TOKEN }}\n  AWS_SECRET_ACCESS_KEY: \${{ secrets.AWS_SECRET_ACCESS_KEY }}\n`,
  `const token = await getToken(); headers.set("authorization", \`Bearer \${token}\`); password=e.target.value;`,
  'It is in the way as we go on to do it, so be it; if he is at it, I am up to it, or we go by it to be on to it.',
  'The private key must begin with a BEGIN line; the public key is stored in ~/.ssh/id_ed25519.pub.',
  `ssh-ed25519 ${Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0 '), bytes(32)]).toString('base64')} ada@host`,
  `-----BEGIN CERTIFICATE-----\n${bytes(900).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----`,
  'SELECT id, password_hash FROM users WHERE token IS NOT NULL LIMIT 10;',
  'postgres://localhost:5432/app?sslmode=disable and redis://cache:6379/0',
  'Ein längerer Text mit Umlauten: Größe, Maßstab, Übergröße; и немного по-русски, 日本語も少し。',
  '<p>Fish &amp; chips &#8212; caf&eacute; &copy; 2026 &nbsp;</p>',
  'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nline=20with=20soft=\r\nbreak',
  '\\u00e9\\u00e8 \\x41 \\n\\t "escaped \\"quotes\\""',
  `{"version":3,"mappings":"${times(3000, i => 'AAAA,SAASA,GAAGC'[i % 16] ?? 'A').join('')};ACDA,CAAC"}`,
  'MOCK_TOKEN=changeme PASSWORD=correcthorsebatterystaple',
  'sk-your-api-key-here ghp_your_token sk-ant-your-key-goes-in-here',
  times(500, i => `.css-${bytes(3).toString('hex')}{margin:${i}px;color:#${bytes(3).toString('hex')}}`).join(''),
  file('package-lock.json'),
  file('node_modules/typescript/lib/typescript.js').slice(0, 400_000),
  file('node_modules/dockerode/lib/docker.js'),
  file('node_modules/zod/README.md'),
  file('node_modules/typescript/lib/lib.es5.d.ts'),
  file('node_modules/typescript/lib/de/diagnosticMessages.generated.json'),
  file('node_modules/ipaddr.js/lib/ipaddr.js'),
  file('node_modules/yaml/dist/parse/lexer.js'),
  file('README.md'),
  file('CONTRIBUTING.md'),
  file('docs/spec.md'),
  file('action.yml'),
  file('src/gate/program/tunnel.ts'),
  file('src/gate/program/token-formats.ts'),
  file('test/docker/gates.test.ts'),
  file('test/fixtures/benign-hosts.txt'),
]

const all: { what: string; text: string }[] = [
  ...urls.map(url => ({ what: url, text: queryText(url) })),
  ...headers.map(text => ({ what: text, text })),
  ...bodies.map(text => ({ what: text.slice(0, 60), text })),
]

test('over a hundred benign URLs, headers and bodies hold nothing that would be refused', async () => {
  const detect = await createDetector([`Known/${bytes(18).toString('base64')}`])
  expect(all.length).toBeGreaterThanOrEqual(100)
  const refused: string[] = []
  for (const { what, text } of all) {
    const finding = await detect(text)
    if (finding) refused.push(`${finding.reason}: ${what}`)
  }
  expect(refused).toEqual([])
}, 120_000)

test('the same detector is no blind one: one token among all of it is found', async () => {
  const detect = await createDetector([])
  const text = all.map(one => one.text).join('\n')
  const token = ['gh', 'p_', bytes(27).toString('hex').slice(0, 36)].join('')
  expect(await detect(`${text.slice(0, 900_000)} ${token} ${text.slice(900_000, 1_200_000)}`)).toMatchObject({
    reason: expect.stringMatching(/github/i),
  })
}, 120_000)
