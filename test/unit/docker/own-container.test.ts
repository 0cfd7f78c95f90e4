import { expect, test } from '@jest/globals'
import { ownContainer } from '../../../src/docker/own-container.ts'

const id = 'c0ffee'.repeat(11).slice(0, 64)
const line = (root: string, point: string) => `1169 1150 254:0 ${root} ${point} rw,relatime - ext4 /dev/vda rw`

test.each([
  ['Docker', line(`/var/lib/docker/containers/${id}/hostname`, '/etc/hostname')],
  ['Docker with a data root of its own', line(`/data/containers/${id}/resolv.conf`, '/etc/resolv.conf')],
  ['podman', line(`/lib/containers/storage/overlay-containers/${id}/userdata/hosts`, '/etc/hosts')],
])('the id of our own container is read from its mounts: %s', (_, text) => {
  expect(ownContainer(`${line('/', '/')}\n${text}\n`)).toBe(id)
})

test.each([
  ['a machine', line('/', '/')],
  ['a folder that anyone mounted elsewhere', line(`/var/lib/docker/containers/${id}/hostname`, '/work/hostname')],
  ['a name that is no id', line('/var/lib/docker/containers/mine/hostname', '/etc/hostname')],
  ['nothing', ''],
])('there is none: %s', (_, text) => {
  expect(ownContainer(text)).toBeUndefined()
})
