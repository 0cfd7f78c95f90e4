import type { Readable } from 'node:stream'

/** Reads an engine's progress stream to its end; throws the error that it reports inside a 200 answer. */
export async function drain(stream: Readable): Promise<void> {
  let text = ''
  for await (const chunk of stream) text = (text + String(chunk)).slice(-4096)
  const error = /"error"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)
  if (error) throw new Error(error[1])
}
