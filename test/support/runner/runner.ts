import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { makeCommandFiles } from './command-files.ts'
import { evidenceMistakes } from './evidence-check.ts'
import { type JobContainer, startJobContainer } from './job-container.ts'
import { type JobServices, type ServiceWish, startJobServices } from './job-services.ts'
import { type ResultsService, startResultsService } from './results-service.ts'
import { resolveShell } from './shell.ts'
import { type Disturbance, type Launch, launchHere, runStage, type StepResult } from './step.ts'

/** A job of the mini-runner: its folders, its results service, and its steps. Does what facts/platform §12 lists. */
export interface MiniRunner extends AsyncDisposable {
  readonly workspace: string
  readonly temp: string
  readonly results: ResultsService
  /** The container that the steps run in, in a `container:` job. */
  readonly container: JobContainer | undefined
  /** The job's service containers, when it has some. */
  readonly services: JobServices | undefined
  step(wish: StepWish): Step
  /** Runs a `run:` step to its end. What earlier steps wrote to GITHUB_PATH and GITHUB_ENV holds for it. */
  run(wish: RunWish, disturb?: Disturbance): Promise<StepResult>
  /** Runs main as the child of a worker of its own, which lives until it is ended, as the runner's does until the job has. */
  worker(wish: StepWish): Promise<Worker>
}

/** A runner's worker whose job's first step has ended. */
export interface Worker {
  readonly pid: number
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, string>>
  /** Kills the worker, as a machine that goes away does: no post is run. */
  end(): void
}

/** A `run:` step: its script, its `shell:`, its `env:`, where it starts, and the id it has in the job. */
export interface RunWish {
  readonly run: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
  readonly workingDirectory?: string
  readonly id?: string
}

/** A `uses:` step: its inputs, its `env:`, and the id it has in the job. */
export interface StepWish {
  readonly with: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** The two stages of a step. Post gets main's state, also when main was killed. */
export interface Step {
  main(disturb?: Disturbance): Promise<StepResult>
  post(change?: { env?: Readonly<Record<string, string>> } & Disturbance): Promise<StepResult>
}

interface ActionFile {
  readonly inputs: Record<string, { default?: string }>
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string }
}

