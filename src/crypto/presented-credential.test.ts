import { describe, expect, it } from 'vitest'
import { createAuthenticator } from '../../tests/support/authenticator.ts'
import { readCredential } from './presented-credential.ts'

const options = { challenge: 'AAAA', rp: { id: 'localhost' }, user: { id: 'YW5h' } }
const made = createAuthenticator({ attachment: 'cross-platform', transports: ['usb', 'nfc'] }).create(options)

const withClientData = (data: unknown) => ({
  ...made,
  response: { ...made.response, clientDataJSON: Buffer.from(JSON.stringify(data)).toString('base64url') },
})

describe('readCredential', () => {
  it('reads a value, and the JSON text of one', () => {
    const credential = {
      id: made.id,
      attachment: 'cross-platform',
      transports: ['usb', 'nfc'],
      clientData: { type: 'webauthn.create', challenge: 'AAAA', origin: 'http://localhost:5173', crossOrigin: false },
      response: { clientDataJSON: expect.any(String), attestationObject: expect.any(String) },
    }
    expect(readCredential(made)).toEqual(credential)
    expect(readCredential(JSON.stringify(made))).toEqual(credential)
  })

  it('does without what browsers may leave out', () => {
    const { authenticatorAttachment: _, response, ...rest } = made
    const { transports: __, ...texts } = response
    expect(readCredential({ ...rest, response: texts })).toMatchObject({ attachment: undefined, transports: [] })
  })

  it('takes no more transports than there may be, and no other texts', () => {
    const transports = ['usb', 7, 'Usb', 'x'.repeat(33), ...Array.from({ length: 20 }, () => 'ble')]
    expect(readCredential({ ...made, response: { ...made.response, transports } })?.transports).toEqual(['usb', ...Array(7).fill('ble')])
  })

  it.each<[string, object]>([
    ['crossOrigin', { crossOrigin: true }],
    ['a crossOrigin that is no boolean', { crossOrigin: 'false' }],
    ['a topOrigin', { crossOrigin: false, topOrigin: 'https://evil.test' }],
  ])('knows a frame by %s', (_, more) => {
    const data = { type: 'webauthn.get', challenge: 'AAAA', origin: 'https://example.com', ...more }
    expect(readCredential(withClientData(data))?.clientData.crossOrigin).toBe(true)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', [made]],
    ['text that is no JSON', '{'],
    ['JSON that is no object', '"{}"'],
    ['another type', { ...made, type: 'password' }],
    ['an id that is not the raw one', { ...made, rawId: 'AAAA' }],
    ['an empty id', { ...made, id: '', rawId: '' }],
    ['an id that is no base64url', { ...made, id: 'a+b/', rawId: 'a+b/' }],
    ['an id that is too long', { ...made, id: 'A'.repeat(1368), rawId: 'A'.repeat(1368) }],
    ['no response', { ...made, response: undefined }],
    ['no client data', { ...made, response: {} }],
    ['client data that is no object', withClientData('text')],
    ['client data without an origin', withClientData({ type: 'webauthn.get', challenge: 'AAAA' })],
    ['client data whose challenge is no text', withClientData({ type: 'webauthn.get', challenge: 7, origin: 'https://example.com' })],
  ])('refuses %s', (_, document) => {
    expect(readCredential(document)).toBeUndefined()
  })
})
