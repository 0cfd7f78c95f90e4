import { expect, test } from '@jest/globals'
import { isBottle, stepsOutside } from '../../../src/action/workflow-steps.ts'
import { stepCommand } from '../../../src/plan/shell.ts'
import { stepEnvironment } from '../../../src/shell/environment.ts'
import { quotedSummary } from '../../../src/shell/summary.ts'

const asking = { file: 'ci.yml', job: 'j', action: '__OWNER_bottle' }
const outside = (text: string, more = {}) =>
  stepsOutside(text, { ...asking, ...more })?.map(one => `${one.line} ${one.step}`)

test.each([
  ['bottle {0}', true],
  ['bottle python {0}', true],
  ['  bottle   {0}', true],
  ['/opt/bottle {0}', true],
  ['bottle', false],
  ['bash', false],
  ['bottles {0}', false],
  ['my-bottle {0}', false],
  ['bash -c bottle {0}', false],
  [`\${{ inputs.shell }}`, false],
  ['', false],
])('is %j the bottle’s shell: %s', (shell, is) => {
  expect(isBottle(shell)).toBe(is)
})

test('a step’s own shell is before the job’s, the job’s before the workflow’s', () => {
  const steps = 'steps: [{uses: OWNER/bottle@v1}, {run: a}, {run: b, shell: bash}, {run: c, shell: "bottle {0}"}]'
  const all = "defaults: {run: {shell: 'bottle {0}'}}"
  expect(outside(`${all}\njobs: {j: {${steps}}}`)).toEqual(['2 b'])
  expect(outside(`jobs: {j: {${all}, ${steps}}}`)).toEqual(['1 b'])
  expect(outside(`${all}\njobs: {j: {defaults: {run: {shell: sh}}, ${steps}}}`)).toEqual(['2 a', '2 b'])
  expect(outside(`jobs: {j: {${steps}}}`)).toEqual(['1 a', '1 b'])
})

test('which step asks: by its id, by the name that the runner makes, or every step counts', () => {
  const text = `jobs:
  j:
    steps:
      - run: one
      - uses: OWNER/bottle@v1
      - run: two
      - uses: OWNER/bottle@v1
        id: second
      - run: three
      - uses: OWNER/bottle@v1
      - run: four
`
  expect(outside(text)).toEqual(['6 two', '7 OWNER/bottle@v1', '9 three', '10 OWNER/bottle@v1', '11 four'])
  expect(outside(text, { action: 'second' })).toEqual(['9 three', '10 OWNER/bottle@v1', '11 four'])
  expect(outside(text, { action: '__OWNER_bottle_2' })).toEqual(['11 four'])
  expect(outside(text, { action: '__run_7' })?.length).toBe(7)
})

test('anchors stand for what they name; what is no workflow with that job is not known', () => {
  expect(outside('x: &s {run: a}\njobs: {j: {steps: [{uses: ./}, *s]}}', { action: '__self' })).toEqual(['1 a'])
  for (const text of [
    '',
    'jobs: {}',
    'jobs: {k: {steps: []}}',
    'jobs: {j: {uses: a/b/.github/workflows/x.yml@v1}}',
    'jobs: [',
    '- 1',
    'jobs: {j: {steps: 3}}',
  ])
    expect(outside(text)).toBeUndefined()
})

test('the words that run a script', () => {
  const bash = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '/s']
  expect(stepCommand(['/s'], '/s', undefined, true)).toEqual(bash)
  expect(stepCommand(['/s'], '/s', undefined, false)).toEqual(['sh', '-e', '/s'])
  expect(stepCommand(['/s'], '/s', 'python', true)).toEqual(['python', '/s'])
  expect(stepCommand(['bash', '/s'], '/s', undefined, true)).toEqual([
    'bash',
    '--noprofile',
    '--norc',
    '-eo',
    'pipefail',
    '/s',
  ])
  expect(stepCommand(['bash', '-x', '/s'], '/s', undefined, true)).toEqual(['bash', '-x', '/s'])
  expect(stepCommand(['ruby', '/s'], '/s', 'sh', true)).toEqual(['ruby', '/s'])
  expect(stepCommand(['constructor', '/s'], '/s', undefined, true)).toEqual(['constructor', '/s'])
})

test('the environment of a step is what is named and nothing else', () => {
  const job = { env: ['A', 'B'], files: false, shell: undefined, workdir: '/w' }
  const given = { A: 'of the step', C: 'not named', PATH: '/outside', GITHUB_TOKEN: 'x' }
  const variables = {
    set: new Map([
      ['A', 'earlier'],
      ['D', 'kept'],
    ]),
    path: ['/new', '/old'],
  }
  const made = stepEnvironment({ job, env: { NODE_X: '1' } }, 'mark', given, variables, ['PATH=/image'], {
    GITHUB_ENV: '/f',
  })
  expect(made).toEqual([
    'NODE_X=1',
    'A=of the step',
    'D=kept',
    'GITHUB_ENV=/f',
    'BOTTLE_STEP=mark',
    'PATH=/new:/old:/image',
  ])
})

test('a summary from inside means nothing to markdown or HTML', () => {
  const quoted = quotedSummary('# t\n![x](https://evil.test/?d=1)\n</pre><script>\n\n@who #1 `c`\n\n')
  const inner = /<pre>([\s\S]*)<\/pre>\n$/.exec(quoted)?.[1] ?? ''
  expect(inner).not.toMatch(/[<>[\]()!`@]|:\/\//)
  expect(inner).toContain('script')
})
