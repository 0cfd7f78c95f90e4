// Node's clients, one a mode: `node clients.mjs MODE HOST`. Nothing here knows of a proxy.
import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:http2'
import https from 'node:https'

const [mode, host] = process.argv.slice(2)

/** The first message of a socket that has said `hello`, whoever made it. */
async function hello(socket) {
  const message = new Promise((done, failed) => {
    socket.addEventListener('message', ({ data }) => done(data))
    socket.addEventListener('error', ({ message }) => failed(new Error(message ?? 'no socket')))
    socket.addEventListener('close', () => failed(new Error('closed')))
  })
  socket.addEventListener('open', () => socket.send('hello'))
  const said = String(await message)
  socket.close()
  return said
}

async function get(module, url) {
  const [answer] = await once(module.get(url), 'response')
  if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`)
  return (await answer.toArray()).join('')
}

async function text(fetched) {
  const answer = await fetched
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  return answer.text()
}

const modes = {
  fetch: () => text(fetch(`https://${host}/node-fetch`)),
  'fetch-plain': () => text(fetch(`http://${host}/node-fetch-plain`)),
  https: () => get(https, `https://${host}/node-https`),
  http: () => get(http, `http://${host}/node-http`),
  'undici-6': async () => text((await import('undici-6')).fetch(`https://${host}/undici-6`)),
  'undici-8': async () => text((await import('undici-8')).fetch(`https://${host}/undici-8`)),
  http2: async () => {
    const session = connect(`https://${host}`)
    const stream = session.request({ ':path': '/node-http2' })
    session.on('error', error => stream.destroy(error))
    const said = (await stream.toArray()).join('')
    session.close()
    return said
  },
  websocket: () => hello(new WebSocket(`wss://${host}/node-websocket`)),
  'websocket-plain': () => hello(new WebSocket(`ws://${host}/node-websocket-plain`)),
  ws: async () => hello(new (await import('ws')).WebSocket(`wss://${host}/ws-package`)),
  'ws-agent': async () => {
    const { WebSocket } = await import('ws')
    return hello(new WebSocket(`wss://${host}/ws-package-agent`, { agent: https.globalAgent }))
  },
  together: async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => text(fetch(`https://${host}/together/200`))))
    return `${all.length} answers: ${all[0]}`
  },
  'together-plain': async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => get(http, `http://${host}/together/200?plain`)))
    return `${all.length} answers: ${all[0]}`
  },
  localhost: async () => {
    const server = http.createServer((_, answer) => answer.end('at home\n'))
    await once(server.listen(0, 'localhost'), 'listening')
    const url = `http://localhost:${server.address().port}/`
    const said = [await text(fetch(url)), await get(http, url)].join('')
    server.close()
    return said
  },
}

process.stdout.write(`${await modes[mode]()}\n`)
process.exit(0)
