import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { User } from '../../src/domain/user.ts'
import type { LambdaConfigType } from '../../src/model/types.gen.ts'
import type { TriggerHandler } from '../../src/triggers/function-target.ts'
import type { TriggerEvent } from '../../src/triggers/triggers.ts'
import { changePool } from '../support/change-settings.ts'
import { countWork } from '../support/count-work.ts'
import { type Answer, callsThrough, type Harness } from '../support/harness.ts'
import { everyFlow, type MadePool, makeClient, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type OAuthServer, startOAuth } from '../support/oauth-server.ts'
import { openBrowser, type PageBrowser } from '../support/page-browser.ts'
import { authorizeQuery, makePagePool } from '../support/page-pool.ts'
import { createPageSignInPaths } from '../support/page-sign-in-paths.ts'
import { openSignIn, typePassword } from '../support/page-steps.ts'
import { redispatch } from '../support/redispatch.ts'
import { tokensOf } from '../support/sign-in.ts'
import { createSignInPaths, pathFunctions, pathLambdaConfig, type SignInPath } from '../support/sign-in-paths.ts'

/** The functions between whose call and whose answer something happens to the user. */
const triggers = ['PreAuthentication', 'DefineAuthChallenge', 'PostAuthentication', 'PreTokenGeneration'] as const
type Trigger = (typeof triggers)[number]

let oauth: OAuthServer
let server: Harness
/** What happens while the next function works. */
let waiting: { readonly trigger: Trigger; readonly happens: () => Promise<unknown> } | undefined

const slowArn = 'arn:aws:lambda:us-east-1:000000000000:function:slow'
const slowConfig: LambdaConfigType = { PreAuthentication: slowArn, PostAuthentication: slowArn, PreTokenGeneration: slowArn }

const meanwhile = async (trigger: Trigger): Promise<void> => {
  if (waiting?.trigger !== trigger) return
  const { happens } = waiting
  waiting = undefined
  await happens()
}

const define = pathLambdaConfig.DefineAuthChallenge
const functions: Readonly<Record<string, TriggerHandler>> = {
  ...pathFunctions,
  [slowArn]: async (event) => {
    for (const trigger of triggers) if (event.triggerSource.startsWith(trigger.replace('PreToken', 'Token'))) await meanwhile(trigger)
    return event
  },
  [define]: async (event, ...more) => {
    const answer = (await pathFunctions[define]?.(event, ...more)) as TriggerEvent & { response: { issueTokens?: boolean } }
    if (answer.response.issueTokens) await meanwhile('DefineAuthChallenge')
    return answer
  },
}

let every: SignInPath[]
let pool: MadePool

