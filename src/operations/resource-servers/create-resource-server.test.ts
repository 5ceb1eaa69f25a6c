import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Reads' }]
const create = (more: Record<string, unknown>) => ({ UserPoolId, Name: 'API', Scopes, ...more })

describe('CreateResourceServer', () => {
  it('answers what it makes', async () => {
    const Identifier = 'https://api.example.org'
    expect(await server.ok('CreateResourceServer', create({ Identifier }))).toEqual({
      ResourceServer: { UserPoolId, Identifier, Name: 'API', Scopes },
    })
    const plain = { UserPoolId, Identifier: 'plain', Name: 'API' }
    expect(await server.ok('CreateResourceServer', plain)).toEqual({ ResourceServer: plain })
  })

  it('makes one of an identifier in each pool', async () => {
    await server.ok('CreateResourceServer', create({ Identifier: 'one' }))
    expect(await server.refused('CreateResourceServer', create({ Identifier: 'one' }))).toEqual([
      'InvalidParameterException',
      `one already exists in user pool ${UserPoolId}.`,
    ])
    const other = await makePool(server)
    await server.ok('CreateResourceServer', create({ Identifier: 'one', UserPoolId: other.UserPoolId }))
  })

  it('refuses the service’s own identifiers and scopes given twice', async () => {
    expect(await server.refused('CreateResourceServer', create({ Identifier: 'aws.cognito/x' }))).toEqual([
      'InvalidParameterException',
      'The identifier aws.cognito/x is reserved.',
    ])
    expect(await server.refused('CreateResourceServer', create({ Identifier: 'twice', Scopes: [...Scopes, ...Scopes] }))).toEqual([
      'InvalidParameterException',
      'The scope read is given more than once.',
    ])
  })

  it('stops at 25 of a pool', async () => {
    const full = await makePool(server)
    const nth = (n: number) => create({ UserPoolId: full.UserPoolId, Identifier: `n${n}` })
    for (let n = 0; n < 25; n += 1) await server.ok('CreateResourceServer', nth(n))
    expect(await server.refused('CreateResourceServer', nth(25))).toEqual([
      'LimitExceededException',
      'The user pool has 25 resource servers already.',
    ])
    await server.ok('DeleteResourceServer', { UserPoolId: full.UserPoolId, Identifier: 'n0' })
    await server.ok('CreateResourceServer', nth(25))
  })
})
