import { pullImage } from '../docker/pull.ts'
import { BottleError } from '../errors.ts'
import type { Gate } from './gate.ts'

/** The pin. Moving it means running the contract suite against the new image (docs/gates.md). */
export const pin = {
  image: 'ghcr.io/luckypipewrench/pipelock',
  version: '3.5.0',
  digest: 'sha256:73e5d240f2ae02392c7de9c8858e9dee164396382c13e0ea95b4a497b2567965',
} as const

/** pipelock, from the pinned image or from the one that `pipelock-image` names (a mirror, or a packed local one). */
export function pipelock(image?: string): Gate {
  const reference = image ?? `${pin.image}@${pin.digest}`
  return {
    facts: {
      name: 'pipelock',
      image: reference,
      // A mirror of the pin is told by its digest; any other image may be another version.
      version: reference.endsWith(`@${pin.digest}`) ? pin.version : undefined,
      program: ['/pipelock'],
      inspects: true,
      injects: false,
      restrictsPorts: false,
    },
    async prepare(engine, say) {
      if (await engine.hasImage(reference)) return
      await pullImage(reference, engine.address, say).catch(cause => {
        throw new BottleError(
          `The gate's image ${reference} cannot be pulled.`,
          'Set `pipelock-image:` to a mirror of it (or to one made by `bottle pack-pipelock FILE`), or set `gate: built-in`.',
          { cause },
        )
      })
    },
  }
}