beforeAll(async () => {
  oauth = await startOAuth({ customAuthPages: true }, functions)
  server = oauth.harness
  every = [...(await createSignInPaths(server)), ...(await createPageSignInPaths(oauth))]
  for (const UserPoolId of new Set(every.map(({ made }) => made.UserPoolId))) {
    await changePool(server, UserPoolId, { LambdaConfig: { ...pathLambdaConfig, ...slowConfig } })
  }
  pool = await makePool(
    server,
    { LambdaConfig: { ...pathLambdaConfig, ...slowConfig } },
    { ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH'] },
  )
})
afterAll(() => oauth.stop())
beforeEach(() => {
  waiting = undefined
})

/** A state written straight into the row, sessions untouched. */
const written =
  (change: Partial<User>) =>
  async ({ UserPoolId }: MadePool, username: string) => {
    const found = await server.store.pools.byId(UserPoolId)
    const user = await server.store.users.byName(found?.uid ?? '', username)
    if (user === undefined) throw new Error(`there is no user ${username}`)
    const by = { actor: 'test', requestId: 'r', action: 'Test', at: server.clock.now() }
    expect(await server.store.users.save(by, { user: { ...user, ...change } })).toBe('saved')
  }

const admin =
  (operation: 'AdminDisableUser' | 'AdminUserGlobalSignOut' | 'AdminDeleteUser' | 'AdminResetUserPassword') =>
  ({ UserPoolId }: MadePool, Username: string) =>
    server.ok(operation, { UserPoolId, Username })

const given =
  (Permanent: boolean) =>
  ({ UserPoolId }: MadePool, Username: string) =>
    server.ok('AdminSetUserPassword', { UserPoolId, Username, Password: 'Another-Horse-8', Permanent })

const invalid = ['NotAuthorizedException', 'Invalid session for the user.']
const revoked = ['NotAuthorizedException', 'Refresh Token has been revoked']
const disabled = ['NotAuthorizedException', 'User is disabled.']
const reset = ['PasswordResetRequiredException', 'Password reset required for the user']
const incorrect = ['NotAuthorizedException', 'Incorrect username or password.']

interface End {
  readonly happens: (made: MadePool, username: string) => Promise<unknown>
  /** What a sign-in is told, where existence is no secret and where it is, and a refresh. */
  readonly told: readonly [signIn: readonly string[], hidden: readonly string[], refresh: readonly string[]]
}

/** What ends the right to tokens. */
const ends: Record<string, End> = {
  disabled: { happens: admin('AdminDisableUser'), told: [disabled, disabled, disabled] },
  'disabled, in the row alone': { happens: written({ enabled: false }), told: [disabled, disabled, disabled] },
  'disabled and enabled again': {
    happens: async (made, username) => {
      await admin('AdminDisableUser')(made, username)
      await server.ok('AdminEnableUser', { UserPoolId: made.UserPoolId, Username: username })
    },
    told: [invalid, invalid, revoked],
  },
  'signed out everywhere': { happens: admin('AdminUserGlobalSignOut'), told: [invalid, invalid, revoked] },
  deleted: {
    happens: admin('AdminDeleteUser'),
    told: [['UserNotFoundException', 'User does not exist.'], incorrect, ['NotAuthorizedException', 'Invalid Refresh Token.']],
  },
  'told to reset the password': { happens: admin('AdminResetUserPassword'), told: [reset, incorrect, revoked] },
  'given another password': { happens: given(true), told: [invalid, invalid, revoked] },
  'given a temporary password': { happens: given(false), told: [invalid, invalid, revoked] },
  'FORCE_CHANGE_PASSWORD, in the row alone': {
    happens: written({ status: 'FORCE_CHANGE_PASSWORD' }),
    told: [invalid, invalid, revoked],
  },
}

let users = 0
const nextUser = async (made = pool): Promise<string> => {
  users += 1
  await makeUser(server, made.UserPoolId, `late-${users}`, { email: `late-${users}@example.org`, email_verified: 'true' })
  return `late-${users}`
}

describe('must-not-happen 11: every way to tokens, while a function works', () => {
  const walk = async (path: SignInPath, trigger: Trigger, end: End | undefined): Promise<Answer | 'not asked'> => {
    users += 1
    const username = `walker-${users}`
    const finish = await path.begin(username)
    waiting = { trigger, happens: async () => end?.happens(path.made, username) }
    try {
      const answer = await finish()
      return waiting === undefined ? answer : 'not asked'
    } catch (error) {
      // A code that is redeemed too late.
      if (String(error).includes('invalid_grant')) return { status: 400, body: {}, headers: {} }
      throw error
    }
  }
  /** The ways take turns, and each trigger begins with another end. */
  const endFor = (trigger: Trigger, at: number): string =>
    ['disabled', 'signed out everywhere', 'deleted'][(at + triggers.indexOf(trigger)) % 3] ?? ''

  it('leads a user in order to tokens', async () => {
    for (const path of every) {
      const answer = await walk(path, 'PreTokenGeneration', undefined)
      expect([path.name, answer]).toEqual([path.name, expect.objectContaining({ status: 200 })])
    }
  })

  it.each(triggers)('leads nobody there who is disabled, signed out or deleted during %s', async (trigger) => {
    let asked = 0
    for (const [at, path] of every.entries()) {
      const name = endFor(trigger, at)
      // A password that is looked at after PreAuthentication is one given after the sign-out.
      if (trigger === 'PreAuthentication' && name === 'signed out everywhere' && path.provesPassword) continue
      const answer = await walk(path, trigger, ends[name])
      if (answer === 'not asked') continue
      asked += 1
      const what = `${name}: ${path.name}: ${answer.status} ${JSON.stringify(answer.body)}`
      expect(answer.body, what).not.toHaveProperty('AuthenticationResult')
      // A further question is as good as a refusal here; a fault of the server is not.
      expect(answer.status === 400 || typeof answer.body.ChallengeName === 'string', what).toBe(true)
    }
    expect(asked).toBeGreaterThan(3)
  })
})

describe.each(['LEGACY', 'ENABLED'] as const)(
  'must-not-happen 11: whose right to tokens ends while a function works, existence errors %s',
  (errors) => {
    let made: MadePool
    beforeAll(async () => {
      made = await makeClient(server, pool.UserPoolId, {
        ExplicitAuthFlows: [...(everyFlow ?? []), 'ALLOW_CUSTOM_AUTH'],
        PreventUserExistenceErrors: errors,
      })
    })
    const initiate = (AuthFlow: string, AuthParameters: Record<string, string>) =>
      server.call('InitiateAuth', { ClientId: made.ClientId, AuthFlow, AuthParameters })
    const custom = async (USERNAME: string): Promise<Answer> => {
      const { body } = await initiate('CUSTOM_AUTH', { USERNAME })
      const { ChallengeName, Session } = body
      const ChallengeResponses = { USERNAME, ANSWER: 'blue' }
      return server.call('RespondToAuthChallenge', { ClientId: made.ClientId, ChallengeName, Session, ChallengeResponses })
    }
    const told = ({ status, body }: Answer) => [status, body.__type, body.message]

    it.each(Object.entries(ends))('is refused a sign-in like anybody who is %s', async (_, { happens, told: [plain, hidden] }) => {
      for (const trigger of ['PostAuthentication', 'PreTokenGeneration', 'DefineAuthChallenge'] as const) {
        const username = await nextUser(made)
        waiting = { trigger, happens: () => happens(made, username) }
        const answer =
          trigger === 'DefineAuthChallenge'
            ? await custom(username)
            : await initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password })
        expect(told(answer), trigger).toEqual([400, ...(errors === 'ENABLED' ? hidden : plain)])
      }
    })

    it.each(Object.entries(ends))('is refused a refresh like anybody who is %s', async (_, { happens, told: [, , words] }) => {
      for (const [way, again] of [
        ['REFRESH_TOKEN_AUTH', (REFRESH_TOKEN: string) => initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })],
        [
          'GetTokensFromRefreshToken',
          (RefreshToken: string) => server.call('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken }),
        ],
      ] as const) {
        const username = await nextUser(made)
        const { RefreshToken } = await tokensOf(server, made, username)
        waiting = { trigger: 'PreTokenGeneration', happens: () => happens(made, username) }
        expect(told(await again(RefreshToken)), way).toEqual([400, ...words])
      }
    })

    it('is refused a refresh of a session that is revoked', async () => {
      const { RefreshToken } = await tokensOf(server, made, await nextUser(made))
      waiting = {
        trigger: 'PreTokenGeneration',
        happens: () => server.ok('RevokeToken', { ClientId: made.ClientId, Token: RefreshToken }, { unsigned: true }),
      }
      expect(told(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }))).toEqual([400, ...revoked])
    })

    it('is refused at the token endpoint with invalid_grant', async () => {
      const username = await nextUser(made)
      const { RefreshToken } = await tokensOf(server, made, username)
      waiting = { trigger: 'PreTokenGeneration', happens: () => admin('AdminUserGlobalSignOut')(made, username) }
      const { status, body } = await oauth.post('token', {
        grant_type: 'refresh_token',
        client_id: made.ClientId,
        refresh_token: RefreshToken,
      })
      expect([status, body]).toEqual([400, { error: 'invalid_grant' }])
    })
  },
)

