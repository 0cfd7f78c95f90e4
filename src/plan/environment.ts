import { home } from './folders.ts'
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

/**
 * Files in the run's own folder for clients that the environment alone does not settle: name to text. `apt` run by root
 * wants to become `_apt`, which a container without capabilities may not (apt.conf(5), APT::Sandbox::User).
 */
export const clientFiles: Readonly<Record<string, string>> = {
  'apt.conf': 'APT::Sandbox::User "root";\n',
}

/** The variables that lead to those files, where the run's own folder appears as `folder`. */
export function clientFileSettings(folder: string): Record<string, string> {
  return { APT_CONFIG: `${folder}/apt.conf` }
}

/**
 * The environment of the bottle, without its secrets: our defaults, the job's facts, then the spec's own `env`.
 * `trustFolder` is where the files with the run's certificate authority are, when the gate inspects TLS; `direct` are
 * names and addresses that are not asked of the gate.
 * Proxy variables come last, in every spelling that clients read, with the sidecar's address so that nothing is resolved.
 */
export function environment(
  sidecar: string,
  workspace: string | undefined,
  job: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  trustFolder?: string,
  direct: readonly string[] = [],
): Record<string, string> {
  return {
    HOME: home,
    CI: 'true',
    // Both would ask a public registry whether they are old, and be refused.
    npm_config_update_notifier: 'false',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    ...job,
    ...(workspace ? { GITHUB_WORKSPACE: workspace } : {}),
    ...(trustFolder ? trustVariables(trustFolder) : {}),
    ...env,
    ...proxySettings(sidecar, direct, env.JAVA_TOOL_OPTIONS, trustFolder ? javaTrust(trustFolder) : []),
  }
}

// Only for what clients look up by scheme: aiohttp asks for `wss_proxy`, the rest for `https_proxy`.
const schemes = ['http', 'https', 'ws', 'wss', 'all']

function proxySettings(
  sidecar: string,
  more: readonly string[],
  ownJava: string | undefined,
  moreJava: readonly string[],
): Record<string, string> {
  const url = `http://${sidecar}:${gatePort}`
  const direct = ['localhost', '127.0.0.1', '::1', ...more].join(',')
  const names = schemes.map(scheme => `${scheme}_proxy`)
  // Java reads properties; the local hosts it asks without a proxy are its own default (networking properties, JDK 17).
  const java = ['http', 'https'].flatMap(scheme => [
    `-D${scheme}.proxyHost=${sidecar}`,
    `-D${scheme}.proxyPort=${gatePort}`,
  ])
  // To name more than Java's own default is to name that again.
  const javaDirect =
    more.length > 0 ? [`-Dhttp.nonProxyHosts=${['localhost', '127.*', '[::1]', ...more].join('|')}`] : []
  return {
    ...Object.fromEntries([...names, ...names.map(name => name.toUpperCase())].map(name => [name, url])),
    NO_PROXY: direct,
    no_proxy: direct,
    // Node's own clients read the proxy variables only when asked (Node >= 22.21 and 24).
    NODE_USE_ENV_PROXY: '1',
    YARN_HTTP_PROXY: url,
    YARN_HTTPS_PROXY: url,
    JAVA_TOOL_OPTIONS: [ownJava, ...java, ...javaDirect, ...moreJava].filter(Boolean).join(' '),
  }
}
