import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rolePolicy } from '../src/domain/operator-roles.ts'
import type { AuditRow } from '../src/storage/store.ts'
import { everything, type OperatorConsole, openOperatorConsole } from './support/operator-console.ts'
import { totpCode } from './support/totp-code.ts'

const password = 'purple-otter-7-lagoon'
const step = 30_000

let opened: OperatorConsole
beforeAll(async () => {
  opened = await openOperatorConsole()
})
afterAll(() => opened.harness.close())

const now = () => opened.harness.clock.now()

/** What the work added to the server's audit trail: who, what, to whom, what became of it. */
const rowsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const list = async (): Promise<AuditRow[]> => (await opened.harness.store.audit.list('server', { limit: 1000 })).rows
  const before = new Set((await list()).map(({ id }) => id))
  await work()
  const added = (await list()).filter(({ id, actor }) => !before.has(id) && actor !== 'poolhouse')
  // All at one moment of the clock, so their order tells nothing; hashes and uids stand for names here.
  return added
    .map(({ actor, action, subject, outcome }) => `${actor} ${action} ${subject.startsWith('operator ') ? subject : '-'}: ${outcome}`)
    .sort()
}

describe('the audit trail of operators', () => {
  it('has a row in the name of whoever did it, for every endpoint and command', async () => {
    const { commands, harness } = opened
    const ada = opened.visitor()
    let [secret, link] = ['', '']
    const next = () => {
      harness.clock.advance(step)
      return totpCode(secret, now())
    }
    const done = async (reply: Promise<{ readonly status: number; readonly body: { readonly link: string } }>) => {
      const { status, body } = await reply
      expect(status).toBe(200)
      return body
    }
    const changes: readonly (readonly [() => Promise<unknown>, ...string[]])[] = [
      [async () => (link = await opened.invite('ada')), 'command-line CreateOperator operator ada: created'],
      [
        async () => (secret = await ada.setUp(link, password, now())),
        'operator:ada OpenSetUpLink operator ada: saved',
        'operator:ada SetUpOperator -: spent',
        'operator:ada SetUpOperator operator ada: saved',
        'operator:ada SetUpOperator operator ada: session opened',
      ],
      [() => done(ada.post('/sign-out', {})), 'operator:ada SignOutOfConsole operator ada: session ended'],
      [() => done(ada.post('/sign-out', {}))],
      [
        () => ada.post('/sign-in', { name: 'ada', password: 'wrong-password-here', code: '000000' }),
        'anonymous SignInToConsole -: tried: operator',
        'anonymous SignInToConsole -: tried: operator-password',
      ],
      [
        () => done(ada.post('/sign-in', { name: 'ada', password, code: next() })),
        'anonymous SignInToConsole -: cleared: operator',
        'anonymous SignInToConsole -: cleared: operator-code',
        'anonymous SignInToConsole -: spent',
        'anonymous SignInToConsole -: tried: operator',
        'anonymous SignInToConsole -: tried: operator-code',
        'operator:ada SignInToConsole operator ada: saved',
        'operator:ada SignInToConsole operator ada: session opened',
      ],
      [
        () => done(ada.post('/account/password', { password, code: next(), newPassword: `${password}-2` })),
        'operator:ada ChangeOperatorPassword -: cleared: operator',
        'operator:ada ChangeOperatorPassword -: cleared: operator-code',
        'operator:ada ChangeOperatorPassword -: spent',
        'operator:ada ChangeOperatorPassword -: tried: operator',
        'operator:ada ChangeOperatorPassword -: tried: operator-code',
        'operator:ada ChangeOperatorPassword operator ada: saved',
        'operator:ada ChangeOperatorPassword operator ada: session opened',
      ],
      [() => done(ada.post('/operators', { name: 'bo', policy: everything })), 'operator:ada CreateOperator operator bo: created'],
      [() => done(ada.post('/operators/reset', { name: 'bo' })), 'operator:ada ResetOperator operator bo: saved'],
      [() => done(ada.post('/operators/remove', { name: 'bo' })), 'operator:ada DeleteOperator operator bo: deleted'],
      [() => done(ada.post('/account/sign-out-everywhere', {})), 'operator:ada SignOutEverywhere operator ada: saved'],
      [() => commands.setOperatorPolicy({ name: 'ada', policy: everything }), 'command-line SetOperatorPolicy operator ada: saved'],
      [() => commands.resetOperator({ name: 'ada' }), 'command-line ResetOperator operator ada: saved'],
      [() => commands.deleteOperator({ name: 'ada' }), 'command-line DeleteOperator operator ada: deleted'],
    ]
    for (const [work, ...rows] of changes) expect(await rowsOf(work)).toEqual(rows)
    for (const told of [
      'an operator was made {"operator":"ada","by":"command-line"}',
      'an operator was made {"operator":"bo","by":"ada"}',
      'an operator was reset {"operator":"bo","by":"ada"}',
      'an operator was deleted {"operator":"bo","by":"ada"}',
      'an operator got another policy {"operator":"ada","by":"command-line"}',
      'an operator was reset {"operator":"ada","by":"command-line"}',
      'an operator was deleted {"operator":"ada","by":"command-line"}',
    ])
      expect(opened.logged).toContain(told)
  })

  it('is read by operators whose policies allow poolhouse:ReadAuditTrail on *, and by nobody else', async () => {
    const [chief, helper] = [opened.visitor(), opened.visitor()]
    await chief.setUp(await opened.invite('chief'), password, now())
    await helper.setUp(await opened.invite('helper', rolePolicy('support')), password, now())
    const own = { Effect: 'Allow', Action: 'poolhouse:ReadAuditTrail', Resource: 'arn:aws:cognito-idp:*:*:userpool/*' }
    const ofPools = opened.visitor()
    await ofPools.setUp(await opened.invite('of-pools', { Version: '2012-10-17', Statement: own }), password, now())
    const { status, body } = await chief.get('/views/audit/server')
    expect(status).toBe(200)
    expect(body.rows).toContainEqual(
      expect.objectContaining({ actor: 'command-line', action: 'CreateOperator', subject: 'operator helper' }),
    )
    for (const visitor of [helper, ofPools]) expect((await visitor.get('/views/audit/server')).status).toBe(403)
    expect((await opened.visitor().get('/views/audit/server')).status).toBe(401)
    const may = await Promise.all([chief, helper, ofPools].map(async (one) => (await one.get('/session')).body.may.audit))
    expect(may).toEqual([true, false, false])
    const listed = await opened.commands.listAudit({})
    expect(listed.rows.slice(0, 100)).toEqual(body.rows)
  })
})
