import { pairsOf } from '../evidence/outputs.ts'
import { longestFile, type Wrote } from './files.ts'

/** What a step hands out of the bottle by one of its files: pairs to be written, and what was not taken, a sentence each. */
export interface HandedOut {
  readonly pairs: readonly (readonly [name: string, value: string])[]
  readonly refused: readonly string[]
}

/** Who may be handed out: `declared` names, or any when `any`; and what no value may hold. */
export interface Rules {
  readonly declared: readonly string[]
  readonly any: boolean
  readonly holdsSecret: (text: string) => boolean | Promise<boolean>
}

const mostSentences = 10
const outputName = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/

// Variables that change what programs of later steps load, run or trust, or where they send things. Out of the bottle
// none of them goes, whatever the spec says: by name, or by the beginning of a name, whatever the case.
const commanding = new RegExp(
  `^(${[
    'PATH|HOME|SHELL|USER|LOGNAME|PWD|OLDPWD|IFS|CDPATH|ENV|PS[0-4]|TMPDIR|TMP|TEMP|TZDIR|TERMINFO.*|TERMCAP',
    'BASH.*|SHELLOPTS|PROMPT_COMMAND|ZDOTDIR|FPATH|GLOBIGNORE|EDITOR|VISUAL|PAGER|MANPAGER|BROWSER|LESS.*',
    'LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|NIX_.*',
    'GITHUB_.*|RUNNER_.*|ACTIONS_.*|INPUT_.*|STATE_.*|BOTTLE_.*|CI|AGENT_.*|SYSTEM_.*',
    'NODE_.*|NODE|NPM_.*|YARN_.*|PNPM_.*|COREPACK_.*|BUN_.*|DENO_.*|TS_NODE_.*|BABEL_.*',
    'PYTHON.*|PIP_.*|PIPX_.*|UV_.*|VIRTUAL_ENV|CONDA_.*|POETRY_.*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|PHP.*|COMPOSER_.*|LUA_.*|R_.*',
    'JAVA_.*|_JAVA_OPTIONS|JDK_.*|CLASSPATH|MAVEN_.*|MVN_.*|GRADLE_.*|SBT_.*|KOTLIN_.*|DOTNET_.*|NUGET_.*|MSBUILD.*|COR_.*|CORECLR_.*',
    'GO.*|CGO_.*|CARGO.*|RUST.*|CC|CXX|CPP|AR|AS|LD|CFLAGS|CXXFLAGS|CPPFLAGS|LDFLAGS|CMAKE_.*|MAKE.*|MFLAGS|PKG_CONFIG.*',
    'GIT_.*|SSH_.*|GPG_.*|GNUPGHOME|GH_.*|HUB_.*|SVN_.*|HG.*|SUDO_.*|DBUS_.*|XDG_.*',
    'DOCKER_.*|COMPOSE_.*|BUILDKIT_.*|CONTAINER_.*|PODMAN_.*|KUBE.*|HELM_.*|TF_.*|TERRAFORM_.*|ANSIBLE_.*|VAULT_.*',
    'AWS_.*|AZURE_.*|ARM_.*|GOOGLE_.*|GCLOUD_.*|CLOUDSDK_.*',
    '.*_PROXY|SSL_.*|OPENSSL_.*|CURL_.*|WGETRC|REQUESTS_CA_BUNDLE|.*_CA_BUNDLE|.*_CERT_FILE|SSLKEYLOGFILE|KRB5.*',
  ].join('|')})$`,
  'i',
)

/** Is this a variable that no step inside may set for the steps outside? */
export function commandsOthers(name: string): boolean {
  return commanding.test(name)
}

/** Reads what a step wrote to GITHUB_OUTPUT: hostile text that becomes outputs of the step, by name. */
export function handedOutputs(wrote: Wrote, rules: Rules): Promise<HandedOut> {
  return handedOut(wrote, 'GITHUB_OUTPUT', rules, name => {
    if (!outputName.test(name)) return 'is not the name of an output'
    return rules.any || rules.declared.includes(name) ? undefined : 'is not one of `outputs`'
  })
}

/** Reads what a step wrote to GITHUB_ENV: hostile text that becomes variables of the steps outside, by name. */
export function handedVariables(wrote: Wrote, rules: Rules): Promise<HandedOut> {
  return handedOut(wrote, 'GITHUB_ENV', rules, name => {
    if (!variableName.test(name)) return 'is not the name of a variable'
    if (commandsOthers(name)) return 'stays in the bottle: it would command the steps outside'
    return rules.any || rules.declared.includes(name) ? undefined : 'stays in the bottle: it is not one of `outputs`'
  })
}

async function handedOut(
  wrote: Wrote,
  file: string,
  { holdsSecret }: Rules,
  wrongName: (name: string) => string | undefined,
): Promise<HandedOut> {
  if ('wrong' in wrote) return { pairs: [], refused: [`${file} ${wrote.wrong}`] }
  const taken = new Map<string, string>()
  const refused = new Set<string>()
  const { pairs, broken } = pairsOf(wrote.text)
  for (const [name, written] of pairs) {
    const wrong = wrongName(name)
    const value = withoutControl(written)
    if (wrong) refused.add(`${JSON.stringify(name.slice(0, 60))} ${wrong}`)
    else if (await holdsSecret(value)) {
      refused.add(`the value of ${name} holds a secret`)
      taken.delete(name)
    } else taken.set(name, value)
  }
  if (broken) refused.add(`${file}: ${broken}`)
  return { pairs: [...taken], refused: [...refused].slice(0, mostSentences) }
}

/** What a step set for the later steps inside: variables, and folders in front of PATH. Its own business, as it is. */
export function keptInside(env: Wrote, path: Wrote): { variables: (readonly [string, string])[]; path: string[] } {
  const pairs = 'text' in env ? pairsOf(env.text).pairs : []
  const lines = 'text' in path ? path.text.split(/\r?\n/) : []
  return {
    variables: pairs.filter(([name, value]) => variableName.test(name) && !value.includes('\0')),
    path: lines.filter(line => line.startsWith('/') && !/[\0:]/.test(line)),
  }
}

/**
 * A pair as the runner reads it back from its files: a block whose delimiter nobody can guess, so that no line of the
 * value ends it and begins a pair of its own. `name` has been judged.
 */
export function block(name: string, value: string, delimiter: string): string {
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

// A lone return would be a line's end to the runner too, and inside a block that changes nothing; elsewhere it might.
function withoutControl(text: string): string {
  return text.slice(0, longestFile).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g, '')
}
