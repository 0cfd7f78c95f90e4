import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from './config.ts'
import { gateVersion } from './version.ts'

/** Answers a request for the gate itself: its health at `/health`, and nothing else. `started` in milliseconds. */
export function answerHere(request: IncomingMessage, response: ServerResponse, config: Config, started: number): void {
  if (request.url !== '/health') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('not found\n')
    return
  }
  const health = {
    status: 'healthy',
    version: gateVersion,
    mode: config.mode,
    uptime_seconds: (performance.now() - started) / 1000,
    rate_limit_enabled: true,
    forward_proxy_enabled: true,
    websocket_proxy_enabled: false,
    request_body_scan_enabled: true,
    tls_interception_enabled: false,
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(health))
}
