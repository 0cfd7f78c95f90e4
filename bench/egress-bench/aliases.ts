import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { BottleError } from '../../src/errors.ts'
import { agentImage, type Internet, until } from '../../test/support/hosts/internet.ts'

/**
 * Waits until every name leads to a test host on an engine's network, then asks from `container`'s own network position.
 * The engine is asked first, so that no question about a real name is ever sent out. Throws when one leads elsewhere.
 */
export async function namesLeadHere(
  internet: Internet,
  { network, container, names }: { network: string; container: string; names: readonly string[] },
  patience = 60_000,
): Promise<void> {
  let known = new Map<string, string>()
  const missing = () => names.filter(name => !known.get(name))
  await until(async () => {
    known = await internet.names(network)
    return missing().length === 0
  }, patience).catch(() => {})
  if (missing().length > 0) throw astray(missing()[0] ?? '', 'no test host')
  if (names.length === 0) return
  const found = await lookUp(container, names)
  for (const name of names) {
    const addresses = found[name] ?? []
    if (addresses.length !== 1 || addresses[0] !== known.get(name))
      throw astray(name, addresses.join(' and ') || 'no address')
  }
}

function astray(name: string, where: string): BottleError {
  return new BottleError(
    `${name} leads to ${where} on the bottle's outside network, so nothing was sent.`,
    'Run it again; if it stays, look at the network aliases of the containers labelled io.bottle.test.',
  )
}

const script = `const { readFileSync, writeFileSync } = require('node:fs')
const { lookup } = require('node:dns/promises')
const names = JSON.parse(readFileSync('/asked/names.json', 'utf8'))
const addresses = name => lookup(name, { all: true }).then(all => all.map(one => one.address), () => [])
Promise.all(names.map(async name => [name, await addresses(name)]))
  .then(all => writeFileSync('/asked/found.json', JSON.stringify(Object.fromEntries(all))))`

async function lookUp(container: string, names: readonly string[]): Promise<Record<string, string[]>> {
  const docker = new Docker()
  const folder = mkdtempSync(join(tmpdir(), 'bottle-names-'))
  writeFileSync(join(folder, 'names.json'), JSON.stringify(names))
  const asker = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['node', '-e', script],
    Labels: { 'io.bottle.test': 'egress-bench' },
    HostConfig: { NetworkMode: `container:${container}`, Binds: [`${folder}:/asked`] },
  })
  try {
    await asker.start()
    await asker.wait()
    return JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8')) as Record<string, string[]>
  } finally {
    await asker.remove({ force: true, v: true })
    rmSync(folder, { recursive: true, force: true })
  }
}
