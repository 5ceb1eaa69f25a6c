import { describe, expect, it } from 'vitest'
import { parseUserPoolArn, userPoolArn } from './arn.ts'

describe('user pool ARNs', () => {
  const parts = { region: 'us-east-1', account: '123456789012', poolId: 'us-east-1_EXAMPLE' }
  const arn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_EXAMPLE'

  it('are written and read', () => {
    expect(userPoolArn(parts.region, parts.account, parts.poolId)).toBe(arn)
    expect(parseUserPoolArn(arn)).toEqual(parts)
    expect(parseUserPoolArn(arn.replace('arn:aws:', 'arn:aws-us-gov:'))).toEqual(parts)
  })

  it.each(['', 'us-east-1_EXAMPLE', `${arn}/x`, `x${arn}`, arn.replace('userpool', 'pool'), arn.replace('123456789012', '1'), `${arn}\n`])(
    'are not %j',
    (text) => expect(parseUserPoolArn(text)).toBeUndefined(),
  )
})
