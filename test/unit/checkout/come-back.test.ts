import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { extract, pack } from 'tar-stream'
import { comeBack, type Home } from '../../../src/checkout/come-back.ts'
import { departing } from '../../../src/checkout/depart.ts'

let root: string
let workspace: string
let outside: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bottle-back-'))
  workspace = join(root, 'work')
  outside = join(root, 'outside')
  for (const path of [workspace, outside, join(root, 'staging')]) mkdirSync(path)
})
afterEach(() => rmSync(root, { recursive: true }))

type Entry = {
  name: string
  text?: string
  type?: 'file' | 'symlink' | 'link' | 'directory' | 'fifo' | 'character-device'
  linkname?: string
  mode?: number
  size?: number
}

function tarOf(entries: readonly Entry[]): Readable {
  const tar = pack()
  for (const { text, ...head } of [{ name: 'workspace', type: 'directory' as const }, ...entries] as Entry[])
    tar.entry({ mtime: new Date(1000), ...head }, text ?? '')
  tar.finalize()
  return tar as unknown as Readable
}

const home = (more: Partial<Home> = {}): Home => ({
  workspace,
  sent: new Set(),
  guarded: [],
  inPlace: new Map(),
  owner: [process.getuid?.() ?? 0, process.getgid?.() ?? 0],
  staging: join(root, 'staging'),
  ...more,
})

async function back(entries: readonly Entry[], more: Partial<Home> = {}) {
  const result = await comeBack(tarOf(entries), home(more))
  expect(readdirSync(join(root, 'staging'))).toEqual([])
  return { ...result, refused: Object.fromEntries(result.refused.map(({ path, why }) => [path, why])) }
}

/** What unpacks a tar without a thought: the control. */
async function naively(entries: readonly Entry[], into: string): Promise<void> {
  const reader = extract()
  tarOf(entries).pipe(reader as unknown as NodeJS.WritableStream)
  for await (const entry of reader) {
    const at = join(into, '..', entry.header.name.replace(/^workspace/, 'work'))
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    if (entry.header.type === 'symlink') symlinkSync(entry.header.linkname ?? '', at)
    else if (entry.header.type === 'link') linkSync(join(dirname(into), entry.header.linkname ?? ''), at)
    else if (entry.header.type === 'file') writeFileSync(at, Buffer.concat(chunks))
  }
}

const escapes: { title: string; make: () => { entries: Entry[]; sent: string[] } }[] = [
  {
    title: 'a link that the tar itself brings, and a file behind it',
    make: () => ({
      entries: [
        { name: 'workspace/out', type: 'symlink', linkname: outside },
        { name: 'workspace/out/planted', text: 'x' },
      ],
      sent: [],
    }),
  },
  {
    title: 'a link that was sent, and a file behind it',
    make: () => {
      symlinkSync(outside, join(workspace, 'out'))
      return { entries: [{ name: 'workspace/out/planted', text: 'x' }], sent: ['out'] }
    },
  },
  {
    title: 'a link to a file, and the file over it',
    make: () => {
      symlinkSync(join(outside, 'planted'), join(workspace, 'out'))
      return { entries: [{ name: 'workspace/out', text: 'x' }], sent: ['out'] }
    },
  },
  {
    title: 'a name that climbs out',
    make: () => ({ entries: [{ name: 'workspace/../outside/planted', text: 'x' }], sent: [] }),
  },
  {
    title: 'a second name for a file outside',
    make: () => {
      writeFileSync(join(outside, 'secret'), 'x')
      return {
        entries: [{ name: 'workspace/planted', type: 'link', linkname: 'workspace/../outside/secret' }],
        sent: [],
      }
    },
  },
]

test.each(escapes)('$title: nothing is written outside, and without the care it is', async ({ title, make }) => {
  const { entries, sent } = make()
  const hit = () =>
    existsSync(join(outside, 'planted')) || lstatSync(join(outside, 'secret'), { throwIfNoEntry: false })?.nlink === 2
  await back(entries, { sent: new Set(sent) })
  expect(hit()).toBe(false)
  expect(title).toBeTruthy()
  // The control begins where the care began.
  rmSync(workspace, { recursive: true })
  mkdirSync(workspace)
  make()
  await naively(entries, workspace)
  expect(hit()).toBe(true)
})

