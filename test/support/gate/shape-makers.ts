import { bech32 } from '@scure/base'
import { entropyToMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import {
  armoured,
  base58check,
  below,
  der,
  hex,
  iban,
  jwt,
  luhn,
  make,
  mixed,
  randomBytes,
  type TokenMaker,
} from './token-parts.ts'

/** Keys, passwords and numbers that are known by their shape or checksum, whoever made them. */
export const shapeMakers: readonly TokenMaker[] = [
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