/** Starts a job for the action in `actionDir`. Everything it made is removed when it is disposed of. */
export async function startRunner(
  actionDir: string,
  given: {
    workspace?: string
    env?: Record<string, string>
    event?: object
    token?: string
    container?: string
    services?: Readonly<Record<string, ServiceWish>>
    launch?: Launch
  } = {},
): Promise<MiniRunner> {
  const action = parse(readFileSync(join(actionDir, 'action.yml'), 'utf8')) as ActionFile
  if (action.runs.using !== 'node24') throw new Error(`the mini-runner runs node24 actions, not ${action.runs.using}`)
  const root = mkdtempSync(join(tmpdir(), 'bottle-runner-'))
  const folders = {
    workspace: given.workspace ?? join(root, 'work'),
    temp: join(root, '_temp'),
    tools: join(root, '_tool'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  const results = await startResultsService()
  const services = given.services ? await startJobServices(given.services) : undefined
  const container = given.container
    ? await startJobContainer(
        { root, workspace: folders.workspace, network: services?.network },
        actionDir,
        given.container,
      )
    : undefined
  const contexts = { token: given.token ?? '', services: services?.context ?? null }
  const base = { ...jobEnvironment(root, folders, results.url, given.event ?? {}), ...given.env }
  // What steps have handed to those after them: the runner's own PATH stays as it is, theirs are looked through first.
  const job: { path: string[]; exported: Record<string, string> } = { path: [], exported: {} }
  const later = (result: StepResult) => {
    job.path.unshift(...[...result.path].reverse())
    Object.assign(job.exported, result.exported)
    return result
  }
  const environment = () => ({ ...base, ...job.exported, PATH: [...job.path, base.PATH].join(':') })
  return {
    ...folders,
    results,
    container,
    services,
    async run({ run, shell = 'bash', env = {}, workingDirectory = '.', id = '__run' }, disturb = {}) {
      const files = makeCommandFiles(folders.temp)
      const places = container ? undefined : [...job.path, ...(base.PATH ?? '').split(':')]
      const [command, ...args] = resolveShell(shell, run, folders.temp, places)
      const cwd = resolve(folders.workspace, workingDirectory)
      const given = { ...environment(), ...env, GITHUB_ACTION: id, ...files.env }
      const start = container?.enter([command, ...args], cwd, given, job.path) ?? { command, args, env: given }
      return later(await runStage(start, cwd, files, disturb))
    },
    async worker(wish) {
      const files = makeCommandFiles(folders.temp)
      const env = { ...environment(), ...inputsOf(action, wish.with, contexts), ...wish.env, ...files.env }
      const script = '"$@"; echo "exit code $?"; exec sleep 600 >/dev/null 2>&1'
      const words = ['-c', script, 'worker', process.execPath, join(actionDir, action.runs.main)]
      const child = spawn('/bin/bash', words, { cwd: folders.workspace, env, stdio: ['ignore', 'pipe', 'inherit'] })
      let said = ''
      for await (const data of child.stdout) said += String(data)
      const exitCode = Number(/exit code (\d+)\n$/.exec(said)?.[1] ?? -1)
      return { pid: child.pid ?? 0, exitCode, outputs: files.read().outputs, end: () => void child.kill('SIGKILL') }
    },
    step: wish => {
      let state: Readonly<Record<string, string>> = {}
      const stage = async (script: string, extra: Readonly<Record<string, string>>, disturb: Disturbance) => {
        const files = makeCommandFiles(folders.temp)
        const env = {
          ...environment(),
          ...inputsOf(action, wish.with, contexts),
          ...wish.env,
          ...extra,
          ...files.env,
        }
        const launch = container?.launch ?? given.launch ?? launchHere
        const how = launch(join(actionDir, script), folders.workspace, env)
        const result = later(await runStage(how, folders.workspace, files, disturb))
        const wrong = result.signal === null ? evidenceMistakes(folders.temp) : []
        if (wrong.length > 0)
          throw new Error(`the evidence is not what its schemas say:\n${wrong.slice(0, 10).join('\n')}`)
        return result
      }
      return {
        async main(disturb = {}) {
          const result = await stage(action.runs.main, {}, disturb)
          state = result.state
          return result
        },
        post: ({ env = {}, ...disturb } = {}) => {
          const saved = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
          if (action.runs.post === undefined) throw new Error('this action has no post')
          return stage(action.runs.post, { ...env, ...saved }, disturb)
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await container?.[Symbol.asyncDispose]()
      await services?.[Symbol.asyncDispose]()
      await results[Symbol.asyncDispose]()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

// INPUT_ and the name in capitals, blanks as underscores, dashes kept; two expressions are all there are in defaults.
function inputsOf(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  { token, services }: { token: string; services: JobServices['context'] | null },
): Record<string, string> {
  const unknown = Object.keys(given).filter(name => !(name in action.inputs))
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`)
  const entries = Object.entries(action.inputs).map(([name, { default: otherwise = '' }]) => {
    return [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      given[name] ??
        otherwise
          .replace(/\$\{\{ github\.token \}\}/, () => token)
          .replace(/\$\{\{ toJSON\(job\.services\) \}\}/, () => JSON.stringify(services, null, 2)),
    ] as const
  })
  return Object.fromEntries(entries)
}

function jobEnvironment(
  root: string,
  folders: { workspace: string; temp: string; tools: string },
  results: string,
  payload: object,
): Record<string, string> {
  const event = join(root, 'event.json')
  writeFileSync(event, JSON.stringify(payload))
  const scope = Buffer.from(
    JSON.stringify({ scp: `Actions.Results:${'1'.repeat(8)}-run:${'2'.repeat(8)}-job` }),
  ).toString('base64url')
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: root,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_REPOSITORY: 'octo/bottle-test',
    GITHUB_REPOSITORY_OWNER: 'octo',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'test',
    GITHUB_ACTION: '__self',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: event,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'test',
    GITHUB_RETENTION_DAYS: '90',
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: folders.tools,
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'mini',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_TRACKING_ID: `github_${process.pid}`,
    ACTIONS_RUNTIME_TOKEN: `e30.${scope}.signature`,
    ACTIONS_RESULTS_URL: results,
  }
}