test('names that are none of a path are refused by name, and the rest is taken', async () => {
  const { refused, changed } = await back([
    { name: '/etc/planted', text: 'x' },
    { name: 'workspace/a//b', text: 'x' },
    { name: 'workspace/./b', text: 'x' },
    { name: 'workspace/fine', text: 'x' },
    { name: 'workspace/pipe', type: 'fifo' },
    { name: 'workspace/device', type: 'character-device' },
  ])
  expect(Object.keys(refused)).toEqual(['/etc/planted', 'workspace/a//b', 'workspace/./b', 'pipe', 'device'])
  expect(changed).toBe(1)
  expect(readdirSync(workspace)).toEqual(['fine'])
})

test('no bit of a mode makes anybody somebody else', async () => {
  await back([
    { name: 'workspace/su', text: 'x', mode: 0o6755 },
    { name: 'workspace/d', type: 'directory', mode: 0o2750 },
  ])
  expect(lstatSync(join(workspace, 'su')).mode & 0o7777).toBe(0o755)
  expect(lstatSync(join(workspace, 'd')).mode & 0o7777).toBe(0o750)
})

test('of what git takes orders from nothing comes back, by whatever way, and each is named', async () => {
  mkdirSync(join(workspace, '.git/hooks'), { recursive: true })
  writeFileSync(join(workspace, '.git/config'), 'the real one, with a token')
  writeFileSync(join(workspace, '.git/hooks/kept'), 'kept')
  const given = {
    sent: new Set(['.git', '.git/config', '.git/hooks', '.git/hooks/kept']),
    guarded: ['.git/config', '.git/hooks'],
    inPlace: new Map([['.git/config', 'harmless']]),
  }
  const git = [
    { name: 'workspace/.git', type: 'directory' as const },
    { name: 'workspace/.git/hooks', type: 'directory' as const },
  ]
  const untouched = await back(
    [...git, { name: 'workspace/.git/config', text: 'harmless' }, { name: 'workspace/.git/hooks/kept', text: 'kept' }],
    given,
  )
  expect(untouched).toMatchObject({ refused: {}, changed: 0, removed: 0 })
  const attacks: Entry[][] = [
    [...git, { name: 'workspace/.git/config', text: '[core]\n' }, { name: 'workspace/.git/hooks/x', text: 'x' }],
    [{ name: 'workspace/.git', type: 'symlink', linkname: 'elsewhere' }],
    [{ name: 'workspace/.git', text: 'gitdir: elsewhere' }],
    [],
    [...git.slice(0, 1), { name: 'workspace/.git/hooks', type: 'symlink', linkname: '../elsewhere' }],
    [...git, { name: 'workspace/stolen', type: 'link', linkname: 'workspace/.git/config' }],
  ]
  for (const attack of attacks) {
    const { refused } = await back(attack, given)
    expect(Object.keys(refused)).not.toEqual([])
    expect(readFileSync(join(workspace, '.git/config'), 'utf8')).toBe('the real one, with a token')
    expect(readdirSync(join(workspace, '.git/hooks'))).toEqual(['kept'])
    expect(existsSync(join(workspace, 'stolen'))).toBe(false)
  }
  const { refused } = await back(attacks[0] ?? [], given)
  expect(Object.keys(refused).sort()).toEqual(['.git/config', '.git/hooks/kept', '.git/hooks/x'])
})

test('what was not sent is neither written over nor removed', async () => {
  writeFileSync(join(workspace, 'theirs'), 'theirs')
  mkdirSync(join(workspace, 'folder'))
  writeFileSync(join(workspace, 'folder/theirs'), 'theirs')
  const { refused } = await back(
    [
      { name: 'workspace/theirs', text: 'mine' },
      { name: 'workspace/folder', text: 'mine' },
    ],
    {
      sent: new Set(['folder']),
    },
  )
  expect(Object.keys(refused)).toEqual(['theirs', 'folder'])
  expect(readFileSync(join(workspace, 'theirs'), 'utf8')).toBe('theirs')
  expect(readFileSync(join(workspace, 'folder/theirs'), 'utf8')).toBe('theirs')
  expect((await back([], { sent: new Set(['folder']) })).removed).toBe(0)
  expect(existsSync(join(workspace, 'folder/theirs'))).toBe(true)
})

