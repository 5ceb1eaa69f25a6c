import { hourlyLimits } from '../../src/domain/quotas.ts'
import type { OperationName } from '../../src/model/types.gen.ts'
import { listed } from '../support/attributes.ts'
import { findOrder, type Model } from './checker.ts'
import {
  type CodeStep,
  codeModel,
  type LockOutStep,
  lockOutModel,
  type NameStep,
  nameModel,
  onceModel,
  type RotationStep,
  rotationModel,
} from './models.ts'
import { newRecorder, type Recorder, unexpected } from './recorder.ts'
import type { Reply, ServerUnderTest } from './server-under-test.ts'

/** Servers on one database, and a pool of theirs in which a verified e-mail address signs in. */
export interface Arena {
  readonly servers: readonly ServerUnderTest[]
  readonly UserPoolId: string
  /** A client that tells whether users exist, and rotates refresh tokens with this period of grace, s. */
  readonly ClientId: string
  readonly grace: number
  /** The code of every message. */
  readonly code: string
  /** 0 <= n < below */
  readonly below: (below: number) => number
}

/** What clients saw, judged. */
export interface Judged {
  readonly isPossible: boolean
  readonly requests: number
  /** Of those, the ones whose outcome is not known. */
  readonly unknown: number
  /** What they saw, for messages. */
  readonly history: string
}

const password = 'Correct-Horse-7'
const clients = 9

const judge = <State, Step>({ history, unknown }: Recorder<Step>, ...models: readonly Model<State, Step>[]): Judged => ({
  isPossible: models.some((model) => findOrder(model, history) !== undefined),
  requests: history.length,
  unknown: unknown(),
  history: history.map((entry) => JSON.stringify(entry)).join('\n'),
})

/** Every client does its work as often, each time at another server. */
const atOnce = (arena: Arena, times: number, work: (server: ServerUnderTest, client: number, n: number) => Promise<unknown>) =>
  Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; n < times; n += 1) await work(arena.servers[(client + n) % arena.servers.length] as ServerUnderTest, client, n)
    }),
  )

