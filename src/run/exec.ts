import type { Engine, Spoken } from '../docker/engine.ts'
import { demultiplex } from '../docker/output.ts'

const longestOutput = 16 * 1024

/** Runs one command in a running container to its end, and returns what it printed (at most 16 KiB) and its exit code. */
export async function execute(
  engine: Engine,
  container: string,
  command: readonly string[],
  env: readonly string[],
  signal: AbortSignal,
): Promise<Spoken> {
  const stream = await engine.exec(container, command, env, signal)
  let output = ''
  for await (const { data } of demultiplex(stream)) output = (output + data.toString('utf8')).slice(0, longestOutput)
  return { exitCode: await engine.execExit(stream), output: output.trim() }
}
