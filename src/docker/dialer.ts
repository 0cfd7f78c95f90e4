import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { EngineAddress } from './address.ts'
import { dialStdio } from './dial-stdio.ts'

/** How connections to an engine are made that are not this machine's socket's; undefined for those. Reads the TLS files once. */
export function dialerOf(address: EngineAddress): (() => Duplex) | undefined {
  if (address.kind === 'socket') return undefined
  if (address.kind === 'ssh') return () => dialStdio(address)
  const { host, port, tls } = address
  if (tls === undefined) return () => connect({ host, port })
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map(file => readFileSync(join(tls, file)))
  return () => connectTls({ host, port, ...(ca && cert && key ? { ca, cert, key } : {}) })
}
