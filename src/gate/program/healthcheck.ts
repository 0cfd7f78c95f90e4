import { get } from 'node:http'

const within = 3000

/**
 * Asks `http://ADDR/health`, through HTTP_PROXY when that is set (as pipelock's client does, but for loopback).
 * Resolves with undefined when it answered 200 within three seconds, else with why not: an errno or a status.
 */
export function healthcheck(
  address: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const url = `http://${address}/health`
  const proxy = /^(127\.|localhost|\[::1\])/.test(address) ? undefined : env.HTTP_PROXY
  return new Promise(resolve => {
    const options = proxy ? { host: new URL(proxy).hostname, port: new URL(proxy).port, path: url } : {}
    const request = proxy ? get({ ...options, headers: { host: address } }) : get(url)
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('timeout'), { code: 'timeout' })), within)
    const settle = (why: string | undefined) => {
      clearTimeout(timer)
      resolve(why)
      request.destroy()
    }
    request.once('response', response =>
      settle(response.statusCode === 200 ? undefined : `status ${response.statusCode}`),
    )
    request.once('error', (error: NodeJS.ErrnoException) =>
      settle([error.code, error.message].filter(Boolean).join(' ')),
    )
  })
}
