import { type Answer, ask, call, refusal, textOf } from './connection.ts'
import type { ShellState } from './state.ts'

/** The few calls that a step makes of the engine. */
export interface StepEngine {
  /** What a container is at this moment. */
  state(container: string): Promise<{ running: boolean; paused: boolean; env: readonly string[] }>
  /** Resolves when a container has stopped. */
  stopped(container: string): Promise<unknown>
  /** Makes an exec with nothing on its standard input; returns its id. */
  create(wish: { command: readonly string[]; env: readonly string[]; workdir?: string }): Promise<string>
  /** Starts it; the body is its framed output, which ends when nobody in the bottle holds it open any more. */
  start(exec: string, signal?: AbortSignal): Promise<Answer>
  /** Does its first process run, and with which code did it end? */
  end(exec: string): Promise<{ running: boolean; exitCode: number }>
}

interface Inspected {
  readonly State: { readonly Running: boolean; readonly Paused: boolean }
  readonly Config: { readonly Env: readonly string[] | null }
}

/** The engine of a bottle that is up. `over` ends what is still being waited for. */
export function stepEngine(state: ShellState, over: AbortSignal): StepEngine {
  const at = (path: string) => `/v${state.apiVersion}${path}`
  return {
    async state(container) {
      const { State, Config } = (await ask(state.engine, 'GET', at(`/containers/${container}/json`))) as Inspected
      return { running: State.Running, paused: State.Paused, env: Config.Env ?? [] }
    },
    stopped: container => ask(state.engine, 'POST', at(`/containers/${container}/wait`), undefined, over),
    async create({ command, env, workdir }) {
      const { Id } = (await ask(state.engine, 'POST', at(`/containers/${state.bottle}/exec`), {
        Cmd: command,
        Env: env,
        AttachStdin: false,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        ...(workdir === undefined ? {} : { WorkingDir: workdir }),
      })) as { Id: string }
      return Id
    },
    async start(exec, signal) {
      const answer = await call(state.engine, 'POST', at(`/exec/${exec}/start`), { Detach: false, Tty: false }, signal)
      if (answer.status >= 400) throw refusal(answer.status, await textOf(answer))
      return answer
    },
    async end(exec) {
      const { Running, ExitCode } = (await ask(state.engine, 'GET', at(`/exec/${exec}/json`))) as {
        Running: boolean
        ExitCode: number | null
      }
      return { running: Running, exitCode: ExitCode ?? -1 }
    },
  }
}
