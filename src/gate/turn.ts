import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const longestWait = 30_000
const betweenLooks = 50

/**
 * Has one process of this machine do what many want done at the same moment, while the others wait until it is done:
 * forty bottles that start together on a new host would pack forty gates. Only spares work: whoever waits too long does it
 * as well. `name` is claimed as a socket in Linux's abstract namespace (unix(7)): it is no file, and goes with its process.
 */
export async function inTurn(name: string, isDone: () => Promise<boolean>, work: () => Promise<void>): Promise<void> {
  const limit = performance.now() + longestWait
  let claimed = await claim(name)
  while (!claimed && performance.now() < limit) {
    if (await isDone()) return
    await pause(betweenLooks)
    claimed = await claim(name)
  }
  try {
    if (!(await isDone())) await work()
  } finally {
    claimed?.close()
  }
}

async function claim(name: string): Promise<Server | undefined> {
  const server = createServer(socket => socket.destroy()).unref()
  try {
    await once(server.listen(`\0bottle ${name}`), 'listening')
    return server
  } catch {
    return undefined
  }
}
