import { parseArgs } from 'node:util'
import { gateVersion } from './version.ts'

const usage =
  'verbs: run --config FILE [--listen HOST:PORT] [--only HOST:PORT]… [--inject FILE], check --config FILE, healthcheck [--addr HOST:PORT], relay --listen ADDRESS --to CONTAINER --port PORT…, --version'

/**
 * The gate's command line, with pipelock's verbs. Sets the process's exit code: 0, or 1 with a sentence on stderr.
 * Each verb loads only what it needs: a healthcheck must not pay for the detector.
 */
export async function commandLine(words: readonly string[]): Promise<void> {
  const [verb, ...rest] = words
  try {
    if (verb === '--version' || verb === '-v' || verb === 'version') say(`bottle-gate version ${gateVersion}`)
    else if (verb === 'healthcheck') await runHealthcheck(rest)
    else if (verb === 'check') await check(rest)
    else if (verb === 'run') await run(rest)
    else if (verb === 'relay') await relay(rest)
    else throw new Error(`unknown verb ${JSON.stringify(verb ?? '')}; ${usage}`)
  } catch (error) {
    process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

async function runHealthcheck(words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: { addr: { type: 'string', default: '127.0.0.1:8888' } } })
  const { healthcheck } = await import('./healthcheck.ts')
  const why = await healthcheck(values.addr, process.env)
  if (why !== undefined) throw new Error(`unhealthy: ${why}`)
  say('healthy')
}

async function check(words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: { config: { type: 'string', short: 'c' } } })
  await load(values.config)
  say('config is valid')
}

async function run(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      config: { type: 'string', short: 'c' },
      listen: { type: 'string', short: 'l' },
      only: { type: 'string', multiple: true, default: [] },
      inject: { type: 'string' },
    },
  })
  const { config, secrets } = await load(values.config)
  const [{ startGate }, { writeLine }] = await Promise.all([import('./gate.ts'), import('./log.ts')])
  const gate = await startGate(config, address(values.listen ?? config.fetch_proxy.listen), {
    write: writeLine,
    secrets,
    only: values.only,
    injections: await loadInjections(values.inject),
  })
  stopOnSignal(gate)
}

async function relay(words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: { listen: { type: 'string' }, to: { type: 'string' }, port: { type: 'string', multiple: true } },
  })
  const { listen, to, port: given = [] } = values
  const ports = given.map(Number)
  if (!listen || !to || ports.length === 0 || !ports.every(isPort))
    throw new Error('a relay is told where to --listen, the container that it leads --to, and each --port')
  const [{ startRelay }, { writeLine }] = await Promise.all([import('./service-relay.ts'), import('./log.ts')])
  stopOnSignal(await startRelay({ listen, to, ports }, { write: writeLine }))
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number > 0 && number < 65536
}

function stopOnSignal(running: { stop(reason: string): Promise<void> }): void {
  const stop = () => void running.stop('signal received').then(() => process.exit(0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
}

// Without a file nothing is allowed: the gate answers for its health and refuses the rest.
const closed = 'mode: strict\napi_allowlist: [nothing-is-allowed.invalid]\nforward_proxy: {enabled: true}\n'

async function load(file: string | undefined) {
  const [{ readConfig }, { readFileSync }] = await Promise.all([import('./config.ts'), import('node:fs')])
  const config = readConfig(file === undefined ? closed : readFileSync(file, 'utf8'))
  const secretsFile = config.dlp.secrets_file
  const secrets =
    secretsFile === undefined
      ? []
      : readFileSync(secretsFile, 'utf8')
          .split('\n')
          .filter(line => line.length >= 6)
  return { config, secrets }
}

async function loadInjections(file: string | undefined) {
  if (file === undefined) return undefined
  const [{ readInjections }, { readFileSync }] = await Promise.all([import('./injections.ts'), import('node:fs')])
  return readInjections(readFileSync(file, 'utf8'))
}

function address(text: string): { host: string; port: number } {
  const match = /^(.*):(\d+)$/.exec(text)
  if (!match?.[2]) throw new Error(`--listen ${JSON.stringify(text)} is not HOST:PORT`)
  return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
