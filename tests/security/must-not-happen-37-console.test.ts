import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OperatorConsole, openOperatorConsole } from '../support/operator-console.ts'
import { totpCode } from '../support/totp-code.ts'

const password = 'purple-otter-7-lagoon'
const step = 30_000

let opened: OperatorConsole
beforeAll(async () => {
  opened = await openOperatorConsole()
})
afterAll(() => opened.harness.close())

const now = () => opened.harness.clock.now()
const tokenOf = (link: string) => new URL(link).hash.slice(1)
const begin = async (token: string) =>
  (await opened.visitor().post('/set-up/begin', { token })).body as { readonly secret: string; readonly sealed: string }
const setUp = (token: string, { secret, sealed }: { readonly secret: string; readonly sealed: string }) =>
  opened.visitor().post('/set-up', { token, sealed, password, code: totpCode(secret, now()) })

describe('must-not-happen 37: a set-up link of an operator that somebody else has seen', () => {
  it('tells nothing of the second factor that its owner sets up', async () => {
    const token = tokenOf(await opened.invite('ada'))
    const [seen, own, after] = [await begin(token), await begin(token), await begin(token)]
    expect(new Set([seen.secret, own.secret, after.secret]).size).toBe(3)
    expect((await setUp(token, own)).status).toBe(200)
    opened.harness.clock.advance(step)
    const signIn = (secret: string) => opened.visitor().post('/sign-in', { name: 'ada', password, code: totpCode(secret, now()) })
    expect([(await signIn(seen.secret)).status, (await signIn(after.secret)).status]).toEqual([401, 401])
    expect((await setUp(token, seen)).status).toBe(401)
    expect((await signIn(own.secret)).status).toBe(200)
  })

  it('leaves a row in the audit trail, with where from, each time it is opened', async () => {
    const token = tokenOf(await opened.invite('bo'))
    await begin(token)
    await begin(token)
    const { rows } = await opened.harness.store.audit.list('server', { limit: 50 })
    const told = rows.filter(({ subject, action }) => subject === 'operator bo' && action === 'OpenSetUpLink')
    expect(told.map(({ actor, ip }) => [actor, ip])).toEqual(Array(2).fill(['operator:bo', '127.0.0.1']))
  })

  it('takes no secret that was made for another link, another account or nobody', async () => {
    const [token, other] = [tokenOf(await opened.invite('cy')), tokenOf(await opened.invite('di'))]
    const [own, foreign] = [await begin(token), await begin(other)]
    for (const sealed of [foreign.sealed, '', 'x', own.sealed.slice(0, -4), `${own.sealed}AAAA`])
      expect((await setUp(token, { secret: foreign.secret, sealed })).status).toBe(400)
    const { link } = await opened.commands.resetOperator({ name: 'cy' })
    expect((await setUp(tokenOf(link), own)).status).toBe(400)
    expect((await setUp(other, foreign)).status).toBe(200)
  })

  it('is used up once, also while others open it', async () => {
    const token = tokenOf(await opened.invite('eve'))
    const own = await begin(token)
    const [done] = await Promise.all([setUp(token, own), ...Array.from({ length: 20 }, () => begin(token))])
    expect(done.status).toBe(200)
  })
})
