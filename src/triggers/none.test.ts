import { describe, expect, it } from 'vitest'
import type { UserPool } from '../domain/user-pool.ts'
import { CognitoError } from '../errors.ts'
import type { LambdaConfigType } from '../model/types.gen.ts'
import { noTriggers } from './none.ts'
import type { TriggerName } from './triggers.ts'

const arn = 'arn:aws:lambda:eu-west-1:000000000000:function:f'
const poolWith = (LambdaConfig?: LambdaConfigType): UserPool => ({ LambdaConfig }) as UserPool

const refusal = (config: LambdaConfigType | undefined, ...names: TriggerName[]): CognitoError | undefined => {
  try {
    noTriggers.requireNone(poolWith(config), ...names)
    return undefined
  } catch (error) {
    if (error instanceof CognitoError) return error
    throw error
  }
}

describe('noTriggers', () => {
  it.each<[TriggerName, LambdaConfigType]>([
    ['PreSignUp', { PreSignUp: arn }],
    ['CustomMessage', { CustomMessage: arn }],
    ['PreTokenGeneration', { PreTokenGeneration: arn }],
    ['PreTokenGeneration', { PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V2_0' } }],
    ['CustomEmailSender', { CustomEmailSender: { LambdaArn: arn, LambdaVersion: 'V1_0' } }],
    ['CustomSMSSender', { CustomSMSSender: { LambdaArn: arn, LambdaVersion: 'V1_0' } }],
    ['InboundFederation', { InboundFederation: { LambdaArn: arn, LambdaVersion: 'V1_0' } }],
  ])('refuses %s where it is configured, naming trigger and function', (name, config) => {
    const error = refusal(config, 'UserMigration', name)
    expect(error?.code).toBe('UnexpectedLambdaException')
    expect(error?.message).toContain(name)
    expect(error?.message).toContain(arn)
  })

  it('is silent where nothing is configured for the triggers that are asked about', () => {
    expect(refusal(undefined, 'PreSignUp')).toBeUndefined()
    expect(refusal({}, 'PreSignUp', 'PreTokenGeneration')).toBeUndefined()
    expect(
      refusal({ PostConfirmation: arn, PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: 'V1_0' } }, 'PreSignUp'),
    ).toBeUndefined()
    expect(refusal({ PreSignUp: arn })).toBeUndefined()
    // What UpdateUserPool leaves behind when a trigger is removed in the console.
    expect(refusal({ PreSignUp: '' }, 'PreSignUp')).toBeUndefined()
  })

  it('names the trigger that stops the call when several are asked about', () => {
    expect(refusal({ PostAuthentication: arn, PreAuthentication: arn }, 'PreAuthentication', 'PostAuthentication')?.message).toMatch(
      /^PreAuthentication /,
    )
  })
})