describe('must-not-happen 13: tokens at once from a page, while a function works', () => {
  let page: MadePool
  beforeAll(async () => {
    page = await makePagePool(server, { LambdaConfig: slowConfig })
  })
  const token = { response_type: 'token' }
  const signedIn = async (): Promise<readonly [PageBrowser, string]> => {
    const browser = openBrowser(oauth.url)
    const username = await nextUser(page)
    expect((await typePassword(browser, page, username, password, token)).location).toContain('access_token=')
    return [browser, username]
  }
  const logOut = (browser: PageBrowser) =>
    browser.get(`/logout?${new URLSearchParams({ client_id: page.ClientId, logout_uri: 'https://app.example.com/bye' })}`)

  it.each(['PostAuthentication', 'PreTokenGeneration'] as const)('go to nobody who is signed out everywhere during %s', async (trigger) => {
    const username = await nextUser(page)
    waiting = { trigger, happens: () => admin('AdminUserGlobalSignOut')(page, username) }
    const { status, location, faults } = await typePassword(openBrowser(oauth.url), page, username, password, token)
    expect([status, location, faults]).toEqual([200, '', [expect.stringContaining('Please sign in again.')]])
  })

  it.each(['signed out everywhere', 'disabled', 'deleted', 'logged out'])('go to nobody who was signed in and is %s', async (end) => {
    for (const goOn of ['at once', 'when asked']) {
      const [browser, username] = await signedIn()
      const form = goOn === 'when asked' ? await openSignIn(browser, page, token) : undefined
      const happens =
        end === 'logged out' ? () => logOut(browser) : () => ends[end]?.happens(page, username) ?? Promise.reject(new Error(end))
      waiting = { trigger: 'PreTokenGeneration', happens }
      const { location } = await (form === undefined
        ? browser.get(`/oauth2/authorize?${authorizeQuery(page, token)}`)
        : browser.submit(form, { continue: 'yes' }))
      expect(waiting, goOn).toBeUndefined()
      expect(location, goOn).not.toContain('token=')
    }
  })
})

describe('must-not-happen 11: the second look', () => {
  const verbs = async (made: MadePool) => {
    const username = await nextUser(made)
    const { RefreshToken } = await tokensOf(server, made, username)
    const work = countWork(server)
    const calls = callsThrough(redispatch(server, work.services))
    const looks = () => work.take().filter((verb) => verb === 'users.byIdAndOrigin').length
    await calls.ok('InitiateAuth', {
      ClientId: made.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    })
    const signIn = looks()
    await calls.ok('GetTokensFromRefreshToken', { ClientId: made.ClientId, RefreshToken })
    return { signIn, refresh: looks() }
  }

  it('is taken where a function was asked, once', async () => {
    expect(await verbs(pool)).toEqual({ signIn: 1, refresh: 2 })
    const after = await makePool(server, { LambdaConfig: { PostAuthentication: slowArn } })
    expect(await verbs(after)).toEqual({ signIn: 1, refresh: 1 })
  })

  it('costs nothing in pools without such functions', async () => {
    expect(await verbs(await makePool(server))).toEqual({ signIn: 0, refresh: 1 })
    const other = await makePool(server, { LambdaConfig: { PreSignUp: slowArn, PostConfirmation: slowArn } })
    expect(await verbs(other)).toEqual({ signIn: 0, refresh: 1 })
  })
})
