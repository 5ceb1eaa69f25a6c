import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makePool } from '../../../tests/support/make-pool.ts'
import { withRival } from '../../../tests/support/with-rival.ts'

let server: Harness
let UserPoolId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId } = await makePool(server))
})
afterAll(() => server.close())

const certificate = async (): Promise<string> => (await server.ok('GetSigningCertificate', { UserPoolId })).Certificate

describe('GetSigningCertificate', () => {
  it('answers a certificate that signs itself and is valid for ten years', async () => {
    const parsed = new X509Certificate(Buffer.from(await certificate(), 'base64'))
    expect(parsed.verify(parsed.publicKey)).toBe(true)
    expect(parsed.subject).toBe(`CN=${UserPoolId}`)
    expect(parsed.validFromDate.getTime()).toBe(server.clock.now())
    expect(parsed.validToDate.getTime() - parsed.validFromDate.getTime()).toBe(3652 * 86_400_000)
  })

  it('answers the same one for ever, and another pool another', async () => {
    const first = await certificate()
    server.clock.advance(86_400_000)
    await server.ok('UpdateUserPool', { UserPoolId })
    expect(await certificate()).toBe(first)
    const other = await makePool(server)
    expect((await server.ok('GetSigningCertificate', { UserPoolId: other.UserPoolId })).Certificate).not.toBe(first)
  })

  it('lets the first of two who make one win', async () => {
    const { UserPoolId } = await makePool(server)
    const answers: string[] = []
    const rival = async () => answers.push((await server.ok('GetSigningCertificate', { UserPoolId })).Certificate)
    const { Certificate } = await withRival(server, 'pools', rival).ok('GetSigningCertificate', { UserPoolId })
    expect([Certificate]).toEqual(answers)
  })

  it('never shows its private key', async () => {
    await certificate()
    const all = [await server.ok('GetSigningCertificate', { UserPoolId }), await server.ok('DescribeUserPool', { UserPoolId })]
    expect(JSON.stringify(all)).not.toMatch(/sealed|samlSigning/i)
  })
})
