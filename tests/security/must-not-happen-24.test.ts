import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listed } from '../support/attributes.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { type MadePool, makePool } from '../support/make-pool.ts'
import { makeUser, password } from '../support/make-user.ts'
import { atOnce, outcomes } from '../support/parallel.ts'
import { signIn } from '../support/sign-in.ts'

let server: Harness

beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const composed = 'Zo\u00eb'
const decomposed = 'Zoe\u0308'

const signUp = (made: MadePool, Username: string, attributes: Record<string, string> = {}) =>
  server.call('SignUp', { ClientId: made.ClientId, Username, Password: password, UserAttributes: listed(attributes) })

const exists = { status: 400, body: { __type: 'UsernameExistsException' } }

describe('must-not-happen 24: two spellings of one name', () => {
  it('are one user: composed and decomposed', async () => {
    const made = await makePool(server)
    expect((await signUp(made, decomposed)).status).toBe(200)
    expect(await signUp(made, composed)).toMatchObject(exists)
    await server.ok('AdminConfirmSignUp', { UserPoolId: made.UserPoolId, Username: composed })
    for (const name of [composed, decomposed]) expect(await signIn(server, made, name)).toBe('tokens')
    const { Username } = await server.ok('AdminGetUser', { UserPoolId: made.UserPoolId, Username: decomposed })
    expect(Username).toBe(composed)
  })

  it('are one user for the lock-out', async () => {
    const made = await makePool(server, {}, { PreventUserExistenceErrors: 'ENABLED' })
    for (const name of ['Ame\u0301lie', 'Nobodie\u0301']) {
      if (name.startsWith('A')) await makeUser(server, made.UserPoolId, name)
      for (let failure = 0; failure < 5; failure += 1) {
        await signIn(server, made, failure % 2 ? name : name.normalize('NFC'), 'Wrong-Horse-7')
      }
      expect(await signIn(server, made, name)).toEqual(['NotAuthorizedException', 'Password attempts exceeded'])
    }
  })

  it('are registered once by many at once', async () => {
    const made = await makePool(server)
    const counts = await outcomes(Array.from({ length: atOnce }, (_, place) => signUp(made, place % 2 ? composed : decomposed)))
    expect(counts).toEqual({ ok: 1, UsernameExistsException: atOnce - 1 })
  })

  it.each<[boolean | undefined, string, string]>([
    [undefined, 'two users', 'the default of the API'],
    [true, 'two users', 'case-sensitive'],
    [false, 'one user', 'case-insensitive'],
  ])('that differ by case: CaseSensitive %s makes %s (%s)', async (CaseSensitive, users) => {
    const made = await makePool(server, CaseSensitive === undefined ? {} : { UsernameConfiguration: { CaseSensitive } })
    await makeUser(server, made.UserPoolId, 'Anna')
    const second = await signUp(made, 'aNNA')
    if (users === 'two users') {
      expect(second.status).toBe(200)
      expect((await signIn(server, made, 'ANNA'))[0]).toBe('UserNotFoundException')
    } else {
      expect(second).toMatchObject(exists)
      expect(await signIn(server, made, 'ANNA')).toBe('tokens')
      // The dotted capital I has a lower case of two characters.
      expect((await signUp(made, '\u0130stanbul')).status).toBe(200)
      expect(await signUp(made, 'i\u0307STANBUL')).toMatchObject(exists)
      // The Kelvin sign is a K.
      expect((await signUp(made, '\u212Aelvin')).status).toBe(200)
      expect(await signUp(made, 'kelvin')).toMatchObject(exists)
    }
  })
})

