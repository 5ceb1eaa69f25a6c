import { emailOf, phoneOf, verifiedAddresses } from './challenge-pool.ts'
import { confirmedDeviceOf, signInOn } from './device-sign-in.ts'
import type { Answer, Harness } from './harness.ts'
import type { MadePool } from './make-pool.ts'
import { inviteUser, makeUser, password, temporaryPassword } from './make-user.ts'
import { addPasskey, passkeyChallenge } from './passkeys.ts'
import { setUpTotp } from './set-up-totp.ts'
import { accessTokenOf } from './sign-in.ts'
import { createSrpClient } from './srp-client.ts'
import { totpCode } from './totp-code.ts'

/** An answer to a challenge, as RespondToAuthChallenge takes it. */
export interface ChallengeAnswer {
  readonly ClientId: string
  readonly ChallengeName: string
  readonly Session: string | undefined
  readonly ChallengeResponses: Readonly<Record<string, string>>
}

/** A challenge that somebody was asked. */
export interface Asked {
  /** What answers it rightly now. */
  readonly rightly: () => ChallengeAnswer
  /** Goes on to tokens from what a right answer got. */
  readonly finish: (answer: Answer) => Promise<Answer>
}

/** One kind of challenge: the name of its test, and how somebody new comes to be asked it. */
export interface ChallengeKind {
  readonly name: string
  /** Which pool has it: one where everything is possible and MFA optional, or one that requires MFA. */
  readonly pool: 'open' | 'required'
  /** The app client's flow that it begins with. */
  readonly flow: 'ALLOW_USER_PASSWORD_AUTH' | 'ALLOW_USER_SRP_AUTH' | 'ALLOW_USER_AUTH' | 'ALLOW_CUSTOM_AUTH'
  readonly ask: (made: MadePool, username: string) => Promise<Asked>
  /** Of other challenges, those whose names its session answers too. */
  readonly synonyms?: readonly string[]
}

