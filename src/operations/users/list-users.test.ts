import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byName, listed } from '../../../tests/support/attributes.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../../tests/support/make-pool.ts'
import { inviteUser, makeUser } from '../../../tests/support/make-user.ts'
import type { ListUsersRequest } from '../../model/types.gen.ts'

let server: Harness
let pool: MadePool
let ana: string

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server)
  ana = await makeUser(server, pool.UserPoolId, 'ana', { email: 'Ana@Example.org', given_name: 'Ana', family_name: 'Reddy' })
  await inviteUser(server, pool.UserPoolId, 'Bea', { email: 'bea@example.org', given_name: 'ANAÏS', phone_number: '+13125550100' })
  await makeUser(server, pool.UserPoolId, 'cleo', { given_name: 'Anna', family_name: 'redding', name: 'say "hi" \\o/' })
  await server.ok('AdminDisableUser', { UserPoolId: pool.UserPoolId, Username: 'cleo' })
})
afterAll(() => server.close())

const list = (more: Partial<ListUsersRequest> = {}) => server.ok('ListUsers', { UserPoolId: pool.UserPoolId, ...more })
const namesOf = ({ Users }: { Users: { Username: string }[] }) => Users.map(({ Username }) => Username)

describe('ListUsers', () => {
  it('shows users as AdminCreateUser does', async () => {
    const { Users } = await list({ Filter: 'username = "ana"' })
    const date = server.clock.now() / 1000
    expect(Users).toEqual([
      {
        Username: 'ana',
        Attributes: [{ Name: 'sub', Value: ana }, ...listed({ email: 'Ana@Example.org', given_name: 'Ana', family_name: 'Reddy' })],
        Enabled: true,
        UserStatus: 'CONFIRMED',
        UserCreateDate: date,
        UserLastModifiedDate: date,
      },
    ])
  })

  it.each<[string, string[]]>([
    ['', ['Bea', 'ana', 'cleo']],
    ['email = "ana@example.org"', ['ana']],
    ['email = "ANA@EXAMPLE.ORG"', ['ana']],
    ['"email"^="b"', ['Bea']],
    ['email ^= ""', ['ana', 'Bea']],
    ['given_name ^= "ana"', ['ana', 'Bea']],
    ['given_name = "anai\u0308s"', ['Bea']],
    ['family_name ^= "RED"', ['cleo', 'ana']],
    ['phone_number ^= "+1312"', ['Bea']],
    ['username = "bea"', []],
    ['username = "Bea"', ['Bea']],
    ['name = "say \\"hi\\" \\\\o/"', ['cleo']],
    ['cognito:user_status = "force_change_password"', ['Bea']],
    ['status = "Disabled"', ['cleo']],
    ['status = "disabled"', []],
    ['given_name = "nobody"', []],
  ])('finds by %j', async (Filter, names) => {
    const found = namesOf(await list({ Filter }))
    expect(Filter === '' ? found.sort() : found).toEqual(names)
  })

  it('finds by sub', async () => {
    expect(namesOf(await list({ Filter: `sub = "${ana}"` }))).toEqual(['ana'])
  })

  it.each<[string, string]>([
    ['email', 'Error while parsing filter.'],
    ['email > "a"', 'Error while parsing filter.'],
    ['email = "a" and name = "b"', 'Error while parsing filter.'],
    ['custom:plan = "x"', 'Invalid search attribute: custom:plan'],
    ['nickname = "x"', 'Invalid search attribute: nickname'],
  ])('refuses %j', async (Filter, sentence) => {
    expect(await server.refused('ListUsers', { UserPoolId: pool.UserPoolId, Filter })).toEqual(['InvalidParameterException', sentence])
  })

  it('shows the attributes that are asked for, if each of the users has them', async () => {
    const { Users } = await list({ AttributesToGet: ['sub', 'email'], Filter: 'email ^= ""' })
    expect(Users.map(({ Attributes }: { Attributes: { Name: string; Value: string }[] }) => byName(Attributes))).toEqual([
      { email: 'Ana@Example.org' },
      { email: 'bea@example.org' },
    ])
    expect(Users[0].Attributes[0]).toEqual({ Name: 'sub', Value: ana })
    for (const input of [{ AttributesToGet: ['email'] }, { AttributesToGet: ['custom:none'], Filter: 'username = "ana"' }])
      expect(await server.refused('ListUsers', { UserPoolId: pool.UserPoolId, ...input })).toEqual([
        'InvalidParameterException',
        'One or more requested attributes do not exist.',
      ])
    const everything = await server.ok('ListUsers', { UserPoolId: pool.UserPoolId, AttributesToGet: null, Filter: 'username = "ana"' })
    expect(everything.Users[0].Attributes).toHaveLength(4)
  })

  it('follows changes of users', async () => {
    const { UserPoolId } = await makePool(server)
    await inviteUser(server, UserPoolId, 'dora', { email: 'dora@example.org' })
    await server.ok('AdminUpdateUserAttributes', { UserPoolId, Username: 'dora', UserAttributes: listed({ email: 'd@example.org' }) })
    expect(namesOf(await server.ok('ListUsers', { UserPoolId, Filter: 'email = "d@example.org"' }))).toEqual(['dora'])
    expect(namesOf(await server.ok('ListUsers', { UserPoolId, Filter: 'email = "dora@example.org"' }))).toEqual([])
  })
})

