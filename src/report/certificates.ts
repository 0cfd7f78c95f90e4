import type { Summary } from '../evidence/summary.ts'

/**
 * What to do about certificates, a sentence each: for every host where one was refused; or, when the agent failed under
 * inspection and no refusal was seen, what to look for: a client that compares keys hangs up without saying why.
 */
export function certificateAdvice({ distrust, tls, outcome }: Summary): string[] {
  const said = distrust.map(({ host, by }) =>
    by === 'client'
      ? refusedByClient(host, tls.inspected)
      : `The gate refused the certificate of ${host}: name its authority in egress.tls.upstream-ca, or ${host} in egress.tls.passthrough.`,
  )
  const { end } = outcome
  if (said.length > 0 || !tls.inspected || end.kind !== 'exited' || end.code === 0) return said
  return ['TLS was inspected: a client that pins certificates needs its hosts in egress.tls.passthrough.']
}

// Without inspection only a host with a credential is shown a certificate of ours.
function refusedByClient(host: string, inspected: boolean): string {
  const refused = `A client refused the gate's certificate for ${host}`
  return inspected
    ? `${refused}: add ${host} to egress.tls.passthrough.`
    : `${refused}: it cannot be used with egress.inject; give it the credential with \`secrets\`.`
}
