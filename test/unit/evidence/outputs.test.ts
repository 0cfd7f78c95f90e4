import { expect, test } from '@jest/globals'
import { agentOutputs } from '../../../src/evidence/outputs.ts'
import { createRedactor } from '../../../src/evidence/redact.ts'

const secret = ['correct', 'horse', 'battery'].join('-')
const redactor = await createRedactor([secret])
const read = (text: string) => agentOutputs(text, ['summary', 'verdict'], redactor)

test.each<[string, string, object, RegExp[]]>([
  ['nothing', '', {}, []],
  ['a line', 'summary=all good\n', { summary: 'all good' }, []],
  ['a value with signs in it', 'summary=a=b<<c\r\n', { summary: 'a=b<<c' }, []],
  ['a block', 'summary<<E\none\ntwo=2\nE\nverdict=v', { summary: 'one\ntwo=2', verdict: 'v' }, []],
  ['the last of several', 'summary=1\nsummary=2\n', { summary: '2' }, []],
  ['a name that is not declared', 'enforced=true\nsummary=x\n', { summary: 'x' }, [/"enforced" is not one of/]],
  ['a hostile name', '\u001b[2J::error::x=1\n', {}, [/is not one of/]],
  ['a block that does not end', 'verdict=v\nsummary<<E\none\n', { verdict: 'v' }, [/line 2 does not end/]],
  ['no list at all', 'verdict=v\nhello\nsummary=x\n', { verdict: 'v' }, [/line 2 is neither/]],
  ['control characters', 'summary=a\0b\u001b[2Jc\td\u2028\n', { summary: 'ab[2Jc\td' }, []],
  ['a secret', `summary=it is ${secret}\nverdict=v\n`, { verdict: 'v' }, [/value of summary holds a secret/]],
  ['a secret in base64', `summary=${Buffer.from(secret).toString('base64')}\n`, {}, [/holds a secret/]],
  ['a secret after something harmless', `summary=x\nsummary=${secret}\n`, {}, [/holds a secret/]],
])('%s', async (_, text, values, refused) => {
  const taken = await read(text)
  expect(taken.values).toEqual(values)
  expect(taken.refused).toEqual(refused.map(one => expect.stringMatching(one)))
  expect(JSON.stringify(taken)).not.toContain(secret)
})

test('a flood of names is a handful of sentences', async () => {
  const { refused } = await read(Array.from({ length: 5000 }, (_, i) => `n${i}=x`).join('\n'))
  expect(refused).toHaveLength(10)
})
