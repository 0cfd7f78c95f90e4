import { expect, test } from '@jest/globals'
import { block, commandsOthers, handedOutputs, handedVariables, keptInside } from '../../../src/shell/handed-out.ts'
import { parsePairs } from '../../support/runner/command-files.ts'

const rules = {
  declared: ['a', 'b', 'PATH', 'LD_PRELOAD'],
  any: false,
  holdsSecret: (text: string) => text.includes('SECRET'),
}
const everything = { ...rules, any: true }

test.each([
  ['a=1\nb=2\n', { a: '1', b: '2' }],
  ['a=1\na=2\n', { a: '2' }],
  ['a=\n', { a: '' }],
  ['a=b=c\n', { a: 'b=c' }],
  ['a<<E\n1\n2\nE\n', { a: '1\n2' }],
  ['a<<E\nE\n', { a: '' }],
  ['a<<E\nb=2\nE\nb=3', { a: 'b=2', b: '3' }],
  ['a=x<<E\nb=1\n', { a: 'x<<E', b: '1' }],
  ['a<<\n1\n\n', {}],
  ['a<<E\n1\n', {}],
  ['nothing\na=1\n', {}],
  ['a=1\n=2\n', { a: '1' }],
  ['c=1\n__proto__=2\nconstructor=3\n', {}],
  ['a=x\rb=2\n', { a: 'xb=2' }],
  ['a=\0\x1b[31m\u2028x\n', { a: '[31mx' }],
  ['a=SECRET\n', {}],
  ['a=1\na=SECRET\n', {}],
  ['', {}],
  ['\n\n\n', {}],
])('outputs of %j', async (text, taken) => {
  expect(Object.fromEntries((await handedOutputs({ text }, rules)).pairs)).toEqual(taken)
})

test('what is not taken is said, ten sentences at most, none of them as long as its cause', async () => {
  const text = Array.from({ length: 100 }, (_, i) => `${'x'.repeat(5000)}${i}=1`).join('\n')
  const { pairs, refused } = await handedOutputs({ text }, everything)
  expect(pairs).toEqual([])
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(10)
  expect(refused.join().length).toBeLessThan(2000)
  expect((await handedOutputs({ wrong: 'is no longer a file' }, rules)).refused).toEqual([
    'GITHUB_OUTPUT is no longer a file',
  ])
})

test('a variable that commands others never leaves, though it be declared', async () => {
  const text = 'PATH=/evil\nLD_PRELOAD=/evil.so\na=1\nNODE_OPTIONS=--require /evil\n'
  expect((await handedVariables({ text }, rules)).pairs).toEqual([['a', '1']])
  expect((await handedVariables({ text }, everything)).pairs).toEqual([['a', '1']])
  for (const name of [
    'PATH',
    'Path',
    'LD_X',
    'GITHUB_TOKEN',
    'github_token',
    'RUNNER_X',
    'ACTIONS_STEP_DEBUG',
    'BASH_ENV',
    'NO_PROXY',
    'GIT_DIR',
    'PYTHONHOME',
    'CC',
  ])
    expect([name, commandsOthers(name)]).toEqual([name, true])
  for (const name of ['VERSION', 'MY_PATH', 'DEPLOY_TO', 'BUILD_ID', 'RESULT'])
    expect([name, commandsOthers(name)]).toEqual([name, false])
})

test('names that the runner would read otherwise are none', async () => {
  for (const name of ['a b', 'a<b', 'ä', '1a', 'a\t', ' a', '', 'a'.repeat(200)])
    expect((await handedVariables({ text: `${name}=1\n` }, everything)).pairs).toEqual([])
})

test('whatever a value holds, the runner reads back that pair alone', () => {
  for (const value of ['x', '', 'a\nb', 'D\nE=1', 'x<<D\ny\nD', '\n', 'D', 'bottle_\nD\nPATH=/evil']) {
    const pairs = parsePairs(block('name', value, 'D-that-nobody-knows'))
    expect(pairs).toEqual({ name: value })
  }
})

test('inside every variable is kept, and folders of PATH that are some', () => {
  const kept = keptInside(
    { text: 'PATH=/x\nNODE_OPTIONS=y\nbad name=1\nz<<E\n1\n2\nE\nnul=\0\n' },
    { text: '/tools\nrelative\n/with:colon\n\n/b c\r\n' },
  )
  expect(kept.variables).toEqual([
    ['PATH', '/x'],
    ['NODE_OPTIONS', 'y'],
    ['z', '1\n2'],
  ])
  expect(kept.path).toEqual(['/tools', '/b c'])
  expect(keptInside({ wrong: 'x' }, { wrong: 'y' })).toEqual({ variables: [], path: [] })
})
