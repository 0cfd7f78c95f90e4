import { expect, test } from '@jest/globals'
import { parsePairs } from '../../support/runner/command-files.ts'
import { commandParser } from '../../support/runner/command-parser.ts'

// The mini-runner is held to what the real one does (facts: ActionCommand.cs, ActionCommandManager.cs).
test.each([
  ['::error file=a.js,line=1::message', 'error', 'message'],
  ['  \u2003::warning::x', 'warning', 'x'],
  ['::ERROR::x', 'error', 'x'],
  ['text ##[error]x', 'error', 'x'],
  ['##[set-output name=a]b', 'set-output', 'b'],
  ['::set-env name=A::b', 'set-env', 'b'],
])('%j is obeyed', (line, name, data) => {
  expect(commandParser().parse(line)).toMatchObject({ name, data })
})

test.each(['text ::error::x', '::no-such-command::x', '##[unknown]x', ':: error::x', '::error'])(
  '%j is printed',
  line => {
    expect(commandParser().parse(line)).toBeUndefined()
  },
)

test('stop-commands holds until its token comes back, in either form', () => {
  for (const resume of ['::Token123::', 'x ##[token123]']) {
    const parser = commandParser()
    expect(parser.parse('::stop-commands::token123')).toMatchObject({ name: 'stop-commands' })
    expect(parser.parse('::error::x')).toBeUndefined()
    parser.parse(resume)
    expect(parser.parse('::error::x')).toMatchObject({ name: 'error' })
  }
})

test('a stop token that is a command is refused', () => {
  expect(commandParser().parse('::stop-commands::error')).toMatchObject({ name: 'error' })
})

test('command files: lines, blocks, and a block that does not end', () => {
  expect(parsePairs('a=1\nb<<E\nx\ny=2\nE\n')).toEqual({ a: '1', b: 'x\ny=2' })
  expect(() => parsePairs('b<<E\nx\n')).toThrow(/does not end/)
})
