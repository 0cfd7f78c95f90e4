import { dirname } from 'node:path'
import type { ContainerCreateOptions } from 'dockerode'
import { covers, overlaps } from '../spec/destination.ts'
import { brokenByInspection } from '../spec/inspection.ts'
import type { BottleSpec } from '../spec/schema.ts'
import type { Host } from './host.ts'
import { bottleHostConfig } from './lockdown.ts'
import { labelsOf, nameOf } from './names.ts'

/** What happens to TLS on its way out. With `inspect` the gate looks into it, but for the hosts of `passthrough`. */
export interface TlsPlan {
  readonly inspect: boolean
  /** Does the bottle trust an authority of the run's own? So it does when the gate looks into any TLS at all. */
  readonly authority: boolean
  readonly passthrough: readonly string[]
  /** PEM of the authorities that sign inspected hosts, beside the public ones. Public, so part of the plan. */
  readonly upstreamCa: string | undefined
}

/** Files of the bottle's own folder. `added`: the run's authority and the user's; the others hold the image's roots too. */
export const trustFiles = { added: 'ca.pem', bundle: 'ca-bundle.pem', java: 'ca-bundle.jks' } as const

/**
 * Where images keep their roots as one file, in the order they are looked for: Debian, Ubuntu, Arch and Alpine; Fedora
 * and RHEL; Alpine's and LibreSSL's OpenSSL. Debian's OpenSSL comes to the first by a link (/usr/lib/ssl/cert.pem).
 */
export const imageStores = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
]

/** What the spec says of TLS; without `inspect` nothing else of it means anything. */
export function planTls(spec: BottleSpec, upstreamCa: string | undefined): TlsPlan {
  const { inspect, passthrough } = spec.egress.tls
  const authority = inspect || spec.egress.inject.length > 0
  if (!inspect) return { inspect, authority, passthrough: [], upstreamCa: authority ? upstreamCa : undefined }
  // ssh inside a tunnel is no TLS: a gate that looks into it would break it.
  const ssh = spec.ssh.map(one => one.hostname)
  return { inspect, authority, passthrough: [...new Set([...passthrough, ...ssh])].sort(), upstreamCa }
}

/** Variables that lead a program to a file of roots. Node's adds to its own list; the others replace theirs. */
export function trustVariables(folder: string): Record<string, string> {
  const replacing = [
    'SSL_CERT_FILE',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
    'PIP_CERT',
    'GIT_SSL_CAINFO',
    'CARGO_HTTP_CAINFO',
    'AWS_CA_BUNDLE',
    'CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE',
    'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
    'NIX_SSL_CERT_FILE',
  ]
  const added = `${folder}/${trustFiles.added}`
  return {
    NODE_EXTRA_CA_CERTS: added,
    DENO_CERT: added,
    ...Object.fromEntries(replacing.map(name => [name, `${folder}/${trustFiles.bundle}`])),
  }
}

/** More of the sidecar's authorities, when the user names some: a folder of its own, since every file in it is trusted. */
export const upstreamFile = '/config/upstream/ca.pem'

/** Go reads every folder that is listed here, beside the image's own file of roots. */
export function upstreamVariables(tls: BottleSpec['egress']['tls']): string[] {
  return tls.inspect && tls['upstream-ca'] ? [`SSL_CERT_DIR=/etc/ssl/certs:${dirname(upstreamFile)}`] : []
}

/** The JVM's options for the same: without a password it reads a store of certificates and checks no digest. */
export function javaTrust(folder: string): string[] {
  return [`-Djavax.net.ssl.trustStore=${folder}/${trustFiles.java}`, '-Djavax.net.ssl.trustStoreType=JKS']
}

/** The bundle over the image's own, for programs that read no variable. The image itself is not written to. */
export function trustMounts(scratch: string) {
  const Source = `${scratch}/inside/${trustFiles.bundle}`
  return imageStores.map(Target => ({ Type: 'bind' as const, Source, Target, ReadOnly: true }))
}

/** A container of the agent's image that never starts: the engine reads the image's own roots out of it. */
export function roots(image: string, host: Host & { readonly expires: number }) {
  const limits = { memoryBytes: 0, cpus: 0, pids: 0, capabilities: [], readOnlyRoot: true }
  const body: ContainerCreateOptions = {
    Image: image,
    Entrypoint: ['/never-started'],
    Labels: labelsOf(host, 'roots'),
    HostConfig: { ...bottleHostConfig(limits), NetworkMode: 'none' },
  }
  return { name: nameOf(host.runId, 'roots'), body }
}

/** What is worth knowing of the spec's `egress.tls` before it is trusted. */
export function tlsWarnings({ mode, tls, inject }: BottleSpec['egress'], allowed: readonly string[]): string[] {
  const idle = [
    ...(tls.passthrough.length > 0 ? ['egress.tls.passthrough'] : []),
    ...(tls['upstream-ca'] && inject.length === 0 ? ['egress.tls.upstream-ca'] : []),
  ]
  // A warning and not a mistake: the input `tls: off` over a spec must not need the spec's other lines taken out.
  if (!tls.inspect) return idle.map(name => `${name} means nothing while egress.tls.inspect is false`)
  const unreachable = mode === 'learn' ? [] : tls.passthrough.filter(one => !allowed.some(host => overlaps(one, host)))
  const broken = brokenByInspection.hosts.filter(
    known => allowed.some(host => overlaps(known, host)) && !tls.passthrough.some(one => covers(one, known)),
  )
  return [
    ...unreachable.map(
      host => `${host} is passed through but not allowed, so it cannot be reached; add it to egress.allowlist`,
    ),
    ...(broken.length > 0
      ? [`inspection is known to break ${broken.join(', ')} (${brokenByInspection.why}); see egress.tls.passthrough`]
      : []),
  ]
}
