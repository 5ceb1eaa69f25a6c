import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { longestLag } from '../../src/domain/longest-lag.ts'
import { guessesPerCode } from '../../src/domain/quotas.ts'
import { confirmation, newDeviceOf } from '../support/device-sign-in.ts'
import { everyFlow, type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { type Nodes, openNodes } from '../support/open-nodes.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { signUpUser } from '../support/sign-up-user.ts'

const missing = inject('postgres') === undefined
const note = missing ? ' (skipped: no PostgreSQL server program on this machine)' : ''

let nodes: Nodes
let pool: MadePool

beforeAll(async () => {
  if (missing) return
  nodes = await openNodes()
  pool = await makePool(
    nodes.all[0],
    { AutoVerifiedAttributes: ['email'], AliasAttributes: ['email'] },
    {
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    },
  )
})
afterAll(() => nodes?.close())

const times = <T>(work: (n: number) => T): T[] => Array.from({ length: atOnce }, (_, n) => work(n))
const address = (name: string) => `${name}@example.org`

const signIn = async (n: number, USERNAME: string, PASSWORD = password) =>
  nodes.at(n).call('InitiateAuth', { ClientId: pool.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } })
const refresh = (n: number, RefreshToken: string) =>
  nodes.at(n).call('GetTokensFromRefreshToken', { ClientId: pool.ClientId, RefreshToken })

