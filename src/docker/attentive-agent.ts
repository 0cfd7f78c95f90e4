import { Agent, type ClientRequest } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { Duplex } from 'node:stream'

/** What Node's agents do with every request; not among their types. */
interface Adding {
  addRequest(request: ClientRequest, ...more: unknown[]): void
}

/**
 * A pool of connections for docker-modem, which waits for ever for the rest of an answer that breaks off: Node then ends
 * in the middle of everything, with code 13 and without a word. Here such a request fails with ECONNRESET.
 * `dial` makes its connections, when they are no sockets of the usual kinds.
 */
export function attentiveAgent(tls: boolean, dial?: () => Duplex): Agent {
  const agent = new (tls ? TlsAgent : Agent)({ keepAlive: true }) as Agent & Adding
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
