import { describe, expect, it } from 'vitest'
import type { AppClient } from '../../domain/app-client.ts'
import type { BrandingAsset, LoginBranding } from '../../domain/login-branding.ts'
import type { UserPool } from '../../domain/user-pool.ts'
import type { Store } from '../store.ts'
import { byAt, createPool, race, sampleClient, sampleTerms, unique, walk } from './samples.ts'

const brandingOf = (client: AppClient, values: Partial<LoginBranding> = {}): LoginBranding => ({
  poolUid: client.poolUid,
  clientUid: client.uid,
  version: 1,
  UserPoolId: client.UserPoolId,
  ManagedLoginBrandingId: `style-${unique()}`,
  UseCognitoProvidedValues: false,
  Settings: { components: { form: { borderRadius: 8 } } },
  CreationDate: 1000,
  LastModifiedDate: 1000,
  images: [],
  ...values,
})

const asset = (Category: BrandingAsset['Category'], size: number, values: Partial<BrandingAsset> = {}): BrandingAsset => ({
  Category,
  ColorMode: 'LIGHT',
  Extension: 'PNG',
  Bytes: Uint8Array.from({ length: size }, (_, at) => at % 251),
  ...values,
})

const createClient = async (store: Store, pool: UserPool): Promise<AppClient> => {
  const client = sampleClient(pool)
  await store.clients.create(byAt(1), client, 1000)
  return client
}

