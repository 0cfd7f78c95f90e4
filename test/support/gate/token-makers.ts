import { createHash, createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { base58, bech32 } from '@scure/base'
import { entropyToMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { seeded } from './seeded.ts'

/** A format that secrets come in, and how one is made: a new one each time, checksums right, never written down. */
export interface TokenMaker {
  readonly name: string
  make(): string
}

const { bytes: randomBytes, below } = seeded('token makers')

const of = (letters: string) => (length: number) =>
  Array.from({ length }, () => letters[below(letters.length)]).join('')
const digits = of('0123456789')
const hex = of('0123456789abcdef')
const upper = of('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const mixed = of(base62)
const wide = of(`${base62}-_`)
const lower = of('abcdefghijklmnopqrstuvwxyz0123456789')

/** `<mark>_` and 36 characters, the last six of them the checksum of the rest: GitHub's and npm's form. */
function checked(mark: string): string {
  const body = mixed(30)
  let [sum, end] = [crc32(body), '']
  for (let i = 0; i < 6; i++, sum = Math.floor(sum / 62)) end = base62[sum % 62] + end
  return `${mark}_${body}${end}`
}

function jwt(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: digits(10), name: mixed(8), iat: 1516239022 })}`
  return `${signed}.${createHmac('sha256', mixed(20)).update(signed).digest('base64url')}`
}

function armoured(what: string, body: Buffer): string {
  const lines = body.toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN ${what}-----\n${what.startsWith('PGP') ? '\n' : ''}${lines}\n-----END ${what}-----\n`
}

// A DER sequence of that many bytes: enough of a key for whoever looks for one, and the same in every run.
function der(length: number): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x82, length >> 8, length & 0xff, 2, 1, 0]), randomBytes(length)])
}

function base58check(version: string, data: Buffer): string {
  const payload = Buffer.concat([Buffer.from(version, 'hex'), data])
  const sha = (one: Buffer) => createHash('sha256').update(one).digest()
  return base58.encode(Buffer.concat([payload, sha(sha(payload)).subarray(0, 4)]))
}

function luhn(begin: string, length: number): string {
  const body = begin + digits(length - begin.length - 1)
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}

function iban(): string {
  const body = digits(18)
  const rest = BigInt(`${body}131400`) % 97n
  return `DE${String(98n - rest).padStart(2, '0')}${body}`
}

/** `mark` and its rest: kept apart in this file, so that nothing in the repository looks like a token. */
const make = (name: string, ...parts: (string | (() => string))[]): TokenMaker => ({
  name,
  make: () => parts.map(part => (typeof part === 'string' ? part : part())).join(''),
})

