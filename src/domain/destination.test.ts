import { describe, expect, it } from 'vitest'
import { maskEmail, maskPhone } from './destination.ts'

describe('destinations', () => {
  it.each([
    ['test@example.com', 't***@e***'],
    ['t@e', 't***@e***'],
    ['😀x@example.com', '😀***@e***'],
  ])('%s', (email, masked) => expect(maskEmail(email)).toBe(masked))

  it.each([
    ['+14325551234', '+*******1234'],
    ['+4915112345678', '+*********5678'],
    ['+1234', '+****'],
  ])('%s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))
})
