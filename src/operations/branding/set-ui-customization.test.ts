import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { makeClient, makePool } from '../../../tests/support/make-pool.ts'

import { testImages } from '../../../tests/support/test-images.ts'

let server: Harness
let UserPoolId: string
let ClientId: string

beforeAll(async () => {
  server = await createHarness()
  ;({ UserPoolId, ClientId } = await makePool(server))
})
afterAll(() => server.close())

const CSS = '.label-customizable { color: #fff; }'
const refused = (more: object) => server.refused('SetUICustomization', { UserPoolId, CSS, ...more })

describe('SetUICustomization', () => {
  it('needs a domain, except to take the look away', async () => {
    expect(await refused({})).toEqual(['InvalidParameterException', 'There has to be an existing domain associated with this user pool'])
    expect(await server.ok('SetUICustomization', { UserPoolId })).toEqual({ UICustomization: { UserPoolId, ClientId: 'ALL' } })
    await server.ok('CreateUserPoolDomain', { UserPoolId, Domain: 'look' })
  })

  it('sets style sheet and logo at once', async () => {
    const at = server.clock.now() / 1000
    const set = await server.ok('SetUICustomization', { UserPoolId, ClientId, CSS, ImageFile: testImages.png })
    const look = { UserPoolId, ClientId, CSS, CSSVersion: '20260115120000', CreationDate: at, LastModifiedDate: at }
    expect(set.UICustomization).toEqual({ ...look, ImageUrl: expect.stringContaining(`/assets/branding/${ClientId}/logo?v=`) })
    expect(set.UICustomization.ImageUrl).toMatch(/^https?:\/\//)
    await server.clock.advance(61_000)
    const { UICustomization } = await server.ok('SetUICustomization', { UserPoolId, ClientId, ImageFile: testImages.png })
    expect(UICustomization.ImageUrl).not.toBe(set.UICustomization.ImageUrl)
    expect(UICustomization).toEqual({
      ImageUrl: expect.any(String),
      UserPoolId,
      ClientId,
      CSSVersion: '20260115120101',
      CreationDate: at,
      LastModifiedDate: at + 61,
    })
    const { client } = (await server.store.clients.byClientId(ClientId)) ?? expect.unreachable()
    const image = await server.store.uiCustomizations.image(client.poolUid, client.uid)
    expect(Buffer.from(image ?? []).toString('base64')).toBe(testImages.png)
  })

  it('takes a look away when nothing is given', async () => {
    const other = await makeClient(server, UserPoolId)
    await server.ok('SetUICustomization', { UserPoolId, ClientId: other.ClientId, CSS })
    await server.ok('SetUICustomization', { UserPoolId, ClientId: other.ClientId, CSS: '', ImageFile: '' })
    expect(await server.ok('GetUICustomization', { UserPoolId, ClientId: other.ClientId })).toEqual({ UICustomization: {} })
  })

  it('refuses what could do more than decorate', async () => {
    const invalid = (sentence: string) => ['InvalidParameterException', sentence]
    expect(await refused({ CSS: 'body { color: red; }' })).toEqual(invalid('The CSS class body is not in the list of allowed classes.'))
    expect(await refused({ CSS: '.label-customizable { background: url(https://evil.example); }' })).toEqual(
      invalid('The value of the CSS property background is not allowed.'),
    )
    expect(await refused({ ImageFile: testImages.svg })).toEqual(invalid('The image file must be a PNG or JPEG file.'))
    const large = Buffer.concat([Buffer.from(testImages.png, 'base64'), Buffer.alloc(102_400)]).toString('base64')
    expect(await refused({ ImageFile: large })).toEqual(invalid('The image file must not be larger than 100 KB.'))
    expect(await refused({ ClientId: 'none' })).toEqual(['ResourceNotFoundException', 'User pool client none does not exist.'])
  })
})
