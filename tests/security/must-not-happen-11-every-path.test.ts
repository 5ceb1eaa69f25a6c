import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import { changePool } from '../support/change-settings.ts'
import type { Answer, Harness } from '../support/harness.ts'
import { password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { createPageSignInPaths } from '../support/page-sign-in-paths.ts'
import { createSignInPaths, pathFunctions, type SignInPath } from '../support/sign-in-paths.ts'

let oauth: OAuthServer
let server: Harness
let paths: Record<'LEGACY' | 'ENABLED', SignInPath[]>

beforeAll(async () => {
  oauth = await startOAuth({ customAuthPages: true }, pathFunctions)
  server = oauth.harness
  const pathsOf = async (client = {}) => [...(await createSignInPaths(server, client)), ...(await createPageSignInPaths(oauth, client))]
  paths = { LEGACY: await pathsOf(), ENABLED: await pathsOf({ PreventUserExistenceErrors: 'ENABLED' }) }
})
afterAll(() => oauth.stop())

/** A state written straight into the row, sessions untouched: each path must look at the state itself. */
const written =
  (change: Partial<User>) =>
  async ({ made }: SignInPath, username: string) => {
    const pool = await server.store.pools.byId(made.UserPoolId)
    const user = await server.store.users.byName(pool?.uid ?? '', username)
    if (user === undefined) throw new Error(`there is no user ${username}`)
    const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() }
    expect(await server.store.users.save(by, { user: { ...user, ...change, mfa: change.mfa ?? user.mfa } })).toBe('saved')
  }

const admin =
  (operation: 'AdminDisableUser' | 'AdminDeleteUser' | 'AdminResetUserPassword') =>
  ({ made: { UserPoolId } }: SignInPath, Username: string) =>
    server.ok(operation, { UserPoolId, Username })

const secondFactor = {
  enabled: ['SOFTWARE_TOKEN_MFA' as const],
  preferred: 'SOFTWARE_TOKEN_MFA' as const,
  softwareToken: { sealedSecret: 'x' },
}

interface State {
  readonly enter: (path: SignInPath, username: string) => Promise<unknown>
  /** Paths that the state does not concern still end in tokens. */
  readonly spares?: (path: SignInPath) => boolean
}

/** Every state, and the paths that it lets pass with good reason. */
const states: Record<string, State> = {
  disabled: { enter: admin('AdminDisableUser') },
  'disabled, in the row alone': { enter: written({ enabled: false }) },
  deleted: { enter: admin('AdminDeleteUser') },
  unconfirmed: {
    enter: written({ status: 'UNCONFIRMED' }),
    // A code that reaches the address or the phone confirms (developer guide, "Passwordless sign-in with one-time passwords").
    spares: ({ name }) =>
      ['USER_AUTH EMAIL_OTP', 'USER_AUTH SMS_OTP', 'step-up', 'a sign-up on a page'].some((begin) => name.startsWith(begin)),
  },
  RESET_REQUIRED: {
    // Administrators reset nobody who is not confirmed yet.
    enter: (path, username) =>
      (path.name.startsWith('a sign-up') ? written({ status: 'RESET_REQUIRED' }) : admin('AdminResetUserPassword'))(path, username),
  },
  'RESET_REQUIRED, in the row alone': { enter: written({ status: 'RESET_REQUIRED' }) },
  FORCE_CHANGE_PASSWORD: { enter: written({ status: 'FORCE_CHANGE_PASSWORD', temporaryPasswordAt: Date.UTC(2026, 0, 15) }) },
  locked: {
    enter: async ({ made: { ClientId } }, USERNAME) => {
      for (let failure = 0; failure < 5; failure += 1) {
        await server.refused('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD: `${password}!` },
        })
      }
    },
    spares: ({ provesPassword }) => !provesPassword,
  },
  'in a pool that requires MFA': {
    enter: ({ made }) => changePool(server, made.UserPoolId, { MfaConfiguration: 'ON' }),
    spares: ({ provesSecondFactor, refreshes }) => provesSecondFactor || refreshes,
  },
  'with a second factor of their own': {
    enter: (path, username) => (path.provesSecondFactor ? Promise.resolve() : written({ mfa: secondFactor })(path, username)),
    spares: ({ provesSecondFactor, refreshes }) => provesSecondFactor || refreshes,
  },
}

let users = 0

const noTokens = ({ status, body }: Answer, what: string) => {
  expect(body, what).not.toHaveProperty('AuthenticationResult')
  // A further question is as good as a refusal here; a fault of the server is not.
  expect(status === 400 || typeof body.ChallengeName === 'string', `${what}: ${status} ${JSON.stringify(body)}`).toBe(true)
}

describe.each(['LEGACY', 'ENABLED'] as const)('must-not-happen 11: every way to tokens, existence errors %s', (errors) => {
  const walk = async (path: SignInPath, state: State | undefined): Promise<Answer> => {
    users += 1
    const username = `walker-${users}`
    const finish = await path.begin(username)
    await state?.enter(path, username)
    try {
      return await finish()
    } finally {
      await changePool(server, path.made.UserPoolId, { MfaConfiguration: 'OPTIONAL' })
    }
  }

  it('leads a user in order to tokens', async () => {
    for (const path of paths[errors]) {
      const { status, body } = await walk(path, undefined)
      expect([status, Object.keys(body.AuthenticationResult ?? body)], path.name).toEqual([
        200,
        expect.arrayContaining(['AccessToken', 'IdToken']),
      ])
    }
  })

  it.each(Object.entries(states))('leads nobody there who is %s', async (name, state) => {
    for (const path of paths[errors]) {
      const answer = await walk(path, state)
      const what = `${name}: ${path.name}`
      if (state.spares?.(path)) expect(answer.body.AuthenticationResult, `${what}: ${JSON.stringify(answer.body)}`).toBeDefined()
      else noTokens(answer, what)
    }
  })
})
