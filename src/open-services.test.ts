import { expect, it } from 'vitest'
import { plainPolicy } from '../tests/support/plain-policy.ts'
import { systemClock } from './clock.ts'
import { openServices } from './open-services.ts'
import { systemRandom } from './random.ts'
import type { TriggerTarget } from './triggers/trigger-target.ts'

const never: TriggerTarget['invoke'] = () => Promise.reject(new Error('nobody calls it'))

it('what was opened is closed when the rest can not be, and why is what is told', async () => {
  const said: unknown[] = []
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (fields: object) => said.push(fields) }
  let closed = 0
  const close = async () => {
    closed += 1
    throw new Error('it does not close')
  }
  const opening = openServices({
    dataDir: ':memory:',
    masterKeys: async () => [Buffer.alloc(32, 1)],
    policy: plainPolicy,
    clock: systemClock,
    random: systemRandom,
    compute: 'inline',
    triggers: async () => new Map([['arn', { invoke: never, close }]]),
    compromisedPasswords: '/nowhere/list',
    log,
  })
  await expect(opening).rejects.toThrow('/nowhere/list')
  expect(closed).toBe(1)
  expect(said).toEqual([{ err: expect.objectContaining({ message: 'it does not close' }) }])
})
