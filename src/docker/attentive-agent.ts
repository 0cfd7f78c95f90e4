import { Agent, type ClientRequest } from 'node:http'
import type { Duplex } from 'node:stream'

/** What Node's agents do with every request; not among their types. */
interface Adding {
  addRequest(request: ClientRequest, ...more: unknown[]): void
}

/**
 * A pool of connections for docker-modem, which waits for ever for the rest of an answer that breaks off: Node then ends
 * in the middle of everything, with code 13 and without a word. Here such a request fails with ECONNRESET.
 * `dial` makes its connections, when Node is not to do so itself.
 */
export function attentiveAgent(dial?: () => Duplex): Agent {
  const agent = new Agent({ keepAlive: true }) as Agent & Adding
  if (dial) agent.createConnection = dial
  const add = agent.addRequest.bind(agent)
  agent.addRequest = (request, ...more) => {
    request.once('response', answer => {
      answer.once('close', () => {
        if (!answer.complete) request.emit('error', brokenOff())
      })
    })
    add(request, ...more)
  }
  return agent
}

function brokenOff(): Error {
  return Object.assign(new Error('it broke off its answer'), { code: 'ECONNRESET' })
}
