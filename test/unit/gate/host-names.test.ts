import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { readConfig } from '../../../src/gate/program/config.ts'
import { createDetector } from '../../../src/gate/program/detect.ts'
import { createJudge } from '../../../src/gate/program/judge.ts'
import { hostText } from '../../../src/gate/program/url-text.ts'
import { renderPolicy } from '../../../src/plan/policy.ts'
import { exfiltrating } from '../../support/gate/exfiltrating.ts'

const benign = readFileSync('test/fixtures/benign-hosts.txt', 'utf8').split('\n').filter(Boolean)
const nobody = async () => {
  throw new Error('no name is resolved here')
}
const judgeOf = (allowlist: string[]) => {
  const facts = { trusted: [], private: [], secretsFile: undefined, own: [], timeoutMs: 1000 }
  return createJudge(readConfig(renderPolicy({ mode: 'enforce', allowlist, ...facts })), nobody)
}
const to = (host: string) => ({ host, literal: false, port: 443 })

test('a thousand names that people use pass, each under the wildcard of its last two labels', async () => {
  expect(new Set(benign).size).toBeGreaterThanOrEqual(1000)
  const wildcards = [...new Set(benign.map(host => `*.${host.split('.').slice(-2).join('.')}`))]
  const judge = judgeOf(wildcards)
  const detect = await createDetector(['a known secret, 16+ long'])
  const refused = benign.filter(host => judge.byName(to(host)) !== undefined)
  const found = await Promise.all(benign.map(async host => ((await detect(hostText(host))) ? host : undefined)))
  expect([...refused, ...found.filter(Boolean)]).toEqual([])
})

test.each(exfiltrating)('$title is refused under a wildcard, and the name that was written out is not', ({ host }) => {
  const name = host('wild.test').toLowerCase()
  expect(judgeOf(['*.wild.test']).byName(to(name))).toMatchObject({ scanner: 'subdomain_entropy', status: 403 })
  expect(judgeOf([name]).byName(to(name))).toBeUndefined()
  expect(judgeOf(['other.test']).byName(to(name))).toMatchObject({ scanner: 'allowlist' })
})
