import { statfsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { agentImage } from '../hosts/internet.ts'
import type { Fault, Scene } from './scene.ts'

const day = 24 * 60 * 60 * 1000
const kit = resolve(import.meta.dirname, '../escapes/inside')

/** An open proxy under the sidecar's address: whoever is asked there lets everything through. */
async function standIn({ docker, hosts, later }: Scene): Promise<string> {
  const { id } = await docker.createContainer({
    Image: agentImage,
    Entrypoint: ['python3', '-I', '/kit/open_proxy.py'],
    HostConfig: { NetworkMode: hosts, Binds: [`${kit}:/kit:ro`] },
  })
  later(() => docker.getContainer(id).remove({ force: true }))
  await docker.getContainer(id).start()
  return id
}

// The run may be gone before an outsider has its container in place: that is what is wanted.
const takePlace = ({ inside, address }: Scene, Container: string) =>
  inside.connect({ Container, EndpointConfig: { IPAMConfig: { IPv4Address: address } } }).catch(() => {})

const lost = 'the agent is killed'

/** Every fault of the matrix; docs/fails-closed.md is made of it. */
export const faults: readonly Fault[] = [
  {
    name: 'the sidecar is killed',
    outcome: lost,
    strike: ({ sidecar }) => sidecar.kill(),
    says: /the sidecar stopped with exit code 137/,
  },
  {
    name: 'the sidecar is paused',
    outcome: lost,
    strike: ({ sidecar }) => sidecar.pause(),
    says: /the sidecar was paused/,
  },
  {
    name: 'the sidecar runs out of memory',
    outcome: 'the kernel kills the gate, and the agent is killed',
    async strike({ sidecar, tell }) {
      const { memory_stats } = await sidecar.stats({ stream: false })
      const Memory = memory_stats.usage + 6 * 1024 * 1024
      await sidecar.update({ Memory, MemorySwap: Memory })
      tell('flood')
    },
    // Docker 20.10 hears of it from containerd, and on a busy machine not before the end.
    says: /the sidecar (ran out of memory|stopped with exit code 137)/,
  },
  {
    name: 'the sidecar is disconnected from inside',
    outcome: lost,
    strike: ({ inside, sidecar }) => inside.disconnect({ Container: sidecar.id, Force: true }),
    says: /the sidecar was disconnected from the inside network/,
  },
  {
    name: 'the sidecar is disconnected from outside',
    outcome: lost,
    strike: ({ outside, sidecar }) => outside.disconnect({ Container: sidecar.id, Force: true }),
    says: /the sidecar was disconnected from the outside network/,
  },
  {
    name: 'the sidecar is removed, and an open proxy put under its address',
    outcome: 'the agent is killed before the other one stands',
    async strike(scene) {
      const other = await standIn(scene)
      await scene.sidecar.remove({ force: true, v: true })
      await takePlace(scene, other)
    },
    says: /the sidecar (was removed|stopped with exit code 137)/,
  },
  {
    name: 'the sidecar’s address inside is given to an open proxy',
    outcome: 'the agent is killed before the other one stands',
    async strike(scene) {
      const other = await standIn(scene)
      await scene.inside.disconnect({ Container: scene.sidecar.id, Force: true })
      await takePlace(scene, other)
    },
    says: /the sidecar was disconnected from the inside network/,
  },
  {
    name: 'the gate’s log is cut in the middle of a line',
    outcome: 'the agent is killed; the rest of the log is read from the engine’s copy',
    strike: async ({ cutLog }) => cutLog(),
    says: /the sidecar is no longer watched: its log/,
  },
  {
    name: 'the engine’s socket is gone',
    outcome: 'the agent is killed by a signal from the host; post is red, the next run’s sweep removes the rest',
    strike: ({ proxy }) => proxy.vanish(),
    says: /the engine does not answer: .*(ENOENT|ECONNREFUSED)|the engine lost sight of it/,
    swept: true,
  },
  {
    name: 'the engine hangs',
    outcome: 'the same within 40 s; post finds the engine again',
    strike: async ({ proxy }) => {
      proxy.decide = () => ({ hold: new Promise(() => {}) })
    },
    says: /the engine does not answer within 30 s/,
  },
  {
    name: 'the engine is restarted, and ends its containers',
    outcome: 'the agent has ended with it; post finds the engine again',
    async strike({ proxy, bottle, sidecar }) {
      await proxy.vanish()
      await Promise.all([bottle, sidecar].map(one => one.kill()))
      await proxy.reopen()
    },
    says: /the sidecar stopped with exit code 137|the engine lost sight of it|the engine does not answer/,
  },
  {
    name: 'the engine is restarted, and its containers live on',
    outcome: 'the agent is killed: nobody saw what the sidecar did meanwhile',
    async strike({ proxy }) {
      await proxy.vanish()
      await proxy.reopen()
    },
    says: /the sidecar is no longer watched|the engine lost sight of it|the engine does not answer/,
  },
  {
    name: 'the disk with the evidence is full',
    outcome: 'the agent is killed at the first line that cannot be kept; room for the summary was held from the start',
    async strike({ temp }) {
      const fill = join(temp, 'fill')
      for (let size = 1 << 20; size > 512; size >>= 1) {
        try {
          for (;;) writeFileSync(fill, Buffer.alloc(size), { flag: 'a' })
        } catch {
          // The next smaller piece may still fit.
        }
      }
      if (statfsSync(temp).bavail > 0) throw new Error('the disk is not full')
    },
    says: /its log broke off: it could not be kept: ENOSPC/,
    needs: 'small disk',
  },
  {
    name: 'the clock goes back a day',
    needs: 'clock',
    outcome: 'nothing: durations and counts do not come from that clock',
    async strike({ setClock, again, tell }) {
      setClock(-day)
      await again()
      tell('done')
    },
  },
  {
    name: 'the clock goes forward a day',
    needs: 'clock',
    outcome: 'nothing: no limit of time has passed',
    async strike({ setClock, again, tell }) {
      setClock(day)
      await again()
      tell('done')
    },
  },
]

/** Where the table stands in the documents. */
export const page = 'docs/fails-closed.md'

/** The table's lines as Markdown. */
export function documentedFaults(): string[] {
  const row = ({ name, outcome, says }: Fault) => `| ${[name, outcome, says ? 'red' : 'the agent’s own'].join(' | ')} |`
  return ['| while the agent runs | what happens | the step |', '| --- | --- | --- |', ...faults.map(row)]
}
