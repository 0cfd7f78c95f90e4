import { expect, test } from '@jest/globals'
import { clientFileSettings, environment } from '../../../src/plan/environment.ts'

const gate = 'http://198.18.0.14:8888'
const env = (own: Record<string, string> = {}) => environment('198.18.0.14', '/work', {}, own)

test('the proxy is named in every spelling, and no spec can point it elsewhere', () => {
  const set = env({ https_proxy: 'http://elsewhere.test:1', WSS_PROXY: 'http://elsewhere.test:1' })
  for (const scheme of ['http', 'https', 'ws', 'wss', 'all'])
    for (const name of [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`])
      expect([name, set[name]]).toEqual([name, gate])
})

test('what a spec sets for Java is kept beside the proxy', () => {
  expect(env({ JAVA_TOOL_OPTIONS: '-Xmx1g' }).JAVA_TOOL_OPTIONS).toMatch(/^-Xmx1g -Dhttp\.proxyHost=198\.18\.0\.14 /)
  expect(env().JAVA_TOOL_OPTIONS).toMatch(/^-Dhttp\.proxyHost=/)
})

test('defaults that are no proxy give way to the spec', () => {
  const own = { PIP_DISABLE_PIP_VERSION_CHECK: '0', npm_config_update_notifier: 'true', CI: 'false' }
  expect(env(own)).toMatchObject(own)
  expect(clientFileSettings('/bottle')).toEqual({ APT_CONFIG: '/bottle/apt.conf' })
})
