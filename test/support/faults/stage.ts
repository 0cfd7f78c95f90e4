import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import type { Summary } from '../../../src/evidence/summary.ts'
import { nameOf, type RunId } from '../../../src/plan/names.ts'
import { engineProxy } from '../engine/proxy.ts'
import type { PresentGate } from '../gates.ts'
import { agentImage, type Internet, until } from '../hosts/internet.ts'
import { leftovers } from '../leftovers.ts'
import { startRunner } from '../runner/runner.ts'
import { launchInWorker, type StepResult } from '../runner/step.ts'
import type { Fault, Scene } from './scene.ts'

/** What came of a fault: the step, what the listener heard, and what is left. */
export interface Aftermath {
  readonly main: StepResult
  readonly post: StepResult
  readonly summary: Summary | undefined
  readonly events: string
  readonly blocked: string
  /** What reached the allowed host: before the fault, by the end of the step, and half a second later. */
  readonly hits: { readonly before: number; readonly atEnd: number; readonly later: number }
  /** Does a process of the bottle still run? */
  readonly alive: boolean
  readonly left: readonly string[]
}

const project = resolve(import.meta.dirname, '../../..')
const clock = join(import.meta.dirname, 'clock.mjs')

// One refused request, then one allowed request after the other, until told otherwise.
const agent = (url: string) => `
  set +e
  curl -sf -m 3 -o /dev/null http://refused.test/x
  i=0
  while [ ! -e done ]; do
    i=$((i + 1))
    curl -sf -m 3 -o /dev/null "${url}/$i" && echo "reached $i"
    if [ -e flood ]; then
      head -c 4500000 /dev/zero >/tmp/body
      for n in $(seq 80); do curl -s -m 20 -o /dev/null --data-binary @/tmp/body "${url}/flood" & done
      wait
    fi
    sleep 0.05
  done`

/** Runs a bottle on a gate until its agent reaches the allowed host, strikes, and sees both stages of the step to their end. */
export async function play(fault: Fault, gate: PresentGate, internet: Internet): Promise<Aftermath> {
  await using undo = new AsyncDisposableStack()
  const proxy = undo.use(await engineProxy())
  const docker = new Docker()
  const folder = mkdtempSync(join(tmpdir(), 'bottle-fault-'))
  undo.defer(() => rmSync(folder, { recursive: true, force: true }))
  // The gate's user reads the clock's file.
  chmodSync(folder, 0o755)
  const temp = join(folder, 'temp')
  mkdirSync(temp)
  writeFileSync(join(folder, 'offset'), '0')
  writeFileSync(join(folder, 'clock.mjs'), readFileSync(clock))
  if (fault.needs === 'small disk') {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', temp])
    undo.defer(() => void execFileSync('umount', ['-l', temp]))
  }
  const clocked: Record<string, string> =
    fault.needs !== 'clock'
      ? {}
      : { NODE_OPTIONS: `--import=${join(folder, 'clock.mjs')}`, CLOCK_OFFSET: join(folder, 'offset') }
  const runner = undo.use(
    await startRunner(project, {
      env: { DOCKER_HOST: proxy.host, RUNNER_TEMP: temp, ...clocked },
      // What its post cannot remove is swept when its job has ended.
      ...(fault.swept ? { launch: launchInWorker } : {}),
    }),
  )
  const tag = fault.name.replace(/\W+/g, '-')
  const hits = async () => {
    const urls = (await internet.hits('allowed.test')).map(hit => hit.url ?? '')
    return urls.filter(url => url.startsWith(`/${tag}/${gate.name}/`)).length
  }
  const cut = Promise.withResolvers<void>()
  let attached = false
  proxy.decide = call => {
    if (/\/attach\?/.test(call.path) && !attached) {
      attached = true
      return { cut: cut.promise }
    }
    const body = call.body as { Env?: string[]; HostConfig?: { Binds?: string[] } } | undefined
    if (fault.needs !== 'clock' || gate.name !== 'built-in' || !/create\?name=.*-sidecar/.test(call.path) || !body)
      return undefined
    const Env = [`NODE_OPTIONS=--import=/clock/clock.mjs`, 'CLOCK_OFFSET=/clock/offset']
    return { rewrite: { ...body, Env, HostConfig: { ...body.HostConfig, Binds: [`${folder}:/clock:ro`] } } }
  }
  const up = Promise.withResolvers<void>()
  let id = ''
  let reached = 0
  const step = runner.step({
    with: {
      ...gate.inputs,
      image: agentImage,
      allow: 'allowed.test',
      'default-allowlist': 'none.example',
      upload: 'false',
      run: agent(`http://allowed.test/${tag}/${gate.name}`),
    },
  })
  const stage = step.main({
    onLine(line) {
      id ||= /^Set up bottle ([0-9a-f]{12})$/.exec(line)?.[1] ?? ''
      if (line.startsWith('reached ')) {
        reached += 1
        up.resolve()
      }
    },
  })
  // When something here throws first, that is what the suite is to say.
  stage.catch(() => {})
  await Promise.race([
    up.promise,
    stage.then(main => Promise.reject(new Error(`the agent reached nothing: ${main.raw}`))),
  ])
  const runId = id as RunId
  const part = (role: 'sidecar' | 'bottle') => docker.getContainer(nameOf(runId, role))
  const sidecar = docker.getContainer((await part('sidecar').inspect()).Id)
  const { Id: bottle, State } = await part('bottle').inspect()
  const networks = (await sidecar.inspect()).NetworkSettings.Networks
  const scene: Scene = {
    docker,
    sidecar,
    bottle: docker.getContainer(bottle),
    inside: docker.getNetwork(networks[nameOf(runId, 'inside')]?.NetworkID ?? ''),
    outside: docker.getNetwork(networks[nameOf(runId, 'outside')]?.NetworkID ?? ''),
    address: networks[nameOf(runId, 'inside')]?.IPAddress ?? '',
    proxy,
    hosts: internet.network,
    temp,
    setClock: offset => writeFileSync(join(folder, 'offset'), String(offset)),
    async again() {
      const before = reached
      await until(async () => reached > before + 1)
    },
    tell: word => writeFileSync(join(runner.workspace, word), ''),
    cutLog: cut.resolve,
    later: clean => undo.defer(async () => void (await clean())),
  }
  const before = await hits()
  await fault.strike(scene)
  const main = await stage
  const atEnd = await hits()
  const alive = isOf(State.Pid, bottle)
  await new Promise(resolve => setTimeout(resolve, 500))
  const later = await hits()
  if (!fault.swept) proxy.decide = () => undefined
  const post = await step.post()
  if (fault.swept) {
    await proxy.reopen()
    execFileSync(process.execPath, [join(project, 'dist/cli/index.js'), 'sweep'], {
      // Not by way of the proxy: this process waits here, and it is the proxy.
      env: { ...process.env, DOCKER_HOST: 'unix:///var/run/docker.sock' },
    })
  }
  const evidence = (name: string) => {
    try {
      return readFileSync(join(main.outputs['evidence-path'] ?? '', name), 'utf8')
    } catch {
      return ''
    }
  }
  const summary = evidence('summary.json')
  return {
    main,
    post,
    summary: summary ? (JSON.parse(summary) as Summary) : undefined,
    events: evidence('events.jsonl'),
    blocked: evidence('blocked.jsonl'),
    hits: { before, atEnd, later },
    alive,
    left: await leftovers(runId),
  }
}

function isOf(pid: number, container: string): boolean {
  try {
    return pid > 0 && readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(container)
  } catch {
    return false
  }
}
