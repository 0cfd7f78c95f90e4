/**
 * Turns the runner's cancellation (SIGINT, 7.5 s later SIGTERM; facts/platform §1.4) into one abort signal whose
 * reason is the signal's name. A second signal changes nothing: teardown is under way and must not be cut short.
 */
export function cancellation(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const names = ['SIGINT', 'SIGTERM'] as const
  const cancel = (name: NodeJS.Signals) => controller.abort(name)
  for (const name of names) process.on(name, cancel)
  return {
    signal: controller.signal,
    stop() {
      for (const name of names) process.removeListener(name, cancel)
    },
  }
}
