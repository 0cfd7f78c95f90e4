import { type Answer, ask, call, refusal, textOf } from './call.ts'
import { type Connection, dial } from './connection.ts'
import type { ShellState } from './state.ts'

/** The few calls that a step makes of the engine. Each is on its way when it returns its promise. */
export interface StepEngine {
  /** What a container is at this moment. */
  state(container: string): Promise<{ running: boolean; paused: boolean; env: readonly string[] }>
  /** Resolves when a container has stopped. */
  stopped(container: string): Promise<unknown>
  /** Makes an exec with nothing on its standard input; returns its id. */
  create(wish: { command: readonly string[]; env: readonly string[]; workdir?: string }): Promise<string>
  /** Starts it; the body is its framed output, which ends when nobody in the bottle holds it open any more. */
  start(exec: string): Promise<Answer>
  /** Does its first process run, and with which code did it end? */
  end(exec: string): Promise<{ running: boolean; exitCode: number }>
}

interface Inspected {
  readonly State: { readonly Running: boolean; readonly Paused: boolean }
  readonly Config: { readonly Env: readonly string[] | null }
}

// A step begins with two calls at once: its exec is made, and its sidecar is looked at.
const atOnce = 2

/** The engine of a bottle that is up, dialled. Connections are kept for the next call. */
export async function dialEngine({ engine, apiVersion, bottle }: ShellState): Promise<StepEngine> {
  const idle: Connection[] = await Promise.all(Array.from({ length: atOnce }, () => dial(engine)))
  const at = (path: string) => `/v${apiVersion}${path}`
  const taken = () => {
    let one = idle.pop()
    while (one && !one.isOpen) one = idle.pop()
    return one
  }
  const asked = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const connection = taken() ?? (await dial(engine))
    const answer = await ask(connection, method, at(path), body)
    idle.push(connection)
    return answer
  }
  return {
    async state(container) {
      const { State, Config } = (await asked('GET', `/containers/${container}/json`)) as Inspected
      return { running: State.Running, paused: State.Paused, env: Config.Env ?? [] }
    },
    stopped: container => asked('POST', `/containers/${container}/wait`),
    async create({ command, env, workdir }) {
      const { Id } = (await asked('POST', `/containers/${bottle}/exec`, {
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
    async start(exec) {
      const connection = taken() ?? (await dial(engine))
      const answer = await call(connection, 'POST', at(`/exec/${exec}/start`), { Detach: false, Tty: false })
      if (answer.status >= 400) throw refusal(answer.status, await textOf(answer))
      // Its end will be asked for; a connection for that is dialled while nothing else is to be done.
      dial(engine).then(
        one => idle.push(one),
        () => {},
      )
      return answer
    },
    async end(exec) {
      const { Running, ExitCode } = (await asked('GET', `/exec/${exec}/json`)) as {
        Running: boolean
        ExitCode: number | null
      }
      return { running: Running, exitCode: ExitCode ?? -1 }
    },
  }
}
