import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadSpec } from '../../src/spec/load.ts'
import { logLines } from '../support/gate/log-lines.ts'
import { schemaMistakes } from '../support/schemas.ts'

const project = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(project, 'README.md'), 'utf8')
const action = parse(readFileSync(join(project, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string; description: string }>
  outputs: Record<string, { description: string }>
  runs: Record<string, string>
}

test('README shows every input of action.yml with its default, in its order', () => {
  const block = /<!-- inputs:[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const [step] = parse(block) as [{ with: Record<string, string> }]
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])
  expect(Object.entries(step.with)).toEqual(defaults)
})

test('README names every output of action.yml', () => {
  const named = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(match => match[1])
  expect(named.sort()).toEqual(Object.keys(action.outputs).sort())
})

test('action.yml runs what is built', () => {
  expect(action.runs).toEqual({
    using: 'node24',
    main: 'dist/main/index.js',
    post: 'dist/post/index.js',
    'post-if': 'always()',
  })
})

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(project, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
]

test.each(pages)('links of %s inside the repository lead to a file, and to a heading of it', page => {
  const links = [...readFileSync(join(project, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
  for (const [whole, link = '', heading] of links) {
    const target = link ? join(project, dirname(page), link) : join(project, page)
    expect([whole, existsSync(target)]).toEqual([whole, true])
    if (heading) expect(headingsOf(target)).toContain(heading)
  }
})

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

test('the spec that README shows with a $schema line is one, by the schema and by the loader', () => {
  const text =
    /```yaml\n(# yaml-language-server: \$schema=\S+\/docs\/spec\.schema\.json\n[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(schemaMistakes('spec')(parse(text))).toEqual([])
  expect(schemaMistakes('spec')({ ...parse(text), imag: 'x' })).not.toEqual([])
  expect(loadSpec({ text, file: 'bottle.yml' }).image).toBe('node:24-bookworm')
})

const recipes = readFileSync(join(project, 'docs/recipes.md'), 'utf8')
const fragments = [...recipes.matchAll(/^## (.+)\n[\s\S]*?```yaml\n([\s\S]*?)```/gm)].map(
  ([, title = '', text = '']) => [title, text],
)

test.each(fragments)('the recipe "%s" names inputs, and a spec that loads', (_, text) => {
  const written = parse(text)
  const steps = Array.isArray(written) ? written : (written.steps ?? [{ with: written }])
  expect(steps.length).toBeGreaterThan(0)
  for (const { with: inputs } of steps) {
    const { env: _env, ...rest } = inputs
    expect(Object.keys(rest).filter(name => !(name in action.inputs))).toEqual([])
    const spec = loadSpec({ text: `image: x\nrun: x\n${inputs.spec ?? ''}`, file: 'recipe' })
    expect(spec.image).toBe('x')
  }
})

test('docs/evidence.md knows every event that gate/events.ts does', () => {
  const source = readFileSync(join(project, 'src/gate/events.ts'), 'utf8')
  const known = [...source.matchAll(/^ +case '([a-z_]+)':/gm)].map(match => match[1])
  expect(known.length).toBeGreaterThan(10)
  expect(logLines.map(one => one.event)).toEqual(expect.arrayContaining(known))
})