/** Again until it is answered: for what has to be there before a history begins. */
const prepare = async (arena: Arena, operation: OperationName, input: Record<string, unknown>) => {
  for (let tries = 0; tries < 40; tries += 1) {
    const reply = await (arena.servers[tries % arena.servers.length] as ServerUnderTest).call(operation, input)
    if (reply !== undefined && (reply.refused === undefined || (tries > 0 && reply.refused === 'UsernameExistsException')))
      return reply.body
    if (reply !== undefined) unexpected(reply)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${operation} was not answered`)
}

const makeUser = async (arena: Arena, Username: string, attributes: Readonly<Record<string, string>> = {}) => {
  const user = { UserPoolId: arena.UserPoolId, Username }
  await prepare(arena, 'AdminCreateUser', { ...user, MessageAction: 'SUPPRESS', UserAttributes: listed(attributes) })
  await prepare(arena, 'AdminSetUserPassword', { ...user, Password: password, Permanent: true })
}

const signUp = (arena: Arena, Username: string, email: string) =>
  prepare(arena, 'SignUp', { ClientId: arena.ClientId, Username, Password: password, UserAttributes: listed({ email }) })

const stepsOfTry =
  (isRight: boolean) =>
  (reply: Reply): readonly CodeStep[] => {
    if (reply === undefined || reply.refused === undefined) return isRight ? ['ask', 'count', 'use'] : ['ask', 'count']
    if (reply.refused === 'CodeMismatchException' && !isRight) return ['ask', 'count']
    if (reply.refused === 'LimitExceededException') return ['find limit']
    // It lost against others five times before it came to use the code.
    if (reply.refused === 'TooManyRequestsException' && isRight) return ['ask', 'count']
    // The code is gone, or its user is confirmed by it.
    const isUsedUp = ['ExpiredCodeException', 'NotAuthorizedException'].includes(reply.refused)
    return isUsedUp ? ['ask', 'maybe count', 'find used up'] : unexpected(reply)
  }

/** A code of a sign-up is tried by all, so many wrong ones for each right one. */
export const recordSignUpCode = async (arena: Arena, name: string, wrongOnes: number): Promise<Judged> => {
  await signUp(arena, name, `${name}@example.org`)
  const recorder = newRecorder<CodeStep>()
  await atOnce(arena, 2, async (server) => {
    const isRight = arena.below(1 + wrongOnes) === 0
    const ConfirmationCode = isRight ? arena.code : arena.code.replace(/^./, (digit) => String((Number(digit) + 1 + arena.below(9)) % 10))
    await recorder.request(
      () => server.call('ConfirmSignUp', { ClientId: arena.ClientId, Username: name, ConfirmationCode }),
      stepsOfTry(isRight),
    )
  })
  return judge(recorder, codeModel({ allowance: hourlyLimits.confirmSignUp }))
}

/** The same with the code of a forgotten password. */
export const recordResetCode = async (arena: Arena, name: string, wrongOnes: number): Promise<Judged> => {
  await makeUser(arena, name, { email: `${name}@example.org`, email_verified: 'true' })
  await prepare(arena, 'ForgotPassword', { ClientId: arena.ClientId, Username: name })
  const recorder = newRecorder<CodeStep>()
  await atOnce(arena, 2, async (server, client, n) => {
    const isRight = arena.below(1 + wrongOnes) === 0
    const ConfirmationCode = isRight ? arena.code : arena.code.replace(/^./, (digit) => String((Number(digit) + 1 + arena.below(9)) % 10))
    const Password = `Other-Horse-${client}-${n}`
    await recorder.request(
      () => server.call('ConfirmForgotPassword', { ClientId: arena.ClientId, Username: name, ConfirmationCode, Password }),
      stepsOfTry(isRight),
    )
  })
  // Asking for the code took one, or more where an answer was lost.
  return judge(recorder, ...[1, 2, 3, 4, 5].map((taken) => codeModel({ allowance: hourlyLimits.forgotPassword - taken })))
}

/** A rotating family of refresh tokens is renewed by all; `wait` lets the period of grace pass, in the middle. */
export const recordRotation = async (arena: Arena, name: string, wait?: () => void): Promise<Judged> => {
  await makeUser(arena, name)
  const AuthParameters = { USERNAME: name, PASSWORD: password }
  const begun = await prepare(arena, 'InitiateAuth', { ClientId: arena.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
  const tokens: { readonly place: number; readonly RefreshToken: string }[] = [
    { place: 0, RefreshToken: begun.AuthenticationResult.RefreshToken },
  ]
  const recorder = newRecorder<RotationStep>()
  const renew = async (server: ServerUnderTest) => {
    const newest = Math.max(...tokens.map(({ place }) => place))
    const chosen = tokens.filter(({ place }) => place >= newest - arena.below(3))
    const { place, RefreshToken } = chosen[arena.below(chosen.length)] ?? tokens[0] ?? { place: 0, RefreshToken: '' }
    const reply = await recorder.request(
      () => server.call('GetTokensFromRefreshToken', { ClientId: arena.ClientId, RefreshToken }),
      (reply) => {
        const isGood = reply?.refused === undefined
        return isGood || reply.refused === 'RefreshTokenReuseException' ? [{ renew: place, isGood }] : unexpected(reply)
      },
    )
    const next = reply?.body?.AuthenticationResult?.RefreshToken
    if (next !== undefined) tokens.push({ place: place + 1, RefreshToken: next })
  }
  await atOnce(arena, 4, renew)
  if (wait !== undefined) {
    await recorder.request(
      async () => {
        wait()
        return { refused: undefined, message: '', body: undefined }
      },
      () => ['wait'],
    )
    await atOnce(arena, 3, renew)
  }
  return judge(recorder, rotationModel(arena.grace > 0))
}

/** Wrong passwords of one user at all servers, some right ones among them, while time stands still. */
export const recordLockOut = async (arena: Arena, name: string): Promise<Judged> => {
  await makeUser(arena, name)
  const recorder = newRecorder<LockOutStep>()
  await atOnce(arena, 3, async (_, client, n) => {
    const server = (client + n) % arena.servers.length
    const isRight = arena.below(6) === 0
    const AuthParameters = { USERNAME: name, PASSWORD: isRight ? password : `Wrong-Horse-${client}-${n}` }
    await recorder.request(
      () =>
        (arena.servers[server] as ServerUnderTest).call('InitiateAuth', {
          ClientId: arena.ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters,
        }),
      (reply) => {
        if (reply?.message === 'Password attempts exceeded') return [{ server, does: 'find locked' }]
        if (reply?.refused === undefined)
          return [
            { server, does: 'begin' },
            { server, does: isRight ? 'pass' : 'fail' },
          ]
        return reply.message === 'Incorrect username or password.' && !isRight
          ? [
              { server, does: 'begin' },
              { server, does: 'fail' },
            ]
          : unexpected(reply)
      },
    )
  })
  return judge(recorder, lockOutModel(arena.servers.length))
}

/** Users who signed up with one address confirm it, others get it from an administrator or lose it, while all look who has it. */
export const recordAlias = async (arena: Arena, name: string): Promise<Judged> => {
  const { UserPoolId, ClientId } = arena
  const email = `${name}@example.org`
  const users = Array.from({ length: clients }, (_, n) => `${name}-${n}`)
  for (const user of users) await signUp(arena, user, email)
  const recorder = newRecorder<NameStep>()
  const claims = (user: string, does: 'claim' | 'take' | 'give up') => (reply: Reply) => {
    if (reply?.refused === undefined) return [{ does, user }]
    if (reply.refused === 'AliasExistsException') return [{ does: 'find taken', user } as const]
    // It lost against others five times, and changed nothing.
    return reply.refused === 'TooManyRequestsException' ? [] : unexpected(reply)
  }
  const change = (user: string, flag: 'true' | 'false') => ({
    UserPoolId,
    Username: user,
    UserAttributes: listed({ email, email_verified: flag }),
  })
  await atOnce(arena, 5, async (server, client, n) => {
    const user = users[client] ?? ''
    if (n === 0) {
      const ForceAliasCreation = arena.below(4) === 0
      const confirmation = { ClientId, Username: user, ConfirmationCode: arena.code, ForceAliasCreation }
      await recorder.request(() => server.call('ConfirmSignUp', confirmation), claims(user, ForceAliasCreation ? 'take' : 'claim'))
      return
    }
    const [does, flag] =
      (
        [
          ['take', 'true'],
          ['give up', 'false'],
        ] as const
      )[arena.below(6)] ?? []
    if (does !== undefined && flag !== undefined) {
      await recorder.request(() => server.call('AdminUpdateUserAttributes', change(user, flag)), claims(user, does))
      return
    }
    await recorder.request(
      () => server.call('AdminGetUser', { UserPoolId, Username: email }),
      (reply) => {
        if (reply === undefined) return []
        if (reply.refused === undefined) return [{ does: 'read', user: reply.body.Username as string }]
        return reply.refused === 'UserNotFoundException' ? [{ does: 'read', user: undefined }] : unexpected(reply)
      },
    )
  })
  return judge(recorder, nameModel)
}

/** One user name is signed up, looked up and deleted by all. */
export const recordUsername = async (arena: Arena, name: string): Promise<Judged> => {
  const { UserPoolId, ClientId } = arena
  const recorder = newRecorder<NameStep>()
  await atOnce(arena, 5, async (server, client, n) => {
    const user = `${client}-${n}`
    const choice = arena.below(5)
    if (n === 0 || choice < 2) {
      const request = { ClientId, Username: name, Password: password, UserAttributes: listed({ nickname: user }) }
      await recorder.request(
        () => server.call('SignUp', request),
        (reply) => {
          if (reply?.refused === undefined) return [{ does: 'claim', user }]
          return reply.refused === 'UsernameExistsException' ? [{ does: 'find taken', user }] : unexpected(reply)
        },
      )
    } else if (choice === 2) {
      await recorder.request(
        () => server.call('AdminDeleteUser', { UserPoolId, Username: name }),
        (reply) => {
          if (reply?.refused === undefined) return [{ does: 'free' }]
          return reply.refused === 'UserNotFoundException' ? [{ does: 'read', user: undefined }] : unexpected(reply)
        },
      )
    } else {
      await recorder.request(
        () => server.call('AdminGetUser', { UserPoolId, Username: name }),
        (reply) => {
          if (reply === undefined) return []
          if (reply.refused === 'UserNotFoundException') return [{ does: 'read', user: undefined }]
          if (reply.refused !== undefined) return unexpected(reply)
          const { UserAttributes } = reply.body as { UserAttributes: { Name: string; Value: string }[] }
          return [{ does: 'read', user: UserAttributes.find(({ Name }) => Name === 'nickname')?.Value }]
        },
      )
    }
  })
  return judge(recorder, nameModel)
}

/** A challenge's Session is answered by all at once. */
export const recordSession = async (arena: Arena, name: string): Promise<Judged> => {
  const { UserPoolId, ClientId } = arena
  await prepare(arena, 'AdminCreateUser', { UserPoolId, Username: name, TemporaryPassword: password, MessageAction: 'SUPPRESS' })
  const AuthParameters = { USERNAME: name, PASSWORD: password }
  const { Session } = await prepare(arena, 'InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
  const recorder = newRecorder<'get' | 'find gone'>()
  await atOnce(arena, 1, async (server, client) => {
    const ChallengeResponses = { USERNAME: name, NEW_PASSWORD: `Other-Horse-${client}` }
    await recorder.request(
      () => server.call('RespondToAuthChallenge', { ClientId, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses }),
      (reply) => {
        if (reply?.refused === undefined) return ['get']
        return reply.refused === 'NotAuthorizedException' ? ['find gone'] : unexpected(reply)
      },
    )
  })
  return judge(recorder, onceModel)
}
