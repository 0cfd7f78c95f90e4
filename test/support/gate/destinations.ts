import { type Difference, get, status } from './measuring.ts'
import { policyOf } from './raise.ts'
import { plain, tunnel } from './requests.ts'
import { openResolver } from './resolver.ts'

/** What the gates make of names and addresses. */
export const ofDestinations: readonly Difference[] = [
  {
    id: 'names',
    what: 'names, `*.` names, and the same address in hex, octal and decimal, off the list',
    why: 'one canonical form is matched',
    measure: async bench => {
      const number = Number.parseInt(
        (await bench.internet.address('evil.test'))
          .split('.')
          .map(one => Number(one).toString(16).padStart(2, '0'))
          .join(''),
        16,
      )
      const forms = [number, `0x${number.toString(16)}`, `0${number.toString(8)}`, 'evil.test', 'notwild.test']
      const statuses = await Promise.all(forms.map(form => status(bench, get(`http://${form}/`))))
      const allowed = await Promise.all(
        ['sub.wild.test', 'wild.test', 'ALLOWED.test.'].map(host => status(bench, get(`http://${host}/`))),
      )
      return `${[...new Set(statuses)]} off, ${[...new Set(allowed)]} on`
    },
  },
  {
    id: 'unresolved',
    what: 'a name off the list is looked up',
    why: 'a look-up is a way out of its own',
    measure: async ({ internet, raise }) => {
      await using resolver = await openResolver(internet.network, await internet.address('allowed.test'))
      await using other = await raise(policyOf({ allowlist: ['on.test'] }), {
        network: internet.network,
        dns: [resolver.address],
      })
      await plain(other.address, 'http://on.test/')
      await plain(other.address, 'http://off.test/')
      const names = await resolver.names()
      if (!names.includes('on.test')) throw new Error('nothing was looked up: the measure measures nothing')
      return names.includes('off.test') ? 'yes' : 'never'
    },
  },
  {
    id: 'private-address',
    what: 'an allowed name that leads to an internal address',
    why: '`trusted` and `private` open what is meant to be reached',
    measure: async ({ internet, raise }) => {
      const own = [`${await internet.address('allowed.test')}/32`]
      await using other = await raise(policyOf({ own }), { network: internet.network })
      return await status({ gate: other }, get('http://allowed.test/'))
    },
  },
  {
    id: 'trusted-loopback',
    what: 'a `trusted` name that leads to loopback',
    why: '403: refused whatever the policy says; 502: dialled, and nobody listened',
    measure: async ({ internet, raise }) => {
      await using resolver = await openResolver(internet.network, '127.0.0.1')
      const policy = policyOf({ allowlist: ['on.test'], trusted: ['on.test'] })
      await using other = await raise(policy, { network: internet.network, dns: [resolver.address] })
      return await status({ gate: other }, get('http://on.test/'))
    },
  },
  {
    id: 'other-server-name',
    what: 'TLS in a tunnel for another server name',
    why: 'a tunnel is for one host',
    measure: async ({ gate }) =>
      (await tunnel(gate.address, 'allowed.test:443', 'evil.test')).includes('200 OK') ? 'carried' : 'closed',
  },
]
