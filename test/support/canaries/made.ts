import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { secretForms } from '../../../src/gate/program/encodings.ts'
import { tokenMakers } from '../gate/token-makers.ts'

/** A value that must not be found anywhere, by the name of where it was planted. */
export interface Canary {
  readonly name: string
  readonly value: string
}

/** A canary that a text holds: whose, in which form, and the text around it. */
export interface Found {
  readonly name: string
  readonly form: string
  readonly around: string
}

/** Everything that is planted in one run; new values every time. */
export interface Canaries {
  /** The step's environment: secrets of the spec, and the key of its ssh host. */
  readonly secrets: Readonly<Record<string, string>>
  /** The input `token`. */
  readonly token: string
  /** What a workflow pasted into the spec: a literal of `env`, and a word of the script. */
  readonly literal: string
  readonly pasted: string
  /** Tokens of known formats that nobody named: the agent found them somewhere. */
  readonly stray: readonly string[]
}

const strays = ['GitHub classic', 'AWS access key id', 'npm', 'Slack bot', 'GitLab personal', 'Anthropic']

/** Makes the canaries of one run. */
export function makeCanaries(): Canaries {
  const random = (mark: string) => `${mark}${randomBytes(15).toString('hex')}`
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  return {
    secrets: {
      KEY: random('Key0'),
      ODD: `o"d\\d é/${randomBytes(15).toString('base64')}+=`,
      LINES: `${random('first1')}\n${random('second2')}`,
      DEPLOY_KEY: String(key).trim(),
    },
    token: random('ghs_'),
    literal: random('lit3'),
    pasted: random('paste4'),
    stray: strays.map(wanted => tokenMakers.find(one => one.name === wanted)?.make() ?? wanted),
  }
}

/** All of them, each by its name; of a secret with several lines each line is one besides. */
export function canariesOf({ secrets, token, literal, pasted, stray }: Canaries): Canary[] {
  const lines = Object.entries(secrets).flatMap(([name, value]) =>
    [value, ...value.split('\n').filter(line => !line.startsWith('-----'))].map(one => ({ name, value: one })),
  )
  return [
    ...lines,
    { name: 'token', value: token },
    { name: 'literal', value: literal },
    { name: 'pasted', value: pasted },
    ...stray.map(value => ({ name: 'stray', value })),
  ]
}

/** A search for canaries in every form that we can write, whatever the case: where each is, and what stands around it. */
export function searchFor(canaries: readonly Canary[]): (text: string) => Found[] {
  const wanted = canaries.flatMap(({ name, value }) =>
    [...secretForms(value), { name: 'plain', text: value }].map(form => ({
      name,
      form: form.name,
      text: form.text.toLowerCase(),
    })),
  )
  return text => {
    const lower = text.toLowerCase()
    return wanted.flatMap(({ name, form, text: one }) => {
      const at = lower.indexOf(one)
      return at < 0 ? [] : [{ name, form, around: text.slice(Math.max(0, at - 60), at + one.length + 20) }]
    })
  }
}