test('files, folders and links take each other’s places', async () => {
  mkdirSync(join(workspace, 'a/deep'), { recursive: true })
  writeFileSync(join(workspace, 'a/deep/file'), 'x')
  writeFileSync(join(workspace, 'b'), 'x')
  symlinkSync('b', join(workspace, 'c'))
  const { refused } = await back(
    [
      { name: 'workspace/a', text: 'now a file' },
      { name: 'workspace/b', type: 'directory' },
      { name: 'workspace/b/inside', text: 'x' },
      { name: 'workspace/c', type: 'directory' },
      { name: 'workspace/c/inside', type: 'symlink', linkname: '../a' },
    ],
    { sent: new Set(['a', 'a/deep', 'a/deep/file', 'b', 'c']) },
  )
  expect(refused).toEqual({})
  expect(readFileSync(join(workspace, 'a'), 'utf8')).toBe('now a file')
  expect(readFileSync(join(workspace, 'b/inside'), 'utf8')).toBe('x')
  expect(readlinkSync(join(workspace, 'c/inside'))).toBe('../a')
})

test('a tar that breaks off removes nothing, and one that does not fit is refused before it is written', async () => {
  writeFileSync(join(workspace, 'kept'), 'kept')
  const whole: Buffer[] = []
  for await (const chunk of tarOf([{ name: 'workspace/new', text: 'x'.repeat(5000) }])) whole.push(chunk as Buffer)
  const cut = Readable.from([Buffer.concat(whole).subarray(0, 3000)])
  await expect(comeBack(cut, home({ sent: new Set(['kept']) }))).rejects.toThrow(/end of data/i)
  await expect(comeBack(Readable.from([]), home({ sent: new Set(['kept']) }))).rejects.toThrow(/empty/)
  expect(existsSync(join(workspace, 'kept'))).toBe(true)

  const tar = pack()
  tar.entry({ name: 'workspace/huge', size: 2 ** 50 })
  const { value } = await (tar as AsyncIterable<Buffer>)[Symbol.asyncIterator]().next()
  const head = Readable.from([value])
  await expect(comeBack(head, home())).rejects.toThrow(/huge came back with 1125899906842624 bytes/)
})

const asUser = process.getuid?.() === 0 ? test.skip : test
asUser('a place that may not be written to is named (skipped as root, to whom all places are open)', async () => {
  mkdirSync(join(workspace, 'theirs'), { mode: 0o555 })
  const more = { sent: new Set(['theirs']) }
  await expect(back([{ name: 'workspace/theirs/new', text: 'x' }], more)).rejects.toThrow(/theirs\/new .* \(EACCES\)/)
})

test('what a departing folder holds is what comes back, and what cannot go is named', async () => {
  writeFileSync(join(workspace, 'plain'), 'x', { mode: 0o640 })
  linkSync(join(workspace, 'plain'), join(workspace, 'second'))
  mkdirSync(join(workspace, `${'deep/'.repeat(60)}end`), { recursive: true })
  symlinkSync('x'.repeat(300), join(workspace, 'long-link'))
  writeFileSync(join(workspace, 'config'), 'token')
  writeFileSync(Buffer.concat([Buffer.from(`${workspace}/bad-`), Buffer.from([0xff])]), 'x')
  const [sent, stays]: [Set<string>, string[]] = [new Set(), []]
  const inPlace = new Map([['config', 'harmless']])
  const tar = departing([
    {
      from: workspace,
      as: 'workspace',
      owner: [1_000_000, 5],
      inPlace,
      sent: one => sent.add(one),
      stays: one => stays.push(one),
    },
  ])
  const chunks: Buffer[] = []
  for await (const chunk of tar) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  expect(bytes.includes('token')).toBe(false)
  expect(bytes.includes('uid=1000000')).toBe(true)
  expect(stays).toEqual(['bad-\ufffd'])
  const result = await comeBack(Readable.from([bytes]), home({ sent, inPlace, guarded: ['config'] }))
  expect(result).toEqual({ changed: 0, removed: 0, refused: [], refusedCount: 0 })
})
