import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { type MadePool, makePool } from '../../tests/support/make-pool.ts'
import { makeUser } from '../../tests/support/make-user.ts'
import { parsePolicy } from '../domain/iam-policy.ts'
import { createAuditView } from './audit-view.ts'
import { everybodyIsOperator } from './operator.ts'

let server: Harness
let pool: MadePool
let sub = ''

beforeAll(async () => {
  server = await createHarness()
  pool = await makePool(server, { UserPoolTags: { team: 'a' } })
  sub = await makeUser(server, pool.UserPoolId, 'ada')
  for (let n = 0; n < 110; n += 1) {
    const UserAttributes = [{ Name: 'nickname', Value: String(n) }]
    await server.ok('AdminUpdateUserAttributes', { UserPoolId: pool.UserPoolId, Username: 'ada', UserAttributes })
  }
})
afterAll(() => server.close())

const nobodyBounds = async () => (await everybodyIsOperator({ headers: {} })) ?? expect.fail('nobody is the operator')

const boundBy = (...Statement: object[]) => {
  const policy = parsePolicy({ Version: '2012-10-17', Statement })
  if ('fault' in policy) throw new Error(policy.fault)
  return { actor: 'operator:ada', policies: [policy] }
}
const allow = (more: object) => ({ Effect: 'Allow', Action: 'poolhouse:ReadAuditTrail', Resource: '*', ...more })
const tagged = (team: string) => ({ Condition: { StringEquals: { 'aws:ResourceTag/team': team } } })

describe('the audit view', () => {
  it('tells who changed what, newest first, page by page', async () => {
    const view = createAuditView(server)
    const operator = await nobodyBounds()
    const ask = async (after?: string) =>
      (await view(pool.UserPoolId, { operator, after })) as {
        names: Record<string, string>
        rows: { at: number; id: string; subject: string; action: string; actor: string }[]
        next?: string
      }
    const first = await ask()
    expect(first.rows.length).toBe(100)
    const second = await ask(first.next)
    const all = [...first.rows, ...second.rows]
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort((a, b) => b - a))
    expect(all.filter(({ action, subject }) => action === 'AdminUpdateUserAttributes' && subject === sub).length).toBe(110)
    expect(first).toMatchObject({ names: { [sub]: 'ada' } })
    expect(all.every(({ actor }) => /^arn:aws:iam::\d+:user\/AKIATEST|^poolhouse$/.test(actor))).toBe(true)
  })

  it.each([
    ['an own permission', allow({}), true],
    ['none', allow({ Action: 'cognito-idp:*' }), false],
    ['one for another pool', allow({ Resource: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_other' }), false],
    ['one for its tag', allow(tagged('a')), true],
    ['one for another tag', allow(tagged('b')), false],
  ])('asks policies: %s', async (_, statement, isTold) => {
    const view = createAuditView(server)
    const answer = await view(pool.UserPoolId, { operator: boundBy(statement), after: undefined })
    expect(answer === 'denied').toBe(!isTold)
    // Who may read the trail may not for that alone know who the users are.
    if (isTold) expect(Object.keys((answer as { names: object }).names)).not.toContain(sub)
  })

  it('is denied by tag, and does not tell whether there is a pool', async () => {
    const view = createAuditView(server)
    const operator = boundBy(allow({}), { ...allow(tagged('a')), Effect: 'Deny' })
    expect(await view(pool.UserPoolId, { operator, after: undefined })).toBe('denied')
    const bounded = boundBy(allow(tagged('b')))
    for (const poolId of [pool.UserPoolId, 'us-east-1_none', 'none'])
      expect(await view(poolId, { operator: bounded, after: undefined })).toBe('denied')
    expect(await view('us-east-1_none', { operator: await nobodyBounds(), after: undefined })).toBeUndefined()
  })
})
