import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
})
beforeEach(async () => {
  ;({ UserPoolId, ClientId } = await makePool(server, {}, { GenerateSecret: true }))
})
afterAll(() => server.close())

const ids = async (): Promise<string[]> =>
  (await server.ok('ListUserPoolClientSecrets', { UserPoolId, ClientId })).ClientSecrets.map(
    ({ ClientSecretId }: { ClientSecretId: string }) => ClientSecretId,
  )
const remove = (ClientSecretId: string | undefined) => ({ UserPoolId, ClientId, ClientSecretId })
const onlyOne = ['LimitExceededException', 'The only secret of a client cannot be deleted.']

describe('DeleteUserPoolClientSecret', () => {
  it('deletes either of two, and never the only one', async () => {
    const [original] = await ids()
    await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const added = (await ids())[1]
    expect(await server.ok('DeleteUserPoolClientSecret', remove(original))).toEqual({})
    expect(await ids()).toEqual([added])
    expect(await server.refused('DeleteUserPoolClientSecret', remove(added))).toEqual(onlyOne)
    expect(await ids()).toEqual([added])
  })

  it('leaves one also when both are deleted at once', async () => {
    await server.ok('AddUserPoolClientSecret', { UserPoolId, ClientId })
    const [original, added] = await ids()
    const slow = withRival(server, 'clients', () => server.ok('DeleteUserPoolClientSecret', remove(original)))
    expect(await slow.refused('DeleteUserPoolClientSecret', remove(added))).toEqual(onlyOne)
    expect(await ids()).toEqual([added])
  })

  it('knows no secret of another client', async () => {
    const other = await makePool(server, {}, { GenerateSecret: true })
    const theirs = { UserPoolId: other.UserPoolId, ClientId: other.ClientId }
    const [{ ClientSecretId }] = (await server.ok('ListUserPoolClientSecrets', theirs)).ClientSecrets
    expect(await server.refused('DeleteUserPoolClientSecret', remove(ClientSecretId))).toEqual([
      'ResourceNotFoundException',
      `Client secret ${ClientSecretId} does not exist.`,
    ])
    expect(await server.refused('DeleteUserPoolClientSecret', { ...remove(ClientSecretId), ClientId: other.ClientId })).toEqual([
      'ResourceNotFoundException',
      `User pool client ${other.ClientId} does not exist.`,
    ])
  })
})
