import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { askedBy, fieldsOf, tokensIn } from '../../console/src/pages/sign-in-tester/challenge.ts'
import { flowFault, flowOf } from '../../console/src/pages/sign-in-tester/flows.ts'
import { oneTimeCode } from '../../console/src/pages/sign-in-tester/one-time-code.ts'
import { type RefusalFacts, reasonOf } from '../../console/src/pages/sign-in-tester/refusal-reason.ts'
import { codeOf, curlOf } from '../../console/src/pages/sign-in-tester/request.ts'
import { secretHash } from '../../console/src/pages/sign-in-tester/secret-hash.ts'
import { answerVerifier, srpA, srpTimestamp } from '../../console/src/pages/sign-in-tester/srp-client.ts'
import { modPowN } from '../../src/crypto/mod-pow.ts'
import { secretHash as serverSecretHash } from '../../src/crypto/secret-hash.ts'
import { generator, parseTimestamp, privateKey, serverPublicValue } from '../../src/crypto/srp.ts'
import { clientClaim, clientPublicValue } from '../../src/crypto/srp-client.ts'

const bytes = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')
const at = Date.UTC(2026, 10, 7, 9, 5, 3)

describe('SRP in the browser', () => {
  const user = { poolName: 'AbCdEf123', userId: 'ada', password: 'Pässw0rd! 🔑' }

  it.each(['11', '00ff', 'ff80'])('proves what the server’s own client proves (salt %s…)', async (start) => {
    const salt = Buffer.concat([Buffer.from(start, 'hex'), bytes('salt').subarray(0, 14)])
    const secret = bytes(`a ${start}`)
    expect(srpA(secret)).toBe(hex(clientPublicValue(secret)).replace(/^0+/, ''))
    const verifier = modPowN(generator, privateKey(user.poolName, user.userId, user.password, salt))
    const serverPublic = serverPublicValue(verifier, modPowN(generator, bytes('b')))
    const question = { salt, serverPublic, secretBlock: bytes('secret block') }
    const parameters = {
      SALT: hex(salt).replace(/^0+/, ''),
      SRP_B: hex(serverPublic),
      SECRET_BLOCK: Buffer.from(question.secretBlock).toString('base64'),
      USER_ID_FOR_SRP: user.userId,
    }
    const answer = await answerVerifier({ ...user, secret }, parameters, at)
    expect(answer).toEqual({
      PASSWORD_CLAIM_SECRET_BLOCK: parameters.SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: clientClaim(secret, user, question, 'Sat Nov 7 09:05:03 UTC 2026'),
      TIMESTAMP: 'Sat Nov 7 09:05:03 UTC 2026',
    })
    const wrong = await answerVerifier({ ...user, secret, password: 'another' }, parameters, at)
    expect(wrong['PASSWORD_CLAIM_SIGNATURE']).not.toBe(answer['PASSWORD_CLAIM_SIGNATURE'])
  })

  it('answers no server that would take any password, and writes the time as the server reads it', async () => {
    await expect(answerVerifier({ ...user, secret: bytes('a') }, { SRP_B: '0' }, at)).rejects.toThrow('would take any password')
    expect(parseTimestamp(srpTimestamp(at))).toBe(at)
  })
})

describe('codes and hashes in the browser', () => {
  // RFC 6238, appendix B, SHA-1, the last six digits.
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('are those of the RFC at %d s', async (seconds, code) => {
    expect(await oneTimeCode('gezd gnbv gy3t qojq GEZDGNBVGY3TQOJQ', seconds * 1000)).toBe(code)
  })

  it('are none for a text that is no secret', async () => {
    for (const text of ['', '0189', 'no secret!', 'A']) expect(await oneTimeCode(text, at)).toBeUndefined()
  })

  it('are the server’s secret hash', async () => {
    expect(await secretHash('ada', 'client', 'secret')).toBe(serverSecretHash('ada', 'client', 'secret'))
  })
})

