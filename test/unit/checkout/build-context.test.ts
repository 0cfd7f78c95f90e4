import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { extract } from 'tar-stream'
import { buildContext } from '../../../src/checkout/build-context.ts'

function workspace(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'bottle-context-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

const build = { context: '.', dockerfile: 'Dockerfile', args: {}, network: 'default' } as const
const base = { Dockerfile: 'FROM x', 'src/a': 'a', 'src/b': 'b', '.git/config': 'a token', 'sub/.git': 'gitdir: x' }

async function namesIn(root: string, more: object = {}): Promise<string[]> {
  const { tar } = await buildContext(root, { ...build, ...more }, 'bottle.yml:1:1')
  const names: string[] = []
  for await (const entry of tar().pipe(extract())) {
    if (entry.header.type !== 'directory') names.push(entry.header.name.replace(/^\.\//, ''))
    entry.resume()
  }
  return names.sort()
}

test.each<[string, string | undefined, string[]]>([
  ['everything but .git', undefined, ['Dockerfile', 'src/a', 'src/b']],
  ['without what .dockerignore names', 'src/b', ['.dockerignore', 'Dockerfile', 'src/a']],
  ['with its exceptions', 'src\n!src/b', ['.dockerignore', 'Dockerfile', 'src/b']],
  ['never without the Dockerfile', '*', ['.dockerignore', 'Dockerfile']],
])('a context is %s', async (_, ignore, names) => {
  expect(await namesIn(workspace(ignore === undefined ? base : { ...base, '.dockerignore': ignore }))).toEqual(names)
})

test("the Dockerfile's own list comes first", async () => {
  const files = { ...base, '.dockerignore': '*', 'Dockerfile.dockerignore': 'src/a' }
  expect(await namesIn(workspace(files))).toEqual(['.dockerignore', 'Dockerfile', 'Dockerfile.dockerignore', 'src/b'])
})

test('the same content has the same name, whenever it was written; anything else has another', async () => {
  const [one, two] = [workspace(base), workspace(base)]
  utimesSync(join(two, 'src/a'), 0, 0)
  const name = async (root: string, more: object = {}) => (await buildContext(root, { ...build, ...more }, 'x')).image
  expect(await name(two)).toBe(await name(one))
  expect(await name(one)).toMatch(/^bottle-build:[0-9a-f]{16}$/)
  const others = [
    await name(workspace({ ...base, 'src/a': 'A' })),
    await name(workspace({ ...base, 'src/c': '' })),
    await name(one, { args: { A: '1' } }),
    await name(one, { target: 't' }),
    await name(one, { network: 'none' }),
  ]
  expect(new Set([await name(one), ...others]).size).toBe(6)
  writeFileSync(join(one, '.git/config'), 'another token')
  expect(await name(one)).toBe(await name(two))
})

test.each<[string, object, RegExp]>([
  ['a folder that is not there', { context: 'nowhere' }, /build\.context nowhere does not exist/],
  ['a file', { context: 'Dockerfile' }, /is not a folder/],
  ['a link out of the workspace', { context: 'out' }, /leads out of the workspace/],
  ['no Dockerfile', { context: 'src' }, /build\.dockerfile Dockerfile does not exist in src/],
  ['a Dockerfile outside', { dockerfile: 'passwd' }, /leads out of its context/],
])('%s is told with its place', async (_, more, said) => {
  const root = workspace(base)
  symlinkSync('/etc', join(root, 'out'))
  symlinkSync('/etc/passwd', join(root, 'passwd'))
  await expect(buildContext(root, { ...build, ...more }, 'bottle.yml:3:5')).rejects.toThrow(said)
  await expect(buildContext(root, { ...build, ...more }, 'bottle.yml:3:5')).rejects.toThrow('bottle.yml:3:5')
})