describe('pages of ListUsers', () => {
  let many: MadePool
  const families = ['b', 'a', 'c', 'a', 'b', 'a', 'c']

  beforeAll(async () => {
    many = await makePool(server)
    for (const [i, family_name] of families.entries()) await inviteUser(server, many.UserPoolId, `u${i}`, { family_name })
  })

  const page = (more: Partial<ListUsersRequest>) => ({ UserPoolId: many.UserPoolId, ...more })
  const refusal = ['InvalidParameterException', 'Invalid pagination token given.']

  it.each<[string | undefined]>([[undefined], ['family_name ^= ""'], ['family_name = "a"']])(
    'show everybody once with %j',
    async (Filter) => {
      const seen: string[] = []
      let PaginationToken: string | undefined
      do {
        const answer = await server.ok(
          'ListUsers',
          page({ Limit: 2, ...(Filter && { Filter }), ...(PaginationToken && { PaginationToken }) }),
        )
        expect(answer.Users.length).toBeLessThanOrEqual(2)
        seen.push(...answer.Users.map((user: { Username: string; Attributes: { Name: string; Value: string }[] }) => user.Username))
        PaginationToken = answer.PaginationToken
      } while (PaginationToken !== undefined)
      const expected = families.flatMap((family, i) => (Filter?.includes('"a"') && family !== 'a' ? [] : [`u${i}`]))
      expect([...seen].sort()).toEqual(expected)
      if (Filter?.includes('^=')) expect(seen.map((name) => families[Number(name.slice(1))])).toEqual([...families].sort())
    },
  )

  it('take a token for their own query, pool and operation alone, for an hour (must-not-happen 26)', async () => {
    const Filter = 'family_name ^= "a"'
    const { PaginationToken } = await server.ok('ListUsers', page({ Limit: 1, Filter }))
    await server.ok('ListUsers', page({ Limit: 2, Filter, PaginationToken }))
    const other = await makePool(server)
    const { GroupName } = (await server.ok('CreateGroup', { UserPoolId: many.UserPoolId, GroupName: 'g' })).Group
    expect(await server.refused('ListUsers', page({ PaginationToken }))).toEqual(refusal)
    expect(await server.refused('ListUsers', page({ Filter: 'family_name ^= "b"', PaginationToken }))).toEqual(refusal)
    expect(await server.refused('ListUsers', { UserPoolId: other.UserPoolId, Filter, PaginationToken })).toEqual(refusal)
    expect(await server.refused('ListUsers', page({ Filter, PaginationToken: 'made-up' }))).toEqual(refusal)
    expect((await server.refused('ListUsersInGroup', { UserPoolId: many.UserPoolId, GroupName, NextToken: PaginationToken }))[0]).toBe(
      'InvalidParameterException',
    )
    server.clock.advance(3_600_000)
    expect(await server.refused('ListUsers', page({ Filter, PaginationToken }))).toEqual(refusal)
  })

  it('hold 60 users at most; a limit of 0 asks for as many', async () => {
    expect((await server.refused('ListUsers', page({ Limit: 61 })))[0]).toBe('InvalidParameterException')
    expect((await server.ok('ListUsers', page({ Limit: 0 }))).Users).toHaveLength(families.length)
  })
})