describe('requests as text', () => {
  const target = { endpoint: 'http://localhost:9339', region: 'us-east-1' }
  const operation = {
    kind: 'operation' as const,
    operation: 'InitiateAuth',
    input: { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'ada', PASSWORD: `it's "this" $HOME` } },
    signed: false,
  }

  it('are commands whose quotes hold', () => {
    expect(curlOf(operation, target)).toBe(`curl -sS 'http://localhost:9339/' \\
  -H 'Content-Type: application/x-amz-json-1.1' \\
  -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \\
  --data '{"AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"ada","PASSWORD":"it'\\''s \\"this\\" $HOME"}}'`)
    expect(curlOf({ ...operation, signed: true }, target)).toContain("--aws-sigv4 'aws:amz:us-east-1:cognito-idp'")
    const form = {
      kind: 'form',
      path: '/oauth2/token',
      form: { grant_type: 'client_credentials', scope: 'a b' },
      basic: { clientId: 'id', clientSecret: 'se' },
    } as const
    expect(curlOf(form, target)).toContain(
      "--user \"id:$CLIENT_SECRET\" \\\n  --data-urlencode 'grant_type=client_credentials' \\\n  --data-urlencode 'scope=a b'",
    )
  })

  it('are programs that say the same', () => {
    const code = codeOf(operation, target)
    expect(code).toContain('new InitiateAuthCommand({')
    const inner = /Command\((\{[\s\S]*\})\),\n\)/.exec(code)?.[1]
    expect(Function(`return ${inner}`)()).toEqual(operation.input)
    for (const odd of [`'`, `"`, '\\', `\\'`, 'a\nb', `\`\${x}\``, 'x: "y"', `it's\u2028`, `'\u2029  b: "`]) {
      const text = codeOf({ ...operation, input: { Odd: odd, 'a-b': [odd] } }, target)
      expect(Function(`return ${/Command\((\{[\s\S]*\})\),\n\)/.exec(text)?.[1]}`)(), odd).toEqual({ Odd: odd, 'a-b': [odd] })
    }
  })
})

describe('challenges', () => {
  it('are read from the answer, and say what they need', () => {
    const asked = askedBy({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: 's',
      ChallengeParameters: { requiredAttributes: '["userAttributes.name"]' },
    })
    expect(asked && fieldsOf(asked)?.map(({ name }) => name)).toEqual(['NEW_PASSWORD', 'userAttributes.name'])
    expect(askedBy({ AuthenticationResult: {} })).toBeUndefined()
    const choice = askedBy({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD', 'WEB_AUTHN'] })
    expect(choice && fieldsOf(choice)?.[0]?.options).toEqual(['PASSWORD'])
    expect(fieldsOf({ name: 'WEB_AUTHN', session: 's', parameters: {}, available: [] })).toBeUndefined()
  })

  it('end in tokens, of the API and of the token endpoint', () => {
    expect(tokensIn({ AuthenticationResult: { IdToken: 'i', AccessToken: 'a' } }).map(({ token }) => token)).toEqual(['i', 'a'])
    expect(tokensIn({ access_token: 'a' })).toEqual([{ what: 'Access token', token: 'a' }])
    expect(tokensIn({ ChallengeName: 'SMS_MFA' })).toEqual([])
  })
})

describe('what an app client allows', () => {
  it.each([
    ['USER_SRP_AUTH', {}, true],
    ['USER_PASSWORD_AUTH', {}, false],
    ['USER_PASSWORD_AUTH', { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }, true],
    ['USER_PASSWORD_AUTH', { ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] }, true],
    ['ADMIN_USER_PASSWORD_AUTH', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] }, true],
    ['USER_SRP_AUTH', { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }, false],
    ['client_credentials', { AllowedOAuthFlows: ['code'] }, false],
    ['client_credentials', { AllowedOAuthFlows: ['client_credentials'] }, true],
    ['REFRESH_TOKEN_AUTH', { RefreshTokenRotation: { Feature: 'ENABLED' } }, false],
  ] as const)('%s with %o: %s', (flow, client, allowed) => {
    expect(flowFault(flowOf(flow), client) === undefined).toBe(allowed)
  })
})

describe('why a sign-in was refused', () => {
  const facts: RefusalFacts = {
    code: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
    operation: 'InitiateAuth',
    flow: 'USER_PASSWORD_AUTH',
    challenge: undefined,
    flowFault: undefined,
    user: { Enabled: true, UserStatus: 'CONFIRMED' },
  }

  it.each([
    [{}, 'The password'],
    [{ user: 'none' }, 'The user'],
    [{ user: { Enabled: false } }, 'The user'],
    [{ user: { UserStatus: 'UNCONFIRMED' } }, 'The user'],
    [{ challenge: 'CUSTOM_CHALLENGE' }, 'A function of the user pool'],
    [{ message: 'Unable to verify secret hash for client x' }, 'The client secret'],
    [{ message: 'Password attempts exceeded' }, 'The lockout'],
    [{ message: 'Invalid session for the user, session is expired.' }, 'The challenge’s session'],
    [{ message: 'Refresh Token has been revoked', flow: 'REFRESH_TOKEN_AUTH' }, 'The refresh token'],
    [{ code: 'CodeMismatchException', message: 'Invalid code received for user' }, 'The code'],
    [
      { code: 'InvalidParameterException', message: 'USER_PASSWORD_AUTH flow not enabled for this client', flowFault: 'Not allowed.' },
      'The app client’s authentication flows',
    ],
    [{ code: 'invalid_grant', message: '', flow: 'client_credentials' }, 'The grant'],
    [{ code: 'StrangeException', message: '' }, 'InitiateAuth'],
  ] as const)('%o: %s', (changed, check) => {
    expect(reasonOf({ ...facts, ...changed } as RefusalFacts).check).toBe(check)
  })
})
