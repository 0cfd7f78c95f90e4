import { execFileSync } from 'node:child_process'
import { agentImage } from '../hosts/internet.ts'

/** The hosts that the stand-in asks: its model, and one that nobody named. */
export const standInHosts = { model: 'api.model.test', extra: 'extra.test' }

// What the agent of the examples does, as far as a bottle is concerned.
const program = `#!/bin/sh
echo "stand-in: $*"
curl -ksS -o /dev/null -w 'model %{http_code}\\n' -X POST -H "x-api-key: $ANTHROPIC_API_KEY" https://${standInHosts.model}/v1/messages
curl -sS -o /dev/null -w 'extra %{http_code}\\n' http://${standInHosts.extra}/
test -z "$DATABASE_URL" || timeout 20 bash -c 'exec 3<>/dev/tcp/postgres/5432; printf "\\0\\0\\0\\10\\4\\322\\26\\57" >&3; echo "database said $(head -c 1 <&3)"'
`

/** An image of the tests' agent with a stand-in for `npx -y AGENT`; removed when it is disposed of. */
export function standInImage(): { readonly name: string } & Disposable {
  const name = `bottle-test/stand-in:${process.pid}`
  const encoded = Buffer.from(program).toString('base64')
  const path = '/usr/local/sbin/npx'
  const input = `FROM ${agentImage}\nRUN echo ${encoded} | base64 -d > ${path} && chmod 755 ${path}\n`
  const docker = (words: string[], given = '') =>
    execFileSync('docker', words, { input: given, stdio: ['pipe', 'ignore', 'pipe'] })
  docker(['build', '--quiet', '--network', 'none', '--tag', name, '-'], input)
  return { name, [Symbol.dispose]: () => void docker(['image', 'rm', name]) }
}
