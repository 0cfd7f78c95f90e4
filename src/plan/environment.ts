import { gatePort } from './policy.ts'
import { javaTrust, trustVariables } from './tls.ts'

/** What the agent may know of its job: facts of the run, and none of the files or tokens that command the runner. */
export const jobFacts = [
  'GITHUB_ACTOR',
  'GITHUB_BASE_REF',
  'GITHUB_EVENT_NAME',
  'GITHUB_HEAD_REF',
  'GITHUB_JOB',
  'GITHUB_REF',
  'GITHUB_REF_NAME',
  'GITHUB_REF_TYPE',
  'GITHUB_REPOSITORY',
  'GITHUB_REPOSITORY_OWNER',
  'GITHUB_RUN_ATTEMPT',
  'GITHUB_RUN_ID',
  'GITHUB_RUN_NUMBER',
  'GITHUB_SERVER_URL',
  'GITHUB_SHA',
  'GITHUB_WORKFLOW',
  'RUNNER_ARCH',
  'RUNNER_OS',
] as const

/** Where the agent's home is: in memory, gone with the bottle. */
export const home = '/home/bottle'

/** Where the run's own read-only folder appears inside the bottle. */
export const ownFolder = '/bottle'

/**
 * The environment of the bottle, without its secrets: our defaults, the job's facts, then the spec's own `env`.
 * `trustFolder` is where the files with the run's certificate authority are, when the gate inspects TLS.
 * Proxy variables come in every spelling that clients read, with the sidecar's address so that nothing is resolved.
 */
export function environment(
  sidecar: string,
  workspace: string | undefined,
  job: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  trustFolder?: string,
): Record<string, string> {
  return {
    HOME: home,
    CI: 'true',
    ...job,
    ...(workspace ? { GITHUB_WORKSPACE: workspace } : {}),
    ...(trustFolder ? trustVariables(trustFolder) : {}),
    ...env,
    ...proxySettings(sidecar, trustFolder ? javaTrust(trustFolder) : []),
  }
}

function proxySettings(sidecar: string, moreJava: readonly string[]): Record<string, string> {
  const url = `http://${sidecar}:${gatePort}`
  const direct = 'localhost,127.0.0.1,::1'
  const java = ['http', 'https']
    .flatMap(scheme => [`-D${scheme}.proxyHost=${sidecar}`, `-D${scheme}.proxyPort=${gatePort}`])
    .concat('-Dhttp.nonProxyHosts=localhost|127.0.0.1')
  return {
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    ALL_PROXY: url,
    NO_PROXY: direct,
    http_proxy: url,
    https_proxy: url,
    all_proxy: url,
    no_proxy: direct,
    // Node's own clients read the proxy variables only when asked (Node >= 22.21 and 24).
    NODE_USE_ENV_PROXY: '1',
    YARN_HTTP_PROXY: url,
    YARN_HTTPS_PROXY: url,
    npm_config_update_notifier: 'false',
    JAVA_TOOL_OPTIONS: [...java, ...moreJava].join(' '),
  }
}
