import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rolePolicy } from '../src/domain/operator-roles.ts'
import { everything, type OperatorConsole, openOperatorConsole } from './support/operator-console.ts'
import type { Visitor } from './support/operator-visitor.ts'

const password = 'purple-otter-7-lagoon'

let opened: OperatorConsole
let root: Visitor
let pools: readonly [string, string]

const enter = async (link: string): Promise<Visitor> => {
  const visitor = opened.visitor()
  await visitor.setUp(link, password, opened.harness.clock.now())
  return visitor
}
const operator = async (name: string, policy: object) => enter(await opened.invite(name, policy))

const allow = (...statements: readonly (readonly [action: string | readonly string[], resource?: string])[]) => ({
  Version: '2012-10-17',
  Statement: statements.map(([Action, Resource = '*']) => ({ Effect: 'Allow', Action, Resource })),
})
const arnOf = (poolId: string) => `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`

const managing = ['poolhouse:CreateOperator', 'poolhouse:ListOperators', 'poolhouse:ResetOperator', 'poolhouse:DeleteOperator']

beforeAll(async () => {
  opened = await openOperatorConsole()
  root = await operator('root', everything)
  const make = async (PoolName: string) => (await root.call('CreateUserPool', { PoolName })).body.UserPool.Id as string
  pools = [await make('own'), await make('other')]
})
afterAll(() => opened.harness.close())

const denied = { status: 400, body: { __type: 'AccessDeniedException' } }
const users = (visitor: Visitor, UserPoolId: string) => visitor.call('ListUsers', { UserPoolId })

describe('the policy of an operator', () => {
  it('ends at the user pools that it names', async () => {
    const visitor = await operator('tenant', rolePolicy('administrator', [pools[0]]))
    expect(await users(visitor, pools[0])).toMatchObject({ status: 200 })
    expect(await users(visitor, pools[1])).toMatchObject(denied)
    expect(await visitor.call('DeleteUserPool', { UserPoolId: pools[1] })).toMatchObject(denied)
    expect(await visitor.call('CreateUserPool', { PoolName: 'a third' })).toMatchObject(denied)
    // What is not there is refused in the same words.
    expect((await users(visitor, 'us-east-1_Nothing')).body.message).toContain('is not authorized to perform: cognito-idp:ListUsers')
  })

  it('decides what the console shows of the server', async () => {
    const bounded = await operator('bounded', rolePolicy('support', [pools[0]]))
    const reader = await operator('reader', rolePolicy('read-only'))
    const may = async (visitor: Visitor) => (await visitor.get('/session')).body.may
    expect([await may(root), await may(bounded), await may(reader)]).toEqual([
      { metrics: true, mailbox: true, operators: true, audit: true },
      { metrics: false, mailbox: false, operators: false, audit: false },
      { metrics: true, mailbox: false, operators: false, audit: true },
    ])
    const live = async (visitor: Visitor) =>
      Promise.all(['metrics', 'hour', 'mailbox'].map(async (name) => (await visitor.get(`/live/${name}`)).status))
    expect([await live(root), await live(bounded), await live(reader)]).toEqual([
      [200, 200, 200],
      [403, 403, 403],
      [200, 200, 403],
    ])
  })

  it('decides who looks after operators', async () => {
    const visitor = await operator('powerless', allow(['cognito-idp:*']))
    const missing = { status: 403, body: { __type: 'AccessDeniedException' } }
    expect(await visitor.get('/operators')).toMatchObject(missing)
    expect(await visitor.post('/operators', { name: 'x', policy: everything })).toMatchObject(missing)
    for (const path of ['/operators/reset', '/operators/remove'])
      expect(await visitor.post(path, { name: 'tenant' })).toMatchObject(missing)
  })
})

