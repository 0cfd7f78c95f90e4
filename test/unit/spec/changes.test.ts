import { expect, test } from '@jest/globals'
import { allowedHosts } from '../../../src/spec/allowlist.ts'
import { policyChanges } from '../../../src/spec/changes.ts'
import { readSpec } from '../../../src/spec/load.ts'

const effective = (text: string) => {
  const { spec, placeOf } = readSpec({ text: `image: node\nrun: npm test\n${text}`, file: 'bottle.yml' })
  return { spec, allowed: allowedHosts(spec.egress, undefined, index => placeOf(['egress', 'allowlist', index])) }
}
const changes = (before: string, now: string) => policyChanges(effective(before), effective(now))

test.each<[string, string, string, (string | RegExp)[]]>([
  ['nothing', 'limits: {cpus: 2}\n', '', []],
  ['a comment and the order of keys', 'workspace: ro\nshell: sh\n', '# hello\nshell: sh\nworkspace: ro\n', []],
  ['a host', '', 'egress: {allowlist: [evil.test]}\n', ['adds host evil.test (bottle.yml:3:22)']],
  ['a host less', 'egress: {allowlist: [a.test]}\n', '', ['removes host a.test']],
  ['a preset', '', 'egress: {presets: [npm]}\n', ['adds host registry.npmjs.org (preset npm)']],
  ['no default list', '', 'egress: {defaults: false}\n', [/^removes host api\.anthropic\.com$/, /^removes host /]],
  [
    'a preset that adds nothing',
    'egress: {allowlist: [registry.npmjs.org]}\n',
    'egress: {allowlist: [registry.npmjs.org], presets: [npm]}\n',
    [],
  ],
  ['learn mode', '', 'egress: {mode: learn}\n', ['mode becomes learn (was enforce)']],
  ['DLP', '', 'egress: {dlp: {known-secrets: false}}\n', ["turns DLP for the bottle's own secrets off"]],
  ['the gate', '', 'egress: {gate: built-in}\n', ['gate becomes built-in (was pipelock)']],
  ['the workspace', 'workspace: none\n', 'workspace: rw\n', ['workspace becomes rw (was none)']],
  ['a secret', 'secrets: [A]\n', 'secrets: [A, B]\n', ['gives the agent the secret B']],
  [
    'an environment variable, without its value',
    'env: {A: "1", B: "2"}\n',
    'env: {A: hidden, C: "3"}\n',
    ['changes the environment variable A', 'removes the environment variable B', 'adds the environment variable C'],
  ],
  [
    'private ranges',
    '',
    'egress: {private: [10.0.0.5/32], trusted: [db.test]}\n',
    ['lets private addresses through for db.test', 'opens the private range 10.0.0.5/32'],
  ],
  ['a capability', '', 'hardening: {capabilities: [CHOWN]}\n', ['keeps the capability CHOWN']],
  [
    'a key that has no words of its own',
    '',
    'limits: {pids: 9999}\nshell: sh\n',
    ['shell becomes sh (was nothing)', 'limits.pids becomes 9999 (was 512)'].sort(),
  ],
])('%s', (_, before, now, expected) => {
  const said = changes(before, now)
  const wanted = expected.map(one => (typeof one === 'string' ? one : expect.stringMatching(one)))
  expect(said).toHaveLength(wanted.length)
  expect(said).toEqual(expect.arrayContaining(wanted))
})

test('the image and the script', () => {
  const before = effective('')
  const { spec } = readSpec({ text: 'image: evil\nrun: curl evil.test\n', file: 'x' })
  expect(policyChanges(before, { spec, allowed: before.allowed })).toEqual([
    'image becomes evil (was node)',
    'changes the script that the agent runs',
  ])
})
