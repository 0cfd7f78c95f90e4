import { expect, test } from '@jest/globals'
import { parseAddress } from '../../../src/docker/address.ts'
import { reachEngine } from '../../../src/docker/reach.ts'
import { explain } from '../../../src/errors.ts'

const nobody = parseAddress('unix:///nowhere/docker.sock', undefined)
const refusal = (env: Record<string, string>) => reachEngine(nobody, env).then(() => '', explain)

test('a runner of Kubernetes mode is told what it lacks and which mode to use', async () => {
  const said = await refusal({
    ACTIONS_RUNNER_CONTAINER_HOOKS: '/home/runner/k8s/index.js',
    KUBERNETES_SERVICE_HOST: 'x',
  })
  expect(said).toMatch(/^This runner has no Docker engine \(ACTIONS_RUNNER_CONTAINER_HOOKS is set: Kubernetes mode\)/)
  expect(said).toContain('containerMode: {type: dind}')
})

test('so is a job in a pod, which the runner does not hand its own variables', async () => {
  expect(await refusal({ KUBERNETES_SERVICE_HOST: '10.0.0.1' })).toContain('this is a pod')
})

test('any other is told that no engine answers', async () => {
  const closed = parseAddress('tcp://127.0.0.1:1', undefined)
  expect(await reachEngine(closed).then(() => '', explain)).toContain('answers at tcp://127.0.0.1:1 (ECONNREFUSED)')
  expect(await refusal({})).toMatch(/^No Docker engine answers at unix:\/\/\/nowhere\/docker.sock \(ENOENT\)/)
})
