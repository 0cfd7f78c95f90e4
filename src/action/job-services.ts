import { getInput } from '@actions/core'
import type { OfferedContainer, OfferedServices } from '../docker/services.ts'
import { BottleError } from '../errors.ts'

/**
 * The containers of the job's services, from the input whose default is the job's own context: by name, each with its id
 * and network (runner, ContainerOperationProvider.cs), or nothing in a job without. Throws a BottleError for anything else.
 */
export function jobServices(): OfferedServices {
  const text = getInput('job-services')
  const containers = text === '' || text === 'null' ? {} : parsed(text)
  if (containers) return { from: 'job', containers }
  throw new BottleError(
    'The input job-services is not what a runner says of the services of a job.',
    'Take it out of the step: its default is the job’s own.',
  )
}

function parsed(text: string): Record<string, OfferedContainer> | undefined {
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, Partial<OfferedContainer> | null>)
    const containers = entries.map(([name, one]) => [name, { id: idOf(one?.id), network: String(one?.network ?? '') }])
    return Object.fromEntries(containers) as Record<string, OfferedContainer>
  } catch {
    return undefined
  }
}

function idOf(id: unknown): string {
  if (typeof id === 'string' && /^[0-9a-f]{12,64}$/.test(id)) return id
  throw new Error('not the id of a container')
}