/** Every kind of challenge. */
export const createChallengeKinds = (server: Harness): ChallengeKind[] => {
  const initiate = ({ ClientId }: MadePool, AuthFlow: string, USERNAME: string, more: Record<string, string> = {}) =>
    server.ok('InitiateAuth', { ClientId, AuthFlow, AuthParameters: { USERNAME, ...more } })
  const byPassword = (made: MadePool, username: string, PASSWORD: string = password) =>
    initiate(made, 'USER_PASSWORD_AUTH', username, { PASSWORD })
  const byChoice = (made: MadePool, username: string, PREFERRED_CHALLENGE?: string) =>
    initiate(made, 'USER_AUTH', username, PREFERRED_CHALLENGE === undefined ? {} : { PREFERRED_CHALLENGE })
  const respond = (answer: ChallengeAnswer) => server.call('RespondToAuthChallenge', { ...answer })
  const user = (made: MadePool, username: string) => makeUser(server, made.UserPoolId, username, verifiedAddresses(username))

  const asking = (made: MadePool, username: string) => {
    const answer = (ChallengeName: string, Session: string | undefined, responses: Readonly<Record<string, string>>): ChallengeAnswer => ({
      ClientId: made.ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: username, ...responses },
    })
    const asked = (
      name: string,
      Session: string | undefined,
      responses: () => Readonly<Record<string, string>>,
      next?: (body: Answer['body']) => ChallengeAnswer,
    ): Asked => ({
      rightly: () => answer(name, Session, responses()),
      finish: async (got) => (next === undefined || got.status !== 200 ? got : respond(next(got.body))),
    })
    return { answer, asked }
  }

  const withToken = async (made: MadePool, username: string) => {
    await user(made, username)
    const secret = await setUpTotp(server, await accessTokenOf(server, made, username))
    // The code of this step is used up.
    server.clock.advance(30_000)
    return () => ({ SOFTWARE_TOKEN_MFA_CODE: totpCode(secret, server.clock.now()) })
  }
  const preferring = async (made: MadePool, username: string, preference: object) => {
    await server.ok('AdminSetUserMFAPreference', { UserPoolId: made.UserPoolId, Username: username, ...preference })
    return byPassword(made, username)
  }
  const preferred = { Enabled: true, PreferredMfa: true }

  const code = (factor: 'EMAIL_OTP' | 'SMS_OTP', destination: (username: string) => string): ChallengeKind => ({
    name: `${factor} as the first factor`,
    pool: 'open',
    flow: 'ALLOW_USER_AUTH',
    ask: async (made, username) => {
      await user(made, username)
      const { Session } = await byChoice(made, username, factor)
      const sent = server.codeSentTo(destination(username))
      return asking(made, username).asked(factor, Session, () => ({ [`${factor}_CODE`]: sent }))
    },
  })
  const secondCode = (
    factor: 'EMAIL_OTP' | 'SMS_MFA',
    setting: 'EmailMfaSettings' | 'SMSMfaSettings',
    destination: (username: string) => string,
  ): ChallengeKind => ({
    name: `${factor} as the second factor`,
    pool: 'open',
    flow: 'ALLOW_USER_PASSWORD_AUTH',
    ask: async (made, username) => {
      await user(made, username)
      const { Session } = await preferring(made, username, { [setting]: preferred })
      const sent = server.codeSentTo(destination(username))
      return asking(made, username).asked(factor, Session, () => ({ [`${factor}_CODE`]: sent }))
    },
  })
  /** Begun with a password in the pool where everything is possible, unless told otherwise. */
  const kind = (name: string, ask: ChallengeKind['ask'], more: Partial<ChallengeKind> = {}): ChallengeKind => ({
    name,
    pool: 'open',
    flow: 'ALLOW_USER_PASSWORD_AUTH',
    ask,
    ...more,
  })
  const setUpEmail = async (made: MadePool, username: string) => {
    await makeUser(server, made.UserPoolId, username)
    return (await byPassword(made, username)).Session as string
  }
  const device = async (made: MadePool, username: string) => {
    await user(made, username)
    const owned = (await confirmedDeviceOf(server, made, username)).device
    const { body } = await signInOn(server, made, username, owned.DeviceKey)
    return { owned, exchange: owned.begin(), Session: body.Session as string }
  }
  const chosen = { flow: 'ALLOW_USER_AUTH' } as const
  const choosing = { ...chosen, synonyms: ['PASSWORD', 'PASSWORD_SRP'] }
  const required = { pool: 'required' } as const

  return [
    kind(
      'SELECT_CHALLENGE with a password',
      async (made, username) => {
        await user(made, username)
        const { Session } = await byChoice(made, username)
        return asking(made, username).asked('SELECT_CHALLENGE', Session, () => ({ ANSWER: 'PASSWORD', PASSWORD: password }))
      },
      choosing,
    ),
    kind(
      'SELECT_CHALLENGE with a code',
      async (made, username) => {
        await user(made, username)
        const { Session } = await byChoice(made, username)
        const { answer, asked } = asking(made, username)
        return asked(
          'SELECT_CHALLENGE',
          Session,
          () => ({ ANSWER: 'EMAIL_OTP' }),
          (body) => answer('EMAIL_OTP', body.Session, { EMAIL_OTP_CODE: server.codeSentTo(emailOf(username)) }),
        )
      },
      choosing,
    ),
    kind(
      'PASSWORD',
      async (made, username) => {
        await user(made, username)
        const { Session } = await byChoice(made, username, 'PASSWORD')
        return asking(made, username).asked('PASSWORD', Session, () => ({ PASSWORD: password }))
      },
      chosen,
    ),
    kind(
      'PASSWORD_SRP',
      async (made, username) => {
        await user(made, username)
        const { answer, asked } = asking(made, username)
        const select = answer('SELECT_CHALLENGE', (await byChoice(made, username)).Session, { ANSWER: 'PASSWORD_SRP' })
        const { Session } = await server.ok('RespondToAuthChallenge', { ...select })
        const srp = createSrpClient(made.UserPoolId)
        return asked(
          'PASSWORD_SRP',
          Session,
          () => ({ SRP_A: srp.srpA }),
          (body) => answer('PASSWORD_VERIFIER', undefined, srp.answer(body.ChallengeParameters, password, server.clock.now())),
        )
      },
      chosen,
    ),
    kind(
      'PASSWORD_VERIFIER',
      async (made, username) => {
        await user(made, username)
        const srp = createSrpClient(made.UserPoolId)
        const { ChallengeParameters } = await initiate(made, 'USER_SRP_AUTH', username, { SRP_A: srp.srpA })
        return asking(made, username).asked('PASSWORD_VERIFIER', undefined, () =>
          srp.answer(ChallengeParameters, password, server.clock.now()),
        )
      },
      { flow: 'ALLOW_USER_SRP_AUTH' },
    ),
    code('EMAIL_OTP', emailOf),
    code('SMS_OTP', phoneOf),
    kind(
      'WEB_AUTHN',
      async (made, username) => {
        await user(made, username)
        const authenticator = await addPasskey(server, made, username)
        const { options, Session } = await passkeyChallenge(server, made, username)
        return asking(made, username).asked('WEB_AUTHN', Session, () => ({ CREDENTIAL: JSON.stringify(authenticator.get(options)) }))
      },
      chosen,
    ),
    kind('SOFTWARE_TOKEN_MFA', async (made, username) => {
      const responses = await withToken(made, username)
      return asking(made, username).asked('SOFTWARE_TOKEN_MFA', (await byPassword(made, username)).Session, responses)
    }),
    secondCode('SMS_MFA', 'SMSMfaSettings', phoneOf),
    secondCode('EMAIL_OTP', 'EmailMfaSettings', emailOf),
    kind('SELECT_MFA_TYPE', async (made, username) => {
      const responses = await withToken(made, username)
      const { Session } = await preferring(made, username, {
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
        SMSMfaSettings: { Enabled: true },
      })
      const { answer, asked } = asking(made, username)
      return asked(
        'SELECT_MFA_TYPE',
        Session,
        () => ({ ANSWER: 'SOFTWARE_TOKEN_MFA' }),
        (body) => answer('SOFTWARE_TOKEN_MFA', body.Session, responses()),
      )
    }),
    kind(
      'MFA_SETUP of a software token',
      async (made, username) => {
        await makeUser(server, made.UserPoolId, username)
        const begun = await byPassword(made, username)
        const { SecretCode, Session } = await server.ok('AssociateSoftwareToken', { Session: begun.Session })
        const verified = await server.ok('VerifySoftwareToken', { Session, UserCode: totpCode(SecretCode, server.clock.now()) })
        return asking(made, username).asked('MFA_SETUP', verified.Session, () => ({}))
      },
      required,
    ),
    kind(
      'MFA_SETUP of an e-mail address',
      async (made, username) => {
        const Session = await setUpEmail(made, username)
        const { answer, asked } = asking(made, username)
        return asked(
          'MFA_SETUP',
          Session,
          () => ({ EMAIL: emailOf(username) }),
          (body) => answer('EMAIL_OTP', body.Session, { EMAIL_OTP_CODE: server.codeSentTo(emailOf(username)) }),
        )
      },
      required,
    ),
    kind(
      'EMAIL_OTP of an address that is set up',
      async (made, username) => {
        const { answer, asked } = asking(made, username)
        const named = answer('MFA_SETUP', await setUpEmail(made, username), { EMAIL: emailOf(username) })
        const { Session } = await server.ok('RespondToAuthChallenge', { ...named })
        const sent = server.codeSentTo(emailOf(username))
        return asked('EMAIL_OTP', Session, () => ({ EMAIL_OTP_CODE: sent }))
      },
      required,
    ),
    kind(
      'CUSTOM_CHALLENGE',
      async (made, username) => {
        await user(made, username)
        const { Session } = await initiate(made, 'CUSTOM_AUTH', username)
        return asking(made, username).asked('CUSTOM_CHALLENGE', Session, () => ({ ANSWER: 'blue' }))
      },
      { flow: 'ALLOW_CUSTOM_AUTH' },
    ),
    kind('DEVICE_SRP_AUTH', async (made, username) => {
      const { owned, exchange, Session } = await device(made, username)
      const { answer, asked } = asking(made, username)
      return asked(
        'DEVICE_SRP_AUTH',
        Session,
        () => ({ DEVICE_KEY: owned.DeviceKey, SRP_A: exchange.SRP_A }),
        (body) => answer('DEVICE_PASSWORD_VERIFIER', body.Session, exchange.answer(body.ChallengeParameters, server.clock.now())),
      )
    }),
    kind('DEVICE_PASSWORD_VERIFIER', async (made, username) => {
      const { owned, exchange, Session } = await device(made, username)
      const { answer, asked } = asking(made, username)
      const begun = answer('DEVICE_SRP_AUTH', Session, { DEVICE_KEY: owned.DeviceKey, SRP_A: exchange.SRP_A })
      const body = await server.ok('RespondToAuthChallenge', { ...begun })
      return asked('DEVICE_PASSWORD_VERIFIER', body.Session, () => exchange.answer(body.ChallengeParameters, server.clock.now()))
    }),
    kind('NEW_PASSWORD_REQUIRED', async (made, username) => {
      await inviteUser(server, made.UserPoolId, username, verifiedAddresses(username))
      const { Session } = await byPassword(made, username, temporaryPassword)
      return asking(made, username).asked('NEW_PASSWORD_REQUIRED', Session, () => ({ NEW_PASSWORD: 'My-Own-Horse-8' }))
    }),
  ]
}
