import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CognitoError } from '../errors.ts'
import { parseBody } from './parse-body.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const refusal = (sentence: string) => new CognitoError('SerializationException', sentence)

it('reads what JSON.stringify writes, with and without a byte order mark', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
      const text = JSON.stringify(value)
      expect(parseBody(bytes(text))).toEqual(JSON.parse(text))
      expect(parseBody(bytes(`\ufeff${text}`))).toEqual(JSON.parse(text))
    }),
  )
  expect(parseBody(bytes(''))).toEqual({})
})

it.each(['{', '{"a":}', "{'a':1}", '{"a":1,}', 'undefined', '{"a":"\n"}', '[1 2]', ' '])('refuses %j', (text) => {
  expect(() => parseBody(bytes(text))).toThrow(refusal('The request body is not valid JSON.'))
})

it('refuses invalid UTF-8', () => {
  for (const bad of [
    [0x22, 0xff, 0x22],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
  ]) {
    expect(() => parseBody(Uint8Array.from(bad))).toThrow(refusal('The request body is not valid UTF-8.'))
  }
})

it('allows 32 levels and counts no brackets inside strings', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const tooDeep = refusal('The request body is nested deeper than 32 levels.')
  expect(() => parseBody(bytes(nested(32)))).not.toThrow()
  expect(() => parseBody(bytes(nested(33)))).toThrow(tooDeep)
  expect(() => parseBody(bytes('{"a":'.repeat(33)))).toThrow(tooDeep)
  expect(parseBody(bytes(`["${'['.repeat(99)}\\"${'{'.repeat(99)}\\\\"]`))).toHaveLength(1)
  const before = performance.now()
  expect(() => parseBody(bytes('['.repeat(1024 * 1024)))).toThrow(tooDeep)
  expect(performance.now() - before).toBeLessThan(50)
})

it('allows 2000 values and counts no commas inside strings', () => {
  const tooMany = refusal('The request body has more than 2000 values.')
  const members = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'a,b'])))
  expect(Object.keys(parseBody(bytes(members(2000))) as object)).toHaveLength(2000)
  expect(() => parseBody(bytes(members(2001)))).toThrow(tooMany)
  expect(() => parseBody(bytes(`[${'1,'.repeat(2000)}1]`))).toThrow(tooMany)
  expect(parseBody(bytes(`["${','.repeat(100_000)}"]`))).toHaveLength(1)
})
