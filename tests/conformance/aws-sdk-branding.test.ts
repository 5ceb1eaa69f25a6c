import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Poolhouse, startPoolhouse } from '../../src/lib.ts'
import { refusal } from '../support/refusal.ts'
import { type App, setUpApp } from '../support/start-app.ts'
import { testImages } from '../support/test-images.ts'

let server: Poolhouse
let app: App
let ids: { UserPoolId: string; ClientId: string }

beforeAll(async () => {
  server = await startPoolhouse({ inProcess: true })
  app = await setUpApp(server.url)
  ids = { UserPoolId: app.poolId, ClientId: app.clientId }
})
afterAll(() => server.stop())

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

describe('branding by the AWS SDK', () => {
  it('sets the look of the classic pages', async () => {
    const { UserPoolId } = ids
    await app.admin.send(new sdk.CreateUserPoolDomainCommand({ UserPoolId, Domain: 'branding' }))
    const CSS = '.submitButton-customizable:hover { background-color: #286090; }'
    const ImageFile = bytes(testImages.png)
    const { UICustomization } = await app.admin.send(new sdk.SetUICustomizationCommand({ UserPoolId, ClientId: 'ALL', CSS, ImageFile }))
    expect(UICustomization).toMatchObject({ UserPoolId, ClientId: 'ALL', CSS, CreationDate: expect.any(Date) })
    const read = await app.admin.send(new sdk.GetUICustomizationCommand(ids))
    expect(read.UICustomization).toEqual(UICustomization)
    const wrong = app.admin.send(new sdk.SetUICustomizationCommand({ ...ids, CSS: 'a { color: red; }' }))
    expect(await refusal(wrong)).toBeInstanceOf(sdk.InvalidParameterException)
  })

  it('gives a client a style of managed login', async () => {
    const { UserPoolId } = ids
    const Settings = { components: { form: { borderRadius: 8, logo: { enabled: true } } } }
    const logo = { Category: 'FORM_LOGO', ColorMode: 'DARK', Extension: 'SVG', Bytes: bytes(testImages.svg) } as const
    const create = new sdk.CreateManagedLoginBrandingCommand({ ...ids, Settings, Assets: [logo] })
    const { ManagedLoginBranding: made } = await app.admin.send(create)
    expect(made).toMatchObject({ UserPoolId, UseCognitoProvidedValues: false, Settings, CreationDate: expect.any(Date) })
    expect(Buffer.from(made?.Assets?.[0]?.Bytes ?? []).toString('base64')).toBe(testImages.svg)
    expect(await refusal(app.admin.send(create))).toBeInstanceOf(sdk.ManagedLoginBrandingExistsException)

    const style = { UserPoolId, ManagedLoginBrandingId: made?.ManagedLoginBrandingId }
    const background = { Category: 'PAGE_BACKGROUND', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: bytes(testImages.png) } as const
    const update = new sdk.UpdateManagedLoginBrandingCommand({ ...style, Settings: {}, Assets: [background] })
    const { ManagedLoginBranding: changed } = await app.admin.send(update)
    expect(changed).toMatchObject({ Settings, Assets: [{ Category: 'FORM_LOGO' }, { Category: 'PAGE_BACKGROUND' }] })

    const byId = await app.admin.send(new sdk.DescribeManagedLoginBrandingCommand(style))
    expect(byId.ManagedLoginBranding).toEqual(changed)
    const byClient = await app.admin.send(new sdk.DescribeManagedLoginBrandingByClientCommand({ ...ids, ReturnMergedResources: true }))
    expect(byClient.ManagedLoginBranding).toEqual(changed)

    const png = bytes(testImages.png)
    const largest = { ...background, Bytes: Buffer.concat([png, Buffer.alloc(1_000_000 - png.length)]) }
    const large = await app.admin.send(new sdk.UpdateManagedLoginBrandingCommand({ ...style, Settings: {}, Assets: [largest] }))
    expect(large.ManagedLoginBranding?.Assets?.[1]?.Bytes).toHaveLength(1_000_000)
    await app.admin.send(new sdk.DeleteManagedLoginBrandingCommand(style))
    const gone = app.admin.send(new sdk.DescribeManagedLoginBrandingByClientCommand(ids))
    expect(await refusal(gone)).toBeInstanceOf(sdk.ResourceNotFoundException)
  })

  it('gives a client terms', async () => {
    const { UserPoolId } = ids
    const Links = { 'cognito:default': 'https://example.org/privacy', 'cognito:japanese': 'https://example.org/ja/privacy' }
    const create = new sdk.CreateTermsCommand({ ...ids, TermsName: 'privacy-policy', TermsSource: 'LINK', Enforcement: 'NONE', Links })
    const { Terms } = await app.admin.send(create)
    expect(Terms).toMatchObject({ ...ids, Links, CreationDate: expect.any(Date) })
    expect(await refusal(app.admin.send(create))).toBeInstanceOf(sdk.TermsExistsException)

    const one = { UserPoolId, TermsId: Terms?.TermsId }
    const update = new sdk.UpdateTermsCommand({ ...one, Links: { 'cognito:default': 'https://example.org/new' } })
    const { Terms: changed } = await app.admin.send(update)
    expect((await app.admin.send(new sdk.DescribeTermsCommand(one))).Terms).toEqual(changed)
    const byClient = new sdk.DescribeTermsByClientCommand({ ...ids, TermsName: 'privacy-policy' })
    expect((await app.admin.send(byClient)).Terms).toEqual(changed)
    const listed = await app.admin.send(new sdk.ListTermsCommand({ UserPoolId, MaxResults: 10 }))
    expect(listed.Terms?.map(({ TermsName }) => TermsName)).toEqual(['privacy-policy'])
    await app.admin.send(new sdk.DeleteTermsCommand(one))
    expect((await app.admin.send(new sdk.ListTermsCommand({ UserPoolId }))).Terms).toEqual([])
  })
})
