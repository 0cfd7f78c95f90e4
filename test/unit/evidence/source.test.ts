import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readRun } from '../../../src/evidence/read.ts'
import { linesOf, openSource, readText } from '../../../src/evidence/source.ts'
import { group, summary } from '../../support/summaries.ts'
import { type ZipFile, zipOf } from '../../support/zip.ts'

const good = JSON.stringify(summary([group('evil.test')]))

function zipped(files: readonly ZipFile[] | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), 'bottle-zip-')), 'artifact.zip')
  writeFileSync(path, Buffer.isBuffer(files) ? files : zipOf(files))
  return path
}

async function read(path: string) {
  await using source = await openSource(path)
  return await readRun(source)
}

test('a folder and its zip say the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  const plan = JSON.stringify({ origins: { 'a.test': ['bottle.yml:3:5'] }, secret: 'of no interest' })
  writeFileSync(join(folder, 'summary.json'), good)
  writeFileSync(join(folder, 'plan.json'), plan)
  const path = zipped([
    { name: 'summary.json', data: good },
    { name: 'plan.json', data: plan },
    { name: 'folder/', data: '' },
  ])
  expect(await read(path)).toEqual(await read(folder))
  expect(await read(path)).toMatchObject({
    summary: { blocks: [{ host: 'evil.test' }] },
    plan: { origins: { 'a.test': ['bottle.yml:3:5'] } },
  })
})

const bomb = Buffer.alloc(80 * 2 ** 20, ' ')

test.each<[string, readonly ZipFile[] | Buffer, RegExp]>([
  ['a name that leads out', [{ name: '../summary.json', data: good }], /invalid relative path/],
  ['a name from the root', [{ name: '/summary.json', data: good }], /absolute path/],
  ['a name with backslashes', [{ name: '..\\summary.json', data: good }], /invalid characters/],
  ['a link', [{ name: 'summary.json', data: '/etc/passwd', mode: 0o120777 }], /"summary\.json" is a link/],
  ['an encrypted file', [{ name: 'summary.json', data: good, flags: 1 }], /"summary\.json" is encrypted/],
  [
    'a name that is there twice',
    [
      { name: 'summary.json', data: good },
      { name: 'summary.json', data: '{}' },
    ],
    /"summary\.json" is in it twice/,
  ],
  ['a file that is larger than it says', [{ name: 'summary.json', data: bomb, size: 10 }], /too many bytes/],
  ['a file that is smaller than it says', [{ name: 'summary.json', data: good, size: 10_000 }], /not enough bytes/],
  ['a file that says how large it is', [{ name: 'summary.json', data: bomb }], /more than 64 MiB/],
  [
    'sizes beyond all reason',
    Array.from({ length: 3 }, (_, i) => ({ name: `${i}`, data: '', size: 2 ** 31 })),
    /4 GiB/,
  ],
  ['a great many files', Array.from({ length: 1001 }, (_, i) => ({ name: `${i}`, data: '' })), /1001 entries/],
  ['no zip at all', Buffer.from('hello'), /no artifact that can be read/],
  ['half a zip', zipOf([{ name: 'summary.json', data: good }]).subarray(0, 60), /no artifact that can be read/],
  ['a zip without a summary', [{ name: 'other.json', data: good }], /holds no summary\.json/],
])('a zip with %s is refused, and says why', async (_, files, says) => {
  await expect(read(zipped(files))).rejects.toThrow(says)
})

test('in a folder links are not followed, and what is no file is not opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  const elsewhere = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  writeFileSync(join(elsewhere, 'summary.json'), good)
  symlinkSync(join(elsewhere, 'summary.json'), join(folder, 'summary.json'))
  await expect(read(folder)).rejects.toThrow(/holds no summary\.json/)
  expect(await read(elsewhere)).toBeDefined()
  const pipes = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  execFileSync('mkfifo', [join(pipes, 'summary.json')])
  await expect(read(pipes)).rejects.toThrow(/holds no summary\.json/)
  await expect(read(join(pipes, 'summary.json'))).rejects.toThrow(/neither a folder nor a file/)
  await expect(read(join(pipes, 'nothing'))).rejects.toThrow(/does not exist/)
  // What was a file when the folder was looked at, and is a link when it is read.
  const swapped = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  writeFileSync(join(swapped, 'summary.json'), good)
  await using source = await openSource(swapped)
  execFileSync('ln', ['-sf', join(elsewhere, 'summary.json'), join(swapped, 'summary.json')])
  await expect(readText(source, 'summary.json', 1000)).rejects.toThrow(/cannot be read/)
})

test('lines are whole across chunks, and a long one is cut', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bottle-source-'))
  mkdirSync(join(folder, 'sub'))
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i} ${'é'.repeat(i % 50)}`)
  writeFileSync(join(folder, 'events.jsonl'), `${lines.join('\n')}\n${'x'.repeat(1_000_000)}\nlast`)
  await using source = await openSource(folder)
  const seen: string[] = []
  for await (const line of linesOf(source, 'events.jsonl')) seen.push(line)
  expect(seen.slice(0, -2)).toEqual(lines)
  expect([seen.at(-2)?.length, seen.at(-1)]).toEqual([64 * 1024, 'last'])
  for await (const line of linesOf(source, 'absent')) throw new Error(line)
})

const bent = (change: (value: Record<string, unknown>) => void) => {
  const value = JSON.parse(good)
  change(value)
  return JSON.stringify(value)
}

test.each<[string, string, RegExp]>([
  ['of a newer version', bent(value => Object.assign(value, { version: 2 })), /version 2, .*reads version 1\./],
  ['of an older version', bent(value => Object.assign(value, { version: 0 })), /version 0, .*reads version 1\./],
  ['without a version', bent(value => delete value.version), /not what a run writes: version: /],
  [
    'with a count that is none',
    bent(value => Object.assign(value.counts as object, { blocked: '<b>' })),
    /counts\.blocked: /,
  ],
  [
    'with a kind that is none',
    bent(value => Object.assign((value.blocks as object[])[0] ?? {}, { kind: 'x' })),
    /blocks\.0\.kind: /,
  ],
  ['that is a list', '[]', /not what a run writes/],
  ['that is null', 'null', /not what a run writes/],
  ['that is no JSON', '{', /no JSON/],
])('a summary %s is refused, and says why', async (_, data, says) => {
  await expect(read(zipped([{ name: 'summary.json', data }]))).rejects.toThrow(says)
})

test('a field that a later release adds is passed over', async () => {
  const more = bent(value => Object.assign(value, { later: true }))
  expect(await read(zipped([{ name: 'summary.json', data: more }]))).toEqual(
    await read(zipped([{ name: 'summary.json', data: good }])),
  )
})