describe('must-not-happen 24: an address', () => {
  it('is one user in every spelling, where people sign in with it', async () => {
    const made = await makePool(server, { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } })
    expect((await signUp(made, 'zoe\u0308@example.org')).status).toBe(200)
    for (const spelling of ['zo\u00eb@example.org', 'ZO\u00cb@EXAMPLE.ORG', 'Zoe\u0308@Example.Org']) {
      expect(await signUp(made, spelling), spelling).toMatchObject(exists)
    }
  })

  it.each([
    ['a full-width at sign', 'eve\uFF20example.org'],
    ['a small at sign', 'eve\uFE6Bexample.org'],
    ['a zero-width space', 'e\u200Bve@example.org'],
    ['a zero-width joiner in the domain', 'eve@exa\u200Dmple.org'],
    ['a right-to-left override', 'eve@example\u202E.gro'],
    ['a soft hyphen', 'ev\u00ADe@example.org'],
    ['a variation selector', 'eve\uFE0F@example.org'],
    ['a Hangul filler', 'eve\u3164@example.org'],
    ['a no-break space', 'eve\u00A0@example.org'],
    ['a line break and a header', 'eve@example.org\r\nBcc: all@example.org'],
    ['two addresses', 'eve@example.org,all@example.org'],
    ['a display name', 'Eve <eve@example.org>'],
    ['a quoted local part', '"eve"@example.org'],
  ])('with %s is refused as name, as attribute and as change', async (_, email) => {
    const byAddress = await makePool(server, { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'] })
    expect((await signUp(byAddress, email)).body.__type).toBe('InvalidParameterException')
    const byName = await makePool(server, { AutoVerifiedAttributes: ['email'] })
    expect((await signUp(byName, 'eve', { email })).body.__type).toBe('InvalidParameterException')
    await makeUser(server, byName.UserPoolId, 'adam', { email: 'adam@example.org' })
    const change = { UserPoolId: byName.UserPoolId, Username: 'adam', UserAttributes: listed({ email }) }
    expect((await server.refused('AdminUpdateUserAttributes', change))[0]).toBe('InvalidParameterException')
    expect(server.mailbox?.messages().filter(({ destination }) => destination === email)).toEqual([])
  })
})

describe('must-not-happen 24: a name', () => {
  it.each([
    ['a zero-width space', 'ad\u200Bmin'],
    ['a zero-width no-break space', '\uFEFFadmin'],
    ['a right-to-left mark', 'admin\u200F'],
    ['a variation selector', 'admin\uFE0F'],
    ['a combining grapheme joiner', 'ad\u034Fmin'],
    ['a blank', 'ad min'],
    ['a no-break space', 'ad\u00A0min'],
    ['a Braille blank', 'admin\u2800'],
    ['a tab', 'admin\t'],
    ['a NUL', 'admin\u0000'],
    ['half of a surrogate pair', 'admin\uD800'],
    ['nothing', ''],
  ])('with %s can not be taken beside the one that it looks like', async (_, username) => {
    const made = await makePool(server)
    await makeUser(server, made.UserPoolId, 'admin')
    for (const answer of [
      await signUp(made, username),
      await server.call('AdminCreateUser', { UserPoolId: made.UserPoolId, Username: username, MessageAction: 'SUPPRESS' }),
    ]) {
      expect(answer.status).toBe(400)
      expect(['InvalidParameterException', 'SerializationException']).toContain(answer.body.__type)
    }
  })

  it('in the form of an address can not be taken where addresses sign in, in any spelling', async () => {
    const made = await makePool(server, { AliasAttributes: ['email', 'phone_number', 'preferred_username'] })
    for (const username of ['victim@example.org', 'vi\u0301ctim@example.org', '+4912345678']) {
      expect((await signUp(made, username)).body.__type, username).toBe('InvalidParameterException')
    }
    await makeUser(server, made.UserPoolId, 'eve')
    const change = (preferred_username: string) => ({
      UserPoolId: made.UserPoolId,
      Username: 'eve',
      UserAttributes: listed({ preferred_username }),
    })
    expect((await server.refused('AdminUpdateUserAttributes', change('victim@example.org')))[0]).toBe('InvalidParameterException')
  })
})