describe('an operator whom an operator made', () => {
  let maker: Visitor

  beforeAll(async () => {
    const policy = allow(['cognito-idp:*', arnOf(pools[0])], [managing])
    maker = await operator('maker', policy)
  })

  const make = async (by: Visitor, name: string, policy: object) => {
    const { status, body } = await by.post('/operators', { name, policy })
    expect([status, body]).toEqual([200, { link: expect.stringContaining(`#${name}.`), expiresAt: expect.any(Number) }])
    return enter(body.link)
  }

  it('never exceeds the maker, whatever the own policy says', async () => {
    const visitor = await make(maker, 'made', everything)
    expect(await users(visitor, pools[0])).toMatchObject({ status: 200 })
    expect(await users(visitor, pools[1])).toMatchObject(denied)
    expect(await visitor.call('CreateUserPool', { PoolName: 'x', UserPoolTags: { _custom_id_: 'us-east-1_Chosen' } })).toMatchObject(denied)
    expect((await visitor.get('/live/metrics')).status).toBe(403)
    expect((await visitor.get('/session')).body.may).toEqual({ metrics: false, mailbox: false, operators: true, audit: false })
  })

  it('nor does whoever that one makes', async () => {
    const middle = await make(maker, 'middle', allow(['cognito-idp:List*'], ['poolhouse:CreateOperator']))
    const last = await make(middle, 'last', everything)
    expect(await users(last, pools[0])).toMatchObject({ status: 200 })
    expect(await users(last, pools[1])).toMatchObject(denied)
    expect(await last.call('DescribeUserPool', { UserPoolId: pools[0] })).toMatchObject(denied)
    const { body } = await last.get('/account')
    expect([body.policy, body.boundaries.length, body.boundaries[0]]).toEqual([
      everything,
      2,
      allow(['cognito-idp:List*'], ['poolhouse:CreateOperator']),
    ])
  })

  it('stays bounded when the maker is gone, and by a new policy of the command line too', async () => {
    const middle = await make(maker, 'mortal', allow(['cognito-idp:*'], ['poolhouse:CreateOperator']))
    const left = await make(middle, 'left', everything)
    expect((await maker.post('/operators/remove', { name: 'mortal' })).status).toBe(200)
    expect((await middle.get('/session')).status).toBe(401)
    expect(await users(left, pools[1])).toMatchObject(denied)
    await opened.commands.setOperatorPolicy({ name: 'left', policy: everything })
    const { link } = await opened.commands.resetOperator({ name: 'left' })
    expect(await users(await enter(link), pools[1])).toMatchObject(denied)
  })

  it('is listed with what bounds it, and with whom the caller may manage', async () => {
    const { body } = await maker.get('/operators')
    const listed = (name: string) => body.operators.find((one: { name: string }) => one.name === name)
    expect(listed('made')).toMatchObject({ state: 'active', policy: everything, isManageable: true })
    expect(listed('made').boundaries).toHaveLength(1)
    expect([listed('last'), listed('root'), listed('maker')]).toMatchObject([
      { isManageable: true },
      { isManageable: false, boundaries: [] },
      { isManageable: false },
    ])
    expect(await opened.commands.listOperators()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'made', madeBy: 'maker' }),
        expect.objectContaining({ name: 'root', madeBy: undefined, boundaries: [] }),
        expect.objectContaining({ name: 'left', madeBy: undefined, boundaries: [expect.anything(), expect.anything()] }),
      ]),
    )
  })

  it('can be reset and removed by those who made it alone: a reset would be a takeover', async () => {
    const notTheirs = {
      status: 404,
      body: { __type: 'ResourceNotFoundException', message: expect.stringContaining('You have made no operator') },
    }
    const rival = await operator('rival', allow(['*']))
    for (const path of ['/operators/reset', '/operators/remove']) {
      for (const name of ['made', 'root', 'rival', 'nobody']) expect(await rival.post(path, { name })).toMatchObject(notTheirs)
      for (const name of ['maker', 'root', 'rival']) expect(await maker.post(path, { name })).toMatchObject(notTheirs)
    }
    const child = await make(maker, 'child', allow([managing]))
    for (const path of ['/operators/reset', '/operators/remove']) expect(await child.post(path, { name: 'maker' })).toMatchObject(notTheirs)
    const { status, body } = await maker.post('/operators/reset', { name: 'LAST' })
    expect(status).toBe(200)
    const last = await enter(body.link)
    expect(await users(last, pools[1])).toMatchObject(denied)
    expect(await users(last, pools[0])).toMatchObject({ status: 200 })
  })

  it('can’t be reset by a maker who may do less than then: it would give back what was taken', async () => {
    const policy = allow(['cognito-idp:*'], [managing])
    await operator('demoted', policy)
    const { link } = await opened.commands.resetOperator({ name: 'demoted' })
    const before = await enter(link)
    await make(before, 'kept', everything)
    await opened.commands.setOperatorPolicy({ name: 'demoted', policy: allow([managing]) })
    const again = await enter((await opened.commands.resetOperator({ name: 'demoted' })).link)
    expect(await again.post('/operators/reset', { name: 'kept' })).toMatchObject({ status: 403, body: { message: /has changed since/ } })
    expect(await again.post('/operators/remove', { name: 'kept' })).toMatchObject({ status: 200 })
  })

  it('needs a name that is free and fit, and a policy that can be enforced', async () => {
    const refusal = async (body: object) => {
      const reply = await maker.post('/operators', body)
      return [reply.status, reply.body.__type]
    }
    expect(await refusal({ name: 'ROOT', policy: everything })).toEqual([409, 'ConflictException'])
    for (const name of ['', 'a b', 'a/b', 'x'.repeat(65), 7])
      expect(await refusal({ name, policy: everything })).toEqual([400, 'InvalidParameterException'])
    const badPolicies = [
      undefined,
      '*',
      {},
      { Version: '2012-10-17', Statement: [] },
      allow(['*', 'nothing']),
      { ...everything, Id: 'x'.repeat(11_000) },
    ]
    for (const policy of badPolicies) expect(await refusal({ name: 'free', policy })).toEqual([400, 'InvalidParameterException'])
  })

  it('ends the line of makers where it gets too long', async () => {
    let link = (await maker.post('/operators', { name: 'line-0', policy: everything })).body.link as string
    for (let n = 1; n < 16; n += 1)
      link = (await (await enter(link)).post('/operators', { name: `line-${n}`, policy: everything })).body.link
    expect(await (await enter(link)).post('/operators', { name: 'line-16', policy: everything })).toMatchObject({
      status: 400,
      body: { __type: 'LimitExceededException' },
    })
  })
})
