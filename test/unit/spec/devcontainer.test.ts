import { expect, test } from '@jest/globals'
import { readDevcontainer } from '../../../src/spec/devcontainer.ts'

const file = '.devcontainer/devcontainer.json'
const read = (value: object | string) =>
  readDevcontainer(typeof value === 'string' ? value : JSON.stringify(value), file)
const build = (more: object) => ({ args: {}, network: 'default', ...more })

test.each<[object | string, object]>([
  ['// a comment\n{"image": "debian:12", /* two */ }', { image: 'debian:12', env: {}, user: 'auto', ignored: [] }],
  [{ build: { dockerfile: 'Dockerfile' } }, { build: build({ context: '.devcontainer', dockerfile: 'Dockerfile' }) }],
  [
    { build: { dockerfile: 'Dockerfile', context: '..' } },
    { build: build({ context: '.', dockerfile: '.devcontainer/Dockerfile' }) },
  ],
  [
    { build: { dockerfile: '../docker/a', context: '../docker' } },
    { build: build({ context: 'docker', dockerfile: 'a' }) },
  ],
  [
    { dockerFile: 'D', build: { args: { A: '1' }, target: 't' } },
    { build: build({ context: '.devcontainer', dockerfile: 'D', args: { A: '1' }, target: 't' }) },
  ],
  [
    { image: 'x', remoteUser: 'root', containerEnv: { A: 'b' } },
    { user: '0:0', env: { A: 'b' } },
  ],
  [{ image: 'x', containerUser: 'root', remoteUser: 'vscode' }, { user: 'auto' }],
  [
    { image: 'x', name: 'n', customizations: {}, features: {}, postCreateCommand: 'make' },
    { ignored: ['features', 'postCreateCommand'] },
  ],
])('%j', (given, expected) => {
  expect(read(given)).toMatchObject(expected)
})

test.each<[object | string, RegExp]>([
  ['{"image": ', /devcontainer\.json:1:\d+: /],
  ['[]', /holds no object/],
  [{ name: 'nothing' }, /names neither an image nor a Dockerfile/],
  [{ dockerComposeFile: 'compose.yml', service: 'app' }, /names neither an image nor a Dockerfile/],
  [{ build: { dockerfile: 'D', context: '../..' } }, /not inside the build's context/],
  [{ build: { dockerfile: '/etc/D' } }, /not inside the build's context/],
  [{ build: { dockerfile: '../D' } }, /not inside the build's context/],
  [{ image: 'x', containerEnv: { A: 1 } }, /A is not a string/],
  [{ image: 'x', containerEnv: { A: '$' + '{localEnv:HOME}' } }, /fills in no variables/],
])('%j is told', (given, said) => {
  expect(() => read(given)).toThrow(said)
})
