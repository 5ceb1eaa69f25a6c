import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const add = (...CustomAttributes: object[]) => ({ UserPoolId, CustomAttributes })
const custom = async (): Promise<string[]> =>
  (await server.ok('DescribeUserPool', { UserPoolId })).UserPool.SchemaAttributes.map(({ Name }: { Name: string }) => Name).filter(
    (name: string) => name.includes('custom:'),
  )

describe('AddCustomAttributes', () => {
  it('adds attributes at the end of the schema, with their defaults', async () => {
    const developer = { Name: 'grade', AttributeDataType: 'Number', DeveloperOnlyAttribute: true, Mutable: true }
    expect(await server.ok('AddCustomAttributes', add({ Name: 'team', AttributeDataType: 'String' }, developer))).toEqual({})
    expect((await server.ok('DescribeUserPool', { UserPoolId })).UserPool.SchemaAttributes.slice(-2)).toEqual([
      {
        Name: 'custom:team',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: false,
        Required: false,
        StringAttributeConstraints: {},
      },
      {
        Name: 'dev:custom:grade',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: true,
        Mutable: true,
        Required: false,
        NumberAttributeConstraints: {},
      },
    ])
  })

  it('refuses one that is there, and then adds none', async () => {
    const both = add({ Name: 'fresh', AttributeDataType: 'String' }, { Name: 'team', AttributeDataType: 'String' })
    expect(await server.refused('AddCustomAttributes', both)).toEqual([
      'InvalidParameterException',
      'custom:team: Existing attribute already has name custom:team.',
    ])
    expect(await custom()).not.toContain('custom:fresh')
  })

  it('refuses a required one', async () => {
    const required = { Name: 'must', AttributeDataType: 'String', Required: true }
    expect(await server.refused('AddCustomAttributes', add(required))).toEqual([
      'InvalidParameterException',
      'Required custom attributes are not supported currently.',
    ])
  })

  it('adds both of two additions at once', async () => {
    const rival = () => server.ok('AddCustomAttributes', add({ Name: 'quick', AttributeDataType: 'String' }))
    await withRival(server, 'pools', rival).ok('AddCustomAttributes', add({ Name: 'slow', AttributeDataType: 'String' }))
    expect(await custom()).toEqual(expect.arrayContaining(['custom:quick', 'custom:slow']))
  })

  it('stops at 50', async () => {
    const { UserPoolId } = await makePool(server)
    const some = (from: number, count: number) => ({
      UserPoolId,
      CustomAttributes: Array.from({ length: count }, (_, n) => ({ Name: `n${from + n}`, AttributeDataType: 'String' })),
    })
    await server.ok('AddCustomAttributes', some(0, 25))
    expect(await server.refused('AddCustomAttributes', some(25, 26))).toEqual([
      'InvalidParameterException',
      "1 validation error detected: Value at 'customAttributes' failed to satisfy constraint: Member must have length less than or equal to 25",
    ])
    await server.ok('AddCustomAttributes', some(25, 25))
    expect(await server.refused('AddCustomAttributes', some(50, 1))).toEqual([
      'InvalidParameterException',
      'A user pool can have at most 50 custom attributes.',
    ])
  })
})
