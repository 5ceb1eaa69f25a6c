import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { makePool } from '../../tests/support/make-pool.ts'
import { everybodyIsOperator } from './operator.ts'
import { createTriggersView } from './triggers-view.ts'

const mapped = 'arn:aws:lambda:us-east-1:000000000000:function:mapped'
const other = 'arn:aws:lambda:us-east-1:000000000000:function:other'

let server: Harness
let poolId = ''

beforeAll(async () => {
  server = await createHarness()
  const versioned = { LambdaArn: other, LambdaVersion: 'V2_0' as const }
  const LambdaConfig = { PreSignUp: mapped, PreTokenGeneration: other, PreTokenGenerationConfig: versioned }
  poolId = (await makePool(server, { LambdaConfig })).UserPoolId
})
afterAll(() => server.close())

const ask = async (operator: { readonly policies: undefined | readonly [] }, of = poolId) => {
  const everybody = (await everybodyIsOperator({ headers: {} })) ?? expect.fail('nobody is the operator')
  const events = [{ event: { userPoolId: poolId } }, { event: { userPoolId: 'us-east-1_other' } }, { event: 'nothing' }]
  const view = createTriggersView(server, { invocations: () => events, isMapped: (arn) => arn === mapped })
  return view(of, { operator: { ...everybody, ...operator }, after: undefined })
}

describe('the triggers view', () => {
  it('tells the calls of the pool’s functions, and which of them are not there', async () => {
    expect(await ask({ policies: undefined })).toEqual({ invocations: [{ event: { userPoolId: poolId } }], unmapped: [other] })
    expect(await ask({ policies: undefined }, 'us-east-1_none')).toBeUndefined()
  })

  it('asks policies, and does not tell whether there is a pool', async () => {
    expect([await ask({ policies: [] }), await ask({ policies: [] }, 'us-east-1_none')]).toEqual(['denied', 'denied'])
  })
})
