import type { TriggerHandler } from '../../src/triggers/function-target.ts'
import { confirmedDeviceOf, deviceProofOf } from './device-sign-in.ts'
import type { Answer, Harness } from './harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from './make-pool.ts'
import { makeUser, password } from './make-user.ts'
import { addPasskey, passkeyAnswer, passkeyChallenge } from './passkeys.ts'
import { accessTokenOf } from './sign-in.ts'
import { createSrpClient } from './srp-client.ts'
import { totpCode } from './totp-code.ts'

/** A way to tokens, in two parts: what is begun while all is well, and the step that ends in tokens. */
export interface SignInPath {
  readonly name: string
  /** Which pool it goes through. */
  readonly made: MadePool
  /** Makes what the user needs for it, begins, and answers the rest of the way. */
  readonly begin: (username: string) => Promise<() => Promise<Answer>>
  /** A password, or a proof of it, is still to come after the beginning. */
  readonly provesPassword: boolean
  /** Ends with a second factor, or with what stands in for one. */
  readonly provesSecondFactor: boolean
  /** Goes on with a session that exists. */
  readonly refreshes: boolean
}

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:paths-${name}`
/** What a pool's LambdaConfig says to use `pathFunctions`. */
export const pathLambdaConfig = {
  DefineAuthChallenge: arn('define'),
  CreateAuthChallenge: arn('create'),
  VerifyAuthChallengeResponse: arn('verify'),
}

/** The functions that the custom sign-ins of the paths need: one question, whose answer is `blue`. */
export const pathFunctions: Readonly<Record<string, TriggerHandler>> = {
  [pathLambdaConfig.DefineAuthChallenge]: (event) => {
    const last = (event.request['session'] as { challengeName: string; challengeResult: boolean }[]).at(-1)
    if (last?.challengeName === 'SRP_A') return { ...event, response: { challengeName: 'PASSWORD_VERIFIER' } }
    const answered = last?.challengeName === 'CUSTOM_CHALLENGE'
    return {
      ...event,
      response: answered
        ? { issueTokens: last.challengeResult, failAuthentication: !last.challengeResult }
        : { challengeName: 'CUSTOM_CHALLENGE' },
    }
  },
  [pathLambdaConfig.CreateAuthChallenge]: (event) => ({
    ...event,
    response: { publicChallengeParameters: { question: 'colour' }, privateChallengeParameters: { answer: 'blue' } },
  }),
  [pathLambdaConfig.VerifyAuthChallengeResponse]: (event) => ({
    ...event,
    response: {
      answerCorrect: (event.request['privateChallengeParameters'] as { answer: string }).answer === event.request['challengeAnswer'],
    },
  }),
}

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' }

/** Everything that a user can sign in with, switched on. */
const settings = {
  Policies: {
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const, 'SMS_OTP' as const, 'WEB_AUTHN' as const] },
  },
  AutoVerifiedAttributes: ['email' as const],
  LambdaConfig: pathLambdaConfig,
  SmsConfiguration,
}
const flows = [...(everyFlow ?? []), 'ALLOW_USER_AUTH' as const, 'ALLOW_CUSTOM_AUTH' as const]

/** The pools and every path of a server whose harness has `pathFunctions`. */
export const createSignInPaths = async (server: Harness, client: Parameters<typeof makeClient>[2] = {}): Promise<SignInPath[]> => {
  const poolWith = async (more: object) => {
    const made = await makePool(server, { ...settings, ...more }, { ExplicitAuthFlows: flows, ...client })
    await server.ok('SetUserPoolMfaConfig', {
      UserPoolId: made.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      SmsMfaConfiguration: { SmsConfiguration },
    })
    return made
  }
  const open = await poolWith({})
  const tracking = await poolWith({ DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
  const rotating = await makeClient(server, open.UserPoolId, {
    ExplicitAuthFlows: flows.filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH'),
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    ...client,
  })

  const phoneOf = (username: string) =>
    `+1555${String([...username].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e7).padStart(7, '0')}`
  const user = async (made: MadePool, username: string) =>
    makeUser(server, made.UserPoolId, username, {
      email: `${username}@example.org`,
      email_verified: 'true',
      phone_number: phoneOf(username),
      phone_number_verified: 'true',
    })
  const respond = (ClientId: string, ChallengeName: string, USERNAME: string, Session: string | undefined, more: Record<string, string>) =>
    server.call('RespondToAuthChallenge', { ClientId, ChallengeName, Session, ChallengeResponses: { USERNAME, ...more } })
  const initiate = (ClientId: string, AuthFlow: string, USERNAME: string, more: Record<string, string> = {}) =>
    server.call('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { USERNAME, ...more } })
  const srpThen = async (made: MadePool, username: string, start: (srpA: string) => Promise<Answer>) => {
    const srp = createSrpClient(made.UserPoolId)
    const begun = await start(srp.srpA)
    return () =>
      begun.body.ChallengeName === 'PASSWORD_VERIFIER'
        ? respond(
            made.ClientId,
            'PASSWORD_VERIFIER',
            username,
            begun.body.Session,
            srp.answer(begun.body.ChallengeParameters, password, server.clock.now()),
          )
        : Promise.resolve(begun)
  }

  const path = (name: string, begin: SignInPath['begin'], more: Partial<SignInPath> = {}): SignInPath => ({
    name,
    made: open,
    provesPassword: false,
    provesSecondFactor: false,
    refreshes: false,
    ...more,
    begin,
  })
  /** All of it happens at the end. */
  const atOnce = (name: string, made: MadePool, run: (username: string) => Promise<Answer>) =>
    path(
      name,
      async (username) => {
        await user(made, username)
        return () => run(username)
      },
      { made, provesPassword: true },
    )

  const custom = async (username: string, last: Promise<Answer>) => {
    const { body, ...rest } = await last
    if (body.ChallengeName !== 'CUSTOM_CHALLENGE') return { body, ...rest }
    return respond(open.ClientId, 'CUSTOM_CHALLENGE', username, body.Session, { ANSWER: 'blue' })
  }

  const withSecret = async (username: string) => {
    await user(open, username)
    const AccessToken = await accessTokenOf(server, open, username)
    const { SecretCode } = await server.ok('AssociateSoftwareToken', { AccessToken })
    await server.ok('VerifySoftwareToken', { AccessToken, UserCode: totpCode(SecretCode, server.clock.now()) })
    // The code that set it up is used.
    server.clock.advance(30_000)
    return { AccessToken, code: () => totpCode(SecretCode, server.clock.now()) }
  }
  const preferring = async (username: string, preference: object) => {
    const { AccessToken, code } = await withSecret(username)
    await server.ok('SetUserMFAPreference', { AccessToken, ...preference })
    const { body } = await initiate(open.ClientId, 'USER_PASSWORD_AUTH', username, { PASSWORD: password })
    return { code, body }
  }
  const preferred = { Enabled: true, PreferredMfa: true }
  const firstFactorCode = (factor: 'EMAIL_OTP' | 'SMS_OTP') =>
    path(`USER_AUTH ${factor}, begun before`, async (username) => {
      await user(open, username)
      const { body } = await initiate(open.ClientId, 'USER_AUTH', username, { PREFERRED_CHALLENGE: factor })
      const code = server.codeSentTo(factor === 'EMAIL_OTP' ? `${username}@example.org` : phoneOf(username))
      return () => respond(open.ClientId, factor, username, body.Session, { [`${factor}_CODE`]: code })
    })
  const refreshing = (name: string, made: MadePool, run: (token: string) => Promise<Answer>) =>
    path(
      name,
      async (username) => {
        await user(made, username)
        const { body } = await initiate(made.ClientId, 'USER_PASSWORD_AUTH', username, { PASSWORD: password })
        return () => run(body.AuthenticationResult.RefreshToken)
      },
      { made, refreshes: true },
    )

  return [
    atOnce('USER_PASSWORD_AUTH', open, (username) => initiate(open.ClientId, 'USER_PASSWORD_AUTH', username, { PASSWORD: password })),
    atOnce('ADMIN_USER_PASSWORD_AUTH', open, (USERNAME) =>
      server.call('AdminInitiateAuth', {
        UserPoolId: open.UserPoolId,
        ClientId: open.ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    ),
    atOnce('USER_SRP_AUTH', open, async (username) =>
      (await srpThen(open, username, (SRP_A) => initiate(open.ClientId, 'USER_SRP_AUTH', username, { SRP_A })))(),
    ),
    atOnce('USER_AUTH PASSWORD', open, (username) =>
      initiate(open.ClientId, 'USER_AUTH', username, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }),
    ),
    path(
      'USER_SRP_AUTH, begun before',
      async (username) => {
        await user(open, username)
        return srpThen(open, username, (SRP_A) => initiate(open.ClientId, 'USER_SRP_AUTH', username, { SRP_A }))
      },
      { provesPassword: true },
    ),
    path(
      'USER_AUTH, chosen before',
      async (username) => {
        await user(open, username)
        const { body } = await initiate(open.ClientId, 'USER_AUTH', username)
        return () => respond(open.ClientId, 'SELECT_CHALLENGE', username, body.Session, { ANSWER: 'PASSWORD', PASSWORD: password })
      },
      { provesPassword: true },
    ),
    path(
      'USER_AUTH PASSWORD_SRP, begun before',
      async (username) => {
        await user(open, username)
        return srpThen(open, username, (SRP_A) =>
          initiate(open.ClientId, 'USER_AUTH', username, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A }),
        )
      },
      { provesPassword: true },
    ),
    firstFactorCode('EMAIL_OTP'),
    firstFactorCode('SMS_OTP'),
    path('USER_AUTH WEB_AUTHN, begun before', async (username) => {
      await user(open, username)
      const authenticator = await addPasskey(server, open, username)
      const { options, Session } = await passkeyChallenge(server, open, username)
      return () => server.call('RespondToAuthChallenge', passkeyAnswer(open, username, Session, authenticator.get(options)))
    }),
    path('USER_AUTH with the session of a confirmation', async (Username) => {
      const { ClientId } = open
      const email = `${Username}@example.org`
      await server.ok('SignUp', { ClientId, Username, Password: password, UserAttributes: [{ Name: 'email', Value: email }] })
      const { Session } = await server.ok('ConfirmSignUp', { ClientId, Username, ConfirmationCode: server.codeSentTo(email) })
      return () => server.call('InitiateAuth', { ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: Username }, Session })
    }),
    path('step-up, begun before', async (username) => {
      await user(open, username)
      const ACCESS_TOKEN = await accessTokenOf(server, open, username)
      const { body } = await initiate(open.ClientId, 'USER_AUTH', username, {
        ACCESS_TOKEN,
        TARGET_ACR_VALUES: 'urn:cognito:loa:3',
        PREFERRED_CHALLENGE: 'EMAIL_OTP',
      })
      const code = server.codeSentTo(`${username}@example.org`)
      return () => respond(open.ClientId, 'EMAIL_OTP', username, body.Session, { EMAIL_OTP_CODE: code })
    }),
    path('CUSTOM_AUTH', async (username) => {
      await user(open, username)
      return () => custom(username, initiate(open.ClientId, 'CUSTOM_AUTH', username))
    }),
    path('CUSTOM_AUTH, begun before', async (username) => {
      await user(open, username)
      const begun = initiate(open.ClientId, 'CUSTOM_AUTH', username)
      await begun
      return () => custom(username, begun)
    }),
    path(
      'CUSTOM_AUTH with SRP, begun before',
      async (username) => {
        await user(open, username)
        const prove = await srpThen(open, username, (SRP_A) =>
          initiate(open.ClientId, 'CUSTOM_AUTH', username, { CHALLENGE_NAME: 'SRP_A', SRP_A }),
        )
        return () => custom(username, prove())
      },
      { provesPassword: true },
    ),
    path(
      'SOFTWARE_TOKEN_MFA, begun before',
      async (username) => {
        const { code, body } = await preferring(username, { SoftwareTokenMfaSettings: preferred })
        return () => respond(open.ClientId, 'SOFTWARE_TOKEN_MFA', username, body.Session, { SOFTWARE_TOKEN_MFA_CODE: code() })
      },
      { provesSecondFactor: true },
    ),
    path(
      'SMS_MFA, begun before',
      async (username) => {
        const { body } = await preferring(username, { SMSMfaSettings: preferred })
        const code = server.codeSentTo(phoneOf(username))
        return () => respond(open.ClientId, 'SMS_MFA', username, body.Session, { SMS_MFA_CODE: code })
      },
      { provesSecondFactor: true },
    ),
    path(
      'SELECT_MFA_TYPE, begun before',
      async (username) => {
        const { code, body } = await preferring(username, {
          SoftwareTokenMfaSettings: { Enabled: true },
          SMSMfaSettings: { Enabled: true },
        })
        return async () => {
          const chosen = await respond(open.ClientId, 'SELECT_MFA_TYPE', username, body.Session, { ANSWER: 'SOFTWARE_TOKEN_MFA' })
          if (chosen.body.ChallengeName !== 'SOFTWARE_TOKEN_MFA') return chosen
          return respond(open.ClientId, 'SOFTWARE_TOKEN_MFA', username, chosen.body.Session, { SOFTWARE_TOKEN_MFA_CODE: code() })
        }
      },
      { provesSecondFactor: true },
    ),
    path(
      'DEVICE_PASSWORD_VERIFIER, begun before',
      async (username) => {
        await user(tracking, username)
        const { device } = await confirmedDeviceOf(server, tracking, username)
        const proof = await deviceProofOf(server, tracking, username, device)
        return () => server.call('RespondToAuthChallenge', proof)
      },
      { made: tracking, provesSecondFactor: true },
    ),
    refreshing('REFRESH_TOKEN_AUTH', open, (REFRESH_TOKEN) =>
      server.call('InitiateAuth', { ClientId: open.ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    ),
    refreshing('GetTokensFromRefreshToken', open, (RefreshToken) =>
      server.call('GetTokensFromRefreshToken', { ClientId: open.ClientId, RefreshToken }),
    ),
    refreshing('GetTokensFromRefreshToken, rotating', rotating, (RefreshToken) =>
      server.call('GetTokensFromRefreshToken', { ClientId: rotating.ClientId, RefreshToken }),
    ),
  ]
}