describe.skipIf(missing)(`three nodes on one database${note}`, () => {
  it('let one of fifty use a code (must-not-happen 05)', async () => {
    await signUpUser(nodes.all[0], pool, 'once', { email: address('once') })
    const ConfirmationCode = nodes.codeSentTo(address('once'))
    const calls = times((n) => nodes.at(n).call('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'once', ConfirmationCode }))
    const counts = await outcomes(calls)
    expect(counts['ok']).toBe(1)
    expect(Object.keys(counts).sort()).not.toContain('InternalErrorException')
  })

  it('compare no more guesses of a code together than one of them does (must-not-happen 05)', async () => {
    await signUpUser(nodes.all[1], pool, 'guessed', { email: address('guessed') })
    const code = nodes.codeSentTo(address('guessed'))
    const wrong = (n: number) => String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0')
    const counts = await outcomes(
      times((n) => nodes.at(n).call('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'guessed', ConfirmationCode: wrong(n) })),
    )
    expect(counts['CodeMismatchException']).toBeLessThanOrEqual(guessesPerCode)
    expect(counts['ok']).toBeUndefined()
    const [type] = await nodes.all[2].refused('ConfirmSignUp', { ClientId: pool.ClientId, Username: 'guessed', ConfirmationCode: code })
    expect(type).not.toBe('CodeMismatchException')
  })

  it('give one successor of a rotating refresh token (must-not-happen 03)', async () => {
    await makeUser(nodes.all[0], pool.UserPoolId, 'rotating')
    const { body } = await signIn(1, 'rotating')
    const answers = await Promise.all(times((n) => refresh(n, body.AuthenticationResult.RefreshToken)))
    expect(await outcomes(answers.map((answer) => Promise.resolve(answer)))).toEqual({ ok: 1, RefreshTokenReuseException: atOnce - 1 })
  })

  it('lock a user out together (must-not-happen 01)', async () => {
    await makeUser(nodes.all[0], pool.UserPoolId, 'attacked')
    const answers = await Promise.all(times((n) => signIn(n, 'attacked', `Wrong-Horse-${n}`)))
    const compared = answers.filter(({ body }) => body.message === 'Incorrect username or password.')
    const locked = answers.filter(({ body }) => body.message === 'Password attempts exceeded')
    expect(compared.length + locked.length).toBe(atOnce)
    // Each node lets five checks of one user run at once.
    expect(compared.length).toBeLessThanOrEqual(5 * nodes.all.length + 5)
    for (const n of [0, 1, 2]) expect((await signIn(n, 'attacked')).body.message).toBe('Password attempts exceeded')
  })

  it('give an alias to one of fifty who claim it (must-not-happen 12)', async () => {
    const users = times((n) => `claimant-${n}`)
    await Promise.all(users.map((name, n) => makeUser(nodes.at(n), pool.UserPoolId, name)))
    const claims = users.map((Username, n) =>
      nodes.at(n).call('AdminUpdateUserAttributes', {
        UserPoolId: pool.UserPoolId,
        Username,
        UserAttributes: [
          { Name: 'email', Value: address('wanted') },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    )
    const answers = await Promise.all(claims)
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.__type)).not.toContain('InternalErrorException')
    const { body } = await signIn(2, address('wanted'))
    const holders = await Promise.all(
      users.map(async (Username) => {
        const user = await nodes.all[0].ok('AdminGetUser', { UserPoolId: pool.UserPoolId, Username })
        const value = (name: string) => user.UserAttributes.find(({ Name }: { Name: string }) => Name === name)?.Value
        return value('email') === address('wanted') && value('email_verified') === 'true' ? [Username] : []
      }),
    )
    expect(holders.flat().length).toBe(1)
    expect(body.AuthenticationResult).toBeDefined()
  })

  it('all refuse at once what one of them has signed out, disabled or deleted (must-not-happen 13)', async () => {
    for (const [name, operation] of [
      ['signed-out', 'AdminUserGlobalSignOut'],
      ['disabled', 'AdminDisableUser'],
      ['deleted', 'AdminDeleteUser'],
    ] as const) {
      await makeUser(nodes.all[0], pool.UserPoolId, name)
      const { body } = await signIn(0, name)
      const { AccessToken, RefreshToken } = body.AuthenticationResult
      for (const node of nodes.all) await node.ok('GetUser', { AccessToken })
      await nodes.all[0].ok(operation, { UserPoolId: pool.UserPoolId, Username: name })
      for (const n of [1, 2, 0]) {
        expect((await nodes.at(n).call('GetUser', { AccessToken })).status, name).toBe(400)
        expect((await refresh(n, RefreshToken)).status, name).toBe(400)
      }
    }
  })

  it('let no device come back that one of them forgets while the others confirm it again', { timeout: 60_000 }, async () => {
    const made = await makePool(nodes.all[0], { DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } })
    await makeUser(nodes.all[0], made.UserPoolId, 'forgetful')
    const back: string[] = []
    for (let round = 0; round < 8; round += 1) {
      const fresh = await newDeviceOf(nodes.all[0], made, 'forgetful')
      const device = { UserPoolId: made.UserPoolId, Username: 'forgetful', DeviceKey: fresh.device.DeviceKey }
      await nodes.all[0].ok('ConfirmDevice', confirmation(fresh))
      let isForgotten = false
      const confirmAgain = async (n: number) => {
        for (let after = 0; after < 3; after += isForgotten ? 1 : 0) await nodes.at(n).call('ConfirmDevice', confirmation(fresh))
      }
      const others = [1, 2, 4, 5].map(confirmAgain)
      await nodes.all[0].ok('AdminForgetDevice', device)
      isForgotten = true
      await Promise.all(others)
      if ((await nodes.all[0].call('AdminGetDevice', device)).status === 200) back.push(device.DeviceKey)
    }
    expect(back).toEqual([])
  })

  it('end the rights of a user who writes to his own record all the time', async () => {
    await makeUser(nodes.all[0], pool.UserPoolId, 'busy')
    const Username = { UserPoolId: pool.UserPoolId, Username: 'busy' }
    for (const operation of ['AdminUserGlobalSignOut', 'AdminDisableUser'] as const) {
      const { AccessToken } = (await signIn(0, 'busy')).body.AuthenticationResult
      let [written, isOver] = [0, false]
      const write = async (n: number) => {
        const name = () => ({ AccessToken, UserAttributes: [{ Name: 'name', Value: `name ${written}` }] })
        while (!isOver && (await nodes.at(n).call('UpdateUserAttributes', name())).body.__type !== 'NotAuthorizedException') written += 1
      }
      const writing = [1, 2, 4, 5, 7, 8].map(write)
      while (written < 6) await new Promise((resolve) => setTimeout(resolve, 5))
      const { status } = await nodes.all[0].call(operation, Username)
      isOver = status !== 200
      await Promise.all(writing)
      expect([operation, status]).toEqual([operation, 200])
    }
  })

  it('keep what a client may do for 250 ms at most, the node that changed it not at all, and never a deleted pool', async () => {
    const made = await makePool(nodes.all[0])
    const { UserPoolId, ClientId } = made
    await nodes.all[0].ok('UpdateUserPoolClient', { ...made, ExplicitAuthFlows: everyFlow })
    await makeUser(nodes.all[0], UserPoolId, 'kept')
    const signIn = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'kept', PASSWORD: password } }
    const lag = () => new Promise((resolve) => setTimeout(resolve, longestLag))
    await lag()
    const { AuthenticationResult } = await nodes.all[1].ok('InitiateAuth', signIn)
    for (const node of nodes.all) await node.ok('InitiateAuth', signIn)

    await nodes.all[0].ok('UpdateUserPoolClient', { ...made, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })
    expect((await nodes.all[0].refused('InitiateAuth', signIn))[1]).toBe('USER_PASSWORD_AUTH flow not enabled for this client')
    await lag()
    for (const node of nodes.all) expect((await node.refused('InitiateAuth', signIn))[0]).toBe('InvalidParameterException')

    const owner = { AccessToken: AuthenticationResult.AccessToken }
    for (const node of nodes.all) await node.ok('GetUser', owner)
    await nodes.all[0].ok('DeleteUserPool', { UserPoolId })
    for (const node of nodes.all) expect((await node.refused('GetUser', owner))[0]).not.toBe('InternalErrorException')
  })

  it('let an administrator use a scope at once that another node added, and clients after 250 ms at most', async () => {
    const { UserPoolId } = await makePool(nodes.all[0])
    const { uid = '' } = (await nodes.all[0].store.pools.byId(UserPoolId)) ?? {}
    const server = (...names: string[]) => ({
      UserPoolId,
      Identifier: 'api',
      Name: 'API',
      Scopes: names.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    })
    await nodes.all[0].ok('CreateResourceServer', server('read'))
    const served = async () => (await nodes.all[1].store.resourceServers.recentByIdentifier(uid, 'api'))?.Scopes?.length
    expect(await served()).toBe(1)
    await nodes.all[0].ok('UpdateResourceServer', server('read', 'write'))
    const client = { UserPoolId, ClientName: 'writes', GenerateSecret: true, AllowedOAuthFlowsUserPoolClient: true }
    await nodes.all[1].ok('CreateUserPoolClient', {
      ...client,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['api/write'],
    })
    await new Promise((resolve) => setTimeout(resolve, longestLag))
    expect(await served()).toBe(2)
  })

  it('all see a changed configuration, a rotated key and a deleted pool at once', async () => {
    const made = await makePool(nodes.all[0])
    for (const node of nodes.all) await node.ok('DescribeUserPoolClient', made)
    const change = { ClientName: 'renamed', ExplicitAuthFlows: everyFlow }
    await nodes.all[0].ok('UpdateUserPoolClient', { UserPoolId: made.UserPoolId, ClientId: made.ClientId, ...change })
    for (const node of nodes.all) {
      const { UserPoolClient } = await node.ok('DescribeUserPoolClient', { UserPoolId: made.UserPoolId, ClientId: made.ClientId })
      expect(UserPoolClient.ClientName).toBe('renamed')
    }
    await makeUser(nodes.all[1], made.UserPoolId, 'keyed')
    const { uid = '' } = (await nodes.all[0].store.pools.byId(made.UserPoolId)) ?? {}
    const AuthParameters = { USERNAME: 'keyed', PASSWORD: password }
    const tokens = async (n: number) =>
      (await nodes.at(n).ok('AdminInitiateAuth', { ...made, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters })).AuthenticationResult
    await tokens(2)
    await nodes.all[0].signingKeys.rotate(uid, 0)
    // A token under a key that this node has not met: it looks again.
    await nodes.all[1].ok('GetUser', { AccessToken: (await tokens(0)).AccessToken })
    await nodes.all[2].ok('DeleteUserPool', { UserPoolId: made.UserPoolId })
    for (const node of nodes.all) expect((await node.refused('DescribeUserPool', made))[0]).toBe('ResourceNotFoundException')
  })
})
