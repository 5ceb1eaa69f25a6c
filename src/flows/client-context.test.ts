import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { testContext } from '../../tests/support/known-attempt.ts'
import type { AppClient } from '../domain/app-client.ts'
import { networkOf } from '../domain/network-of.ts'
import { sampleClient, samplePool } from '../storage/conformance/samples.ts'
import { clientContext } from './client-context.ts'

let server: Harness
beforeAll(async () => {
  server = await createHarness()
})
afterAll(() => server.close())

const chrome = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36'
const encoded = (contextData: unknown): string =>
  Buffer.from(
    JSON.stringify({ payload: JSON.stringify({ contextData, username: 'ana' }), signature: 's', version: 'JS20171115' }),
  ).toString('base64')

const trusting: Partial<AppClient> = {
  EnablePropagateAdditionalUserContextData: true,
  secrets: [{ id: 'a', createdAt: 1, sealed: 'x' }],
}
const contextFor = (values: Partial<AppClient>, reported: Parameters<typeof clientContext>[2]) =>
  clientContext(testContext(server, '198.51.100.9'), sampleClient(samplePool(), values), reported)

describe('the address of a sign-in', () => {
  const context = { ip: '192.0.2.1' }

  it('is the one a public call reports only for a client with a secret that accepts it (must-not-happen 17)', () => {
    expect(contextFor(trusting, { surface: 'public', context }).ip).toBe('192.0.2.1')
    expect(contextFor({ ...trusting, secrets: [] }, { surface: 'public', context }).ip).toBe('198.51.100.9')
    expect(contextFor({ ...trusting, EnablePropagateAdditionalUserContextData: false }, { surface: 'public', context }).ip).toBe(
      '198.51.100.9',
    )
  })

  it('is the one that a server reports', () => {
    expect(contextFor({}, { surface: 'admin', context })).toMatchObject({ ip: '192.0.2.1', trace: { network: networkOf('192.0.2.1') } })
    expect(contextFor({}, { surface: 'admin' }).ip).toBe('198.51.100.9')
  })

  it('is the one that asks for a page, whatever the client accepts', () => {
    expect(contextFor(trusting, { surface: 'hosted', context }).ip).toBe('198.51.100.9')
  })

  it('is never a text that is no address', () => {
    expect(contextFor({}, { surface: 'admin', context: { ip: 'localhost' } }).ip).toBe('198.51.100.9')
  })
})

describe('the device of a sign-in', () => {
  it('comes from the header that a server reports, or from the data that the client collected', () => {
    const byHeader = contextFor({}, { surface: 'admin', context: { userAgent: chrome } })
    const byData = contextFor({}, { surface: 'public', context: { encodedData: encoded({ UserAgent: chrome, ClientTimezone: '-07:00' }) } })
    expect(byHeader).toMatchObject({ deviceName: 'Chrome 125, Windows 10', trace: { userAgent: 'Chrome, Windows' } })
    expect(byData).toMatchObject({ deviceName: 'Chrome 125, Windows 10', timezone: '-07:00', trace: { userAgent: 'Chrome, Windows' } })
  })

  it('comes from the header of the browser that asks for a page', () => {
    const ctx = testContext(server)
    const browsing = { ...ctx, call: { ...ctx.call, userAgent: chrome } }
    const client = sampleClient(samplePool())
    expect(clientContext(browsing, client, { surface: 'hosted' }).deviceName).toBe('Chrome 125, Windows 10')
    // The header of an API call is an SDK's.
    expect(clientContext(browsing, client, { surface: 'public' }).deviceName).toBeUndefined()
  })

  it('is told by an id of which only a digest is kept', () => {
    const one = contextFor({}, { surface: 'public', context: { encodedData: encoded({ DeviceId: 'device-1' }) } })
    const other = contextFor({}, { surface: 'public', context: { encodedData: encoded({ DeviceId: 'device-2' }) } })
    expect(one.trace.deviceKey).toMatch(/^[\w-]{22}$/)
    expect(one.trace.deviceKey).not.toBe(other.trace.deviceKey)
    expect(JSON.stringify(one)).not.toContain('device-1')
  })

  it('brings nothing into a mail that looks like a link or breaks a line', () => {
    const { deviceName } = contextFor(
      {},
      { surface: 'public', context: { encodedData: encoded({ DeviceName: 'Phone\r\nhttps://evil.example/<b>' }) } },
    )
    expect(deviceName).toBe('Phonehttps:evilexampleb')
  })

  it.each([
    '',
    'AAAA',
    Buffer.from('{}').toString('base64'),
    Buffer.from('{"payload":"null"}').toString('base64'),
    encoded('text'),
    encoded({ DeviceId: 7 }),
    'A'.repeat(20_000),
  ])('is unknown for data in another form: %#', (encodedData) => {
    expect(contextFor({}, { surface: 'public', context: { encodedData } }).trace).toMatchObject({
      deviceKey: undefined,
      userAgent: undefined,
      network: networkOf('198.51.100.9'),
    })
  })
})
