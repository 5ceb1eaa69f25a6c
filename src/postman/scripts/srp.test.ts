import { expect, it } from 'vitest'
import { srpN } from '../../crypto/srp.ts'
import { srpPrime } from './srp.ts'

it('the scripts compute with the prime of the server', () => {
  expect(srpPrime.toLowerCase()).toBe(srpN.toString('hex'))
})
