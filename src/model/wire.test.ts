import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationNamed } from './model.ts'
import type { OperationName } from './types.gen.ts'
import { bytesFromWire, millisecondsFromWire, toWire } from './wire.ts'

const wire = (name: OperationName, output: unknown) => {
  const operation = operationNamed(name)
  if (operation === undefined) throw new Error(name)
  return toWire(operation, output)
}

describe('toWire', () => {
  it('writes times in seconds with their milliseconds', () => {
    const output = { Username: 'ana', UserCreateDate: 1_755_794_156_892, UserLastModifiedDate: 1_755_794_156_000 }
    expect(JSON.stringify(wire('AdminGetUser', output))).toBe(
      '{"Username":"ana","UserCreateDate":1755794156.892,"UserLastModifiedDate":1755794156}',
    )
  })

  it('leaves out what the model does not describe, undefined and null, at any depth', () => {
    const pool = {
      Id: 'us-east-1_a',
      Name: 'p',
      uid: 'secret',
      version: 3,
      Policies: { PasswordPolicy: { own: 1 }, extra: 1 },
      Arn: undefined,
      Domain: null,
    }
    expect(wire('DescribeUserPool', { UserPool: pool, pool })).toEqual({
      UserPool: { Id: 'us-east-1_a', Name: 'p', Policies: { PasswordPolicy: {} } },
    })
  })

  it('writes bytes as base64', () => {
    const bytes = new Uint8Array(20_000).map((_, at) => at)
    const output = { ManagedLoginBranding: { Assets: [{ Category: 'FAVICON_ICO', ColorMode: 'LIGHT', Extension: 'ICO', Bytes: bytes }] } }
    const { ManagedLoginBranding: branding } = wire('DescribeManagedLoginBranding', output) as {
      ManagedLoginBranding: { Assets: { Bytes: string }[] }
    }
    expect(branding.Assets[0]?.Bytes).toBe(Buffer.from(bytes).toString('base64'))
  })

  it('keeps any key of a map, as a member and nothing else', () => {
    const tags = JSON.parse('{"__proto__":"x","a":"b"}') as object
    expect(JSON.stringify(wire('ListTagsForResource', { Tags: tags }))).toBe('{"Tags":{"__proto__":"x","a":"b"}}')
  })

  it('writes nothing for an operation that answers nothing', () => {
    expect(wire('DeleteUser', undefined)).toEqual({})
    expect(wire('ChangePassword', {})).toEqual({})
  })
})

it('reads its own bytes and times back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.integer({ min: 0, max: 4_102_444_800_000 }), (bytes, at) => {
      expect(bytesFromWire(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
      expect(bytesFromWire(Buffer.from(bytes).toString('base64').replaceAll('=', ''))).toEqual(bytes)
      expect(millisecondsFromWire(at / 1000)).toBe(at)
    }),
  )
})

it.each(['a', 'ab=c', '====', 'a b', 'a-_b', 'AAAA=', '\u00e9'])('%j is no base64', (text) => {
  expect(bytesFromWire(text)).toBeUndefined()
})