/** What every store does with what app clients look like: looks, styles and terms. */
export const brandingConformance = (store: () => Store): void => {
  describe('looks of the classic pages', () => {
    it('keep when they were first set', async () => {
      const pool = await createPool(store())
      const image = new Uint8Array([137, 80, 0, 255])
      const looks = store().uiCustomizations
      const look = { poolUid: pool.uid, holder: 'ALL', css: 'a', imageType: 'PNG' as const, createdAt: 1000, modifiedAt: 1000 }
      expect(await looks.worn(pool.uid, 'ALL')).toBeUndefined()
      expect(await looks.put(byAt(1), look, image)).toEqual(look)
      expect(await looks.worn(pool.uid, 'ALL')).toEqual(look)
      expect(await looks.image(pool.uid, 'ALL')).toEqual(image)
      const later = { poolUid: pool.uid, holder: 'ALL', createdAt: 2000, modifiedAt: 2000 }
      expect(await looks.put(byAt(2), later, undefined)).toEqual({ ...later, createdAt: 1000 })
      expect(await looks.worn(pool.uid, 'ALL')).toEqual({ ...later, createdAt: 1000 })
      expect(await looks.image(pool.uid, 'ALL')).toBeUndefined()
      expect(await looks.remove(byAt(3), pool.uid, 'ALL')).toBe('removed')
      expect(await looks.remove(byAt(3), pool.uid, 'ALL')).toBe('absent')
    })

    it("are a client's own before they are those of all clients", async () => {
      const pool = await createPool(store())
      const looks = store().uiCustomizations
      const { uid: holder } = await createClient(store(), pool)
      const all = { poolUid: pool.uid, holder: 'ALL', css: 'all', createdAt: 1000, modifiedAt: 1000 }
      const own = { ...all, holder, css: 'own' }
      await looks.put(byAt(1), all, new Uint8Array([1]))
      expect(await looks.worn(pool.uid, holder)).toEqual(all)
      await looks.put(byAt(1), own, new Uint8Array([2]))
      expect(await looks.worn(pool.uid, holder)).toEqual(own)
      expect(await looks.worn(pool.uid, 'ALL')).toEqual(all)
      expect(await looks.worn('other', holder)).toBeUndefined()
      expect(await looks.image(pool.uid, holder)).toEqual(new Uint8Array([2]))
      expect(await looks.image('other', holder)).toBeUndefined()
      expect(await looks.remove(byAt(2), pool.uid, holder)).toBe('removed')
      expect(await looks.worn(pool.uid, holder)).toEqual(all)
      expect(await looks.image(pool.uid, holder)).toBeUndefined()
      expect(await looks.image(pool.uid, 'ALL')).toEqual(new Uint8Array([1]))
    })
  })

  describe('styles of managed login', () => {
    it('are found with their images by id and by client', async () => {
      const client = await createClient(store(), await createPool(store()))
      const branding = brandingOf(client)
      // The larger image takes several rows.
      const assets = [asset('FORM_LOGO', 10), asset('PAGE_BACKGROUND', 1_000_000)]
      expect(await store().brandings.create(byAt(1), branding, assets, 10)).toBe('created')
      const stands = { branding, assets }
      expect(await store().brandings.byId(client.poolUid, branding.ManagedLoginBrandingId)).toEqual(stands)
      expect(await store().brandings.byClient(client.poolUid, client.uid)).toEqual(stands)
      expect(await store().brandings.byId('other', branding.ManagedLoginBrandingId)).toBeUndefined()
      expect(await store().brandings.byClient(client.poolUid, 'other')).toBeUndefined()
      expect(await store().brandings.asset(client.poolUid, branding.ManagedLoginBrandingId, 'PAGE_BACKGROUND:LIGHT:')).toEqual(assets[1])
      expect(await store().brandings.asset(client.poolUid, branding.ManagedLoginBrandingId, 'PAGE_BACKGROUND:DARK:')).toBeUndefined()
      expect(await store().brandings.asset('other', branding.ManagedLoginBrandingId, 'PAGE_BACKGROUND:LIGHT:')).toBeUndefined()
    })

    it('are read without their images, always as they stand', async () => {
      const client = await createClient(store(), await createPool(store()))
      const branding = brandingOf(client)
      const style = () => store().brandings.styleOf(client.poolUid, client.uid)
      expect(await style()).toBeUndefined()
      await store().brandings.create(byAt(1), branding, [asset('FORM_LOGO', 2)], 10)
      expect(await style()).toEqual(branding)
      expect(await store().brandings.styleOf('other', client.uid)).toBeUndefined()
      const changed = { ...branding, UseCognitoProvidedValues: true }
      await store().brandings.update(byAt(2), changed, { put: [], keep: 'others' })
      expect(await style()).toEqual({ ...changed, version: 2 })
      await store().brandings.delete(byAt(3), branding)
      expect(await style()).toBeUndefined()
      const next = brandingOf(client)
      await store().brandings.create(byAt(4), next, [], 10)
      expect(await style()).toEqual(next)
    })

    it('are one for a client, and as many for a pool as the limit says', async () => {
      const pool = await createPool(store())
      const client = await createClient(store(), pool)
      expect(await race(20, () => store().brandings.create(byAt(1), brandingOf(client), [], 3))).toEqual({ created: 1, exists: 19 })
      const clients = await Promise.all(Array.from({ length: 4 }, () => createClient(store(), pool)))
      const made = await race(4, (n) => store().brandings.create(byAt(1), brandingOf(clients[n] ?? client), [], 3))
      expect(made).toEqual({ created: 2, 'too many': 2 })
      const { branding } = (await store().brandings.byClient(pool.uid, client.uid)) ?? expect.unreachable()
      expect(await store().brandings.delete(byAt(2), branding)).toBe('deleted')
      expect(await store().brandings.delete(byAt(2), branding)).toBe('absent')
      expect(await store().brandings.create(byAt(3), brandingOf(client), [], 3)).toBe('created')
    })

    it('keep the images that an update leaves out, unless it starts anew', async () => {
      const client = await createClient(store(), await createPool(store()))
      const branding = brandingOf(client)
      await store().brandings.create(byAt(1), branding, [asset('FORM_LOGO', 600_000), asset('PAGE_BACKGROUND', 2)], 10)
      const put = [asset('FORM_LOGO', 3, { Extension: 'JPEG' }), asset('FORM_LOGO', 4, { ColorMode: 'DARK' })]
      expect(await store().brandings.update(byAt(2), branding, { put, keep: 'others' })).toBe('updated')
      expect(await store().brandings.update(byAt(2), branding, { put: [], keep: 'none' })).toBe('version conflict')
      const stands = await store().brandings.byClient(client.poolUid, client.uid)
      expect(stands?.branding.version).toBe(2)
      expect(stands?.assets).toEqual([put[1], put[0], asset('PAGE_BACKGROUND', 2)])
      const reset = { ...branding, version: 2, Settings: undefined }
      expect(await store().brandings.update(byAt(3), reset, { put: [], keep: 'none' })).toBe('updated')
      expect((await store().brandings.byClient(client.poolUid, client.uid))?.assets).toEqual([])
    })
  })

  describe('terms', () => {
    it('are found by id and by name, and listed in pages', async () => {
      const pool = await createPool(store())
      const client = await createClient(store(), pool)
      const terms = [sampleTerms(client, 'terms-of-use'), sampleTerms(client, 'privacy-policy')]
      for (const one of terms) expect(await store().terms.create(byAt(1), one, 2)).toBe('created')
      const [use = expect.unreachable()] = terms
      expect(await store().terms.byId(pool.uid, use.TermsId)).toEqual(use)
      expect(await store().terms.byName(pool.uid, client.uid, 'terms-of-use')).toEqual(use)
      expect(await store().terms.byId('other', use.TermsId)).toBeUndefined()
      expect(await store().terms.byName(pool.uid, 'other', 'terms-of-use')).toBeUndefined()
      expect(await store().terms.create(byAt(1), sampleTerms(client, 'terms-of-use'), 9)).toBe('exists')
      const other = sampleTerms(await createClient(store(), pool), 'terms-of-use')
      expect(await store().terms.create(byAt(1), other, 2)).toBe('too many')
      expect(await walk((after) => store().terms.list(pool.uid, { after, limit: 1 }))).toEqual(terms.map((one) => [one]))
      expect(await store().terms.delete(byAt(2), use)).toBe('deleted')
      expect(await store().terms.delete(byAt(2), use)).toBe('absent')
      expect(await store().terms.create(byAt(2), other, 2)).toBe('created')
    })

    it('change, and take a name that is free', async () => {
      const client = await createClient(store(), await createPool(store()))
      const use = sampleTerms(client, 'terms-of-use')
      const privacy = sampleTerms(client, 'privacy-policy')
      await store().terms.create(byAt(1), use, 9)
      await store().terms.create(byAt(1), privacy, 9)
      const Links = { 'cognito:default': 'https://example.org/new' }
      expect(await store().terms.update(byAt(2), { ...use, Links })).toBe('updated')
      expect(await store().terms.update(byAt(2), { ...use, Links })).toBe('version conflict')
      const second = { ...use, Links, version: 2 }
      expect(await store().terms.byId(use.poolUid, use.TermsId)).toEqual(second)
      expect(await store().terms.update(byAt(2), { ...second, TermsName: 'privacy-policy' })).toBe('exists')
      expect(await store().terms.byId(use.poolUid, use.TermsId)).toEqual(second)
      await store().terms.delete(byAt(3), privacy)
      expect(await store().terms.update(byAt(3), { ...use, TermsName: 'privacy-policy' })).toBe('version conflict')
      expect(await store().terms.update(byAt(3), { ...second, TermsName: 'privacy-policy' })).toBe('updated')
      const third = { ...second, TermsName: 'privacy-policy', version: 3 }
      expect(await store().terms.byName(use.poolUid, use.clientUid, 'privacy-policy')).toEqual(third)
      expect(await store().terms.byName(use.poolUid, use.clientUid, 'terms-of-use')).toBeUndefined()
      await store().terms.delete(byAt(4), third)
      expect(await store().terms.update(byAt(4), third)).toBe('version conflict')
    })
  })

  describe('looks, styles and terms', () => {
    const dress = async (pool: UserPool, client: AppClient) => {
      const look = { poolUid: pool.uid, holder: client.uid, createdAt: 1, modifiedAt: 1 }
      await store().uiCustomizations.put(byAt(1), look, new Uint8Array([1]))
      await store().brandings.create(byAt(1), brandingOf(client), [asset('FORM_LOGO', 2)], 1)
      await store().terms.create(byAt(1), sampleTerms(client, 'terms-of-use'), 2)
      await store().terms.create(byAt(1), sampleTerms(client, 'privacy-policy'), 2)
    }
    const worn = async (pool: UserPool, client: AppClient) => [
      await store().uiCustomizations.worn(pool.uid, client.uid),
      await store().uiCustomizations.image(pool.uid, client.uid),
      await store().brandings.byClient(pool.uid, client.uid),
      ...(await store().terms.list(pool.uid, { limit: 10 })).rows,
    ]

    it('go with their client, which makes room for others', async () => {
      const pool = await createPool(store())
      const client = await createClient(store(), pool)
      await dress(pool, client)
      expect(await worn(pool, client)).not.toContain(undefined)
      await store().clients.delete(byAt(2), client)
      expect(await worn(pool, client)).toEqual([undefined, undefined, undefined])
      await dress(pool, client)
      expect(await worn(pool, client)).toEqual([undefined, undefined, undefined])
      const next = await createClient(store(), pool)
      await dress(pool, next)
      expect(await worn(pool, next)).toHaveLength(5)
    })

    it('go with their pool, in the background', async () => {
      const pool = await createPool(store())
      const client = await createClient(store(), pool)
      await dress(pool, client)
      await store().pools.delete(byAt(2), pool)
      while (await store().maintenance.purge(byAt(3), 100));
      expect(await worn(pool, client)).toEqual([undefined, undefined, undefined])
      await dress(pool, client)
      expect(await worn(pool, client)).toEqual([undefined, undefined, undefined])
    })
  })
}
