import { BottleError } from '../errors.ts'
import type { EngineFacts } from '../plan/host.ts'
import { atLeast } from '../plan/networks.ts'
import { type EngineAddress, printAddress } from './address.ts'
import { type Engine, openEngine, statusOf } from './engine.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The oldest engine that is tested: Debian bookworm's 20.10. */
const oldestApi = '1.41'
const answerWithin = 10_000

/**
 * Dials the engine, learns what it is, and returns it speaking the negotiated API version.
 * `env` tells what kind of runner this is. Throws a BottleError that says what to do when nobody answers, access is denied, the engine is too old, or it is Podman.
 */
export async function reachEngine(
  address: EngineAddress,
  env: Environment = {},
): Promise<{ engine: Engine; facts: EngineFacts }> {
  const facts = await answered(openEngine(address).facts(), address, env)
  if (!atLeast(facts.apiVersion, oldestApi)) {
    throw new BottleError(
      `The engine at ${printAddress(address)} is version ${facts.version} (API ${facts.apiVersion}), older than Bottle can use.`,
      'Install Docker 20.10 or newer.',
    )
  }
  // Its bridge keeps the host's address (inhibit_ipv4 is nothing to it), and its volumes lose the labels they are made
  // with: the containment check would refuse each run, and each would leave a volume (docs/runners.md).
  if (facts.isPodman) {
    throw new BottleError(
      `The engine at ${printAddress(address)} is Podman ${facts.version}, in whose networks a bottle could reach the host.`,
      'Start Docker 20.10 or newer, or set DOCKER_HOST to where one listens.',
    )
  }
  return { engine: openEngine(address, facts.apiVersion), facts }
}

async function answered(asked: Promise<EngineFacts>, address: EngineAddress, env: Environment): Promise<EngineFacts> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerWithin / 1000} s`)), answerWithin)
  })
  try {
    return await Promise.race([asked, silence])
  } catch (error) {
    throw unreachable(error, address, env)
  } finally {
    clearTimeout(timer)
  }
}

function unreachable(error: unknown, address: EngineAddress, env: Environment): BottleError {
  const where = printAddress(address)
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || statusOf(error) === 403) {
    return new BottleError(
      `No permission to use the engine at ${where}.`,
      'Add this user to the `docker` group, or run as one that may use the socket.',
      { cause: error },
    )
  }
  // The runner has the first, and the pod that it gives a job the second (facts/platform §5.6; Kubernetes' documentation, "Service").
  if (env.ACTIONS_RUNNER_CONTAINER_HOOKS || env.KUBERNETES_SERVICE_HOST) return inPod(where, env, error)
  return new BottleError(
    `No Docker engine answers at ${where} (${code ?? message}).`,
    'Start Docker, or set DOCKER_HOST to where it listens; `ubuntu-slim` runners and Kubernetes-mode runners have none.',
    { cause: error },
  )
}

function inPod(where: string, env: Environment, cause: unknown): BottleError {
  const why = env.ACTIONS_RUNNER_CONTAINER_HOOKS
    ? 'ACTIONS_RUNNER_CONTAINER_HOOKS is set: Kubernetes mode'
    : 'KUBERNETES_SERVICE_HOST is set: this is a pod'
  return new BottleError(
    `This runner has no Docker engine (${why}), and none answers at ${where}.`,
    'Give its scale set `containerMode: {type: dind}`, or set DOCKER_HOST to an engine that this pod can reach (docs/runners.md).',
    { cause },
  )
}