/** The formats that the table test sends. */
export const tokenMakers: readonly TokenMaker[] = [
  make('AWS access key id', 'AK', 'IA', () => upper(16)),
  make('AWS temporary key id', 'AS', 'IA', () => upper(16)),
  make('AWS secret access key', 'aws_secret_', 'access_key=', () => randomBytes(30).toString('base64')),
  make('GitHub classic', () => checked('ghp')),
  make(
    'GitHub fine-grained',
    'github_',
    'pat_',
    () => mixed(22),
    '_',
    () => mixed(59),
  ),
  make('GitHub OAuth', () => checked('gho')),
  make('GitHub app', () => checked('ghs')),
  make('GitHub refresh', 'gh', 'r_', () => mixed(76)),
  make('GitLab personal', 'gl', 'pat-', () => wide(20)),
  make(
    'Slack bot',
    'xo',
    'xb-',
    () => digits(12),
    '-',
    () => digits(13),
    '-',
    () => mixed(24),
  ),
  make(
    'Slack user',
    'xo',
    'xp-',
    () => digits(12),
    '-',
    () => digits(12),
    '-',
    () => digits(13),
    '-',
    () => hex(32),
  ),
  make(
    'Slack app',
    'xa',
    'pp-1-A',
    () => upper(10),
    '-',
    () => digits(13),
    '-',
    () => hex(64),
  ),
  make(
    'Slack webhook',
    'https://hooks.',
    'slack.com/services/T',
    () => upper(9),
    '/B',
    () => upper(10),
    '/',
    () => mixed(24),
  ),
  make('npm', () => checked('npm')),
  make('PyPI', 'py', 'pi-AgEIcHlwaS5vcmc', () => wide(150)),
  make('Anthropic', 'sk-', 'ant-api03-', () => wide(93), 'AA'),
  make(
    'OpenAI project',
    'sk-',
    'proj-',
    () => wide(74),
    'T3Blbk',
    'FJ',
    () => wide(73),
    'Z',
  ),
  make(
    'OpenAI service account',
    'sk-',
    'svcacct-',
    () => wide(74),
    'T3Blbk',
    'FJ',
    () => wide(73),
    'Z',
  ),
  make('Google API key', 'AI', 'za', () => wide(35)),
  make('Google OAuth secret', 'GOC', 'SPX-', () => wide(28)),
  {
    name: 'GCP service account',
    make: () =>
      JSON.stringify({
        type: 'service_account',
        private_key_id: hex(40),
        private_key: armoured('PRIVATE'.concat(' KEY'), der(630)),
        client_email: `ci@${lower(12)}.iam.gserviceaccount.com`,
      }),
  },
  make('Stripe live', 'sk_', 'live_', () => mixed(24)),
  make('Stripe restricted', 'rk_', 'live_', () => mixed(99)),
  make('Stripe webhook', 'wh', 'sec_', () => mixed(32)),
  make(
    'SendGrid',
    'S',
    'G.',
    () => wide(22),
    '.',
    () => wide(43),
  ),
  make('Mailgun', 'ke', 'y-', () => hex(32)),
  make('Twilio', 'S', 'K', () => hex(32)),
  make('Hugging Face', 'h', 'f_', () => mixed(34)),
  make('Databricks', 'da', 'pi', () => hex(32)),
  make('DigitalOcean', 'do', 'p_v1_', () => hex(64)),
  make('Vault', 'hv', 's.', () => wide(95)),
  make('Vercel', 'vc', 'p_', () => mixed(56)),
  make('Supabase', 'sb', '_secret_', () => wide(31)),
  make('Linear', 'lin', '_api_', () => mixed(40)),
  make(
    'Notion',
    'nt',
    'n_',
    () => digits(11),
    () => mixed(35),
  ),
  make('Sentry', 'sn', 'trys_', () => mixed(80)),
  make(
    'Discord bot',
    'M',
    () => mixed(25),
    '.',
    () => wide(6),
    '.',
    () => wide(38),
  ),
  make(
    'Telegram bot',
    () => `${1 + below(9)}${digits(9)}`,
    ':A',
    'A',
    () => wide(33),
  ),
  make('Shopify', 'sh', 'pat_', () => hex(32)),
  make('Square', 'EA', 'AA', () => wide(60)),
  make('Docker Hub', 'dckr', '_pat_', () => wide(27)),
  make('Heroku', 'HR', 'KU-', () => wide(60)),
  make(
    'Cloudflare',
    'cf',
    'ut_',
    () => mixed(40),
    () => hex(8),
  ),
  make(
    'Terraform Cloud',
    () => mixed(14),
    '.atlas',
    'v1.',
    () => mixed(67),
  ),
  make(
    'Grafana',
    'gl',
    'sa_',
    () => mixed(32),
    '_',
    () => hex(8),
  ),
  make('New Relic', 'NR', 'AK-', () => upper(27)),
  make('Groq', 'gs', 'k_', () => mixed(52)),
  make('xAI', 'xa', 'i-', () => mixed(80)),
  make('Replicate', 'r8', '_', () => mixed(37)),
  make('Azure storage key', 'DefaultEndpointsProtocol=https;Account', 'Key=', () => randomBytes(64).toString('base64')),
  make('Azure SAS', '?sv=2024-11-04&ss=b&srt=co&sp=rl&si', 'g=', () =>
    encodeURIComponent(randomBytes(32).toString('base64')),
  ),
  make(
    'Entra client secret',
    () => mixed(3),
    '8',
    'Q~',
    () => mixed(34),
  ),
  make('JSON Web Token', jwt),
  make('RSA private key', () => armoured(`RSA ${'PRIVATE'} KEY`, der(600))),
  make('EC private key', () => armoured(`EC ${'PRIVATE'} KEY`, der(118))),
  make('OpenSSH private key', () =>
    armoured(`OPENSSH ${'PRIVATE'} KEY`, Buffer.concat([Buffer.from('openssh-key-v1\0'), randomBytes(250)])),
  ),
  make('PGP private key', () => armoured(`PGP ${'PRIVATE'} KEY BLOCK`, randomBytes(300))),
  make('basic auth in a URL', 'https://deploy', ':', () => mixed(16), '@git.corp.example/repo.git'),
  make('database URL', 'postgres://app', ':', () => mixed(16), '@db.corp.example:5432/app'),
  make('secret variable', 'DEPLOY_', 'TOKEN=', () => mixed(24)),
  make('Bitcoin private key', () => base58check('80', Buffer.concat([randomBytes(32), Buffer.from([1])]))),
  make('extended private key', () =>
    base58check('0488ade4', Buffer.concat([randomBytes(41), Buffer.from([0]), randomBytes(32)])),
  ),
  make('Ethereum private key', '0', 'x', () => hex(64)),
  make('seed phrase', () => entropyToMnemonic(randomBytes(16), wordlist)),
  make('Bitcoin address', () => bech32.encode('bc', [0, ...bech32.toWords(randomBytes(20))])),
  make('Visa card', () => luhn('4', 16)),
  make('American Express card', () => luhn('37', 15)),
  make('IBAN', iban),
  make('social security number', () => `${100 + below(500)}-${10 + below(90)}-${1000 + below(9000)}`),
]
