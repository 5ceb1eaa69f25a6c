import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Context } from '../context.ts'
import { assetPage } from './asset.ts'
import type { PageRequest } from './page.ts'
import { sheetUrl, staticAsset } from './static-assets.ts'

const nothing = new Map<string, string>()
const get = (encodings: string | undefined) => {
  const common = { method: 'GET', search: '', query: nothing, form: nothing, cookies: nothing, domain: undefined } as const
  const request: PageRequest = { ...common, path: sheetUrl, headers: { 'accept-encoding': encodings } }
  return assetPage({} as Context, request)
}

describe('the style sheet of all pages', () => {
  it.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, GZIP;q=0.8', 'deflate, gzip;q=0.001'])('comes small for %s', async (encodings) => {
    const { headers, body } = await get(encodings)
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(gunzipSync(body as Uint8Array).toString()).toBe(staticAsset(sheetUrl)?.body)
    expect(body.length).toBeLessThan(4000)
  })

  it.each([undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip;q=0.000', 'not-gzip'])('comes as it is for %s', async (encodings) => {
    const { headers, body } = await get(encodings)
    expect([headers['content-encoding'], headers['vary'], body]).toEqual([undefined, 'accept-encoding', staticAsset(sheetUrl)?.body])
  })
})
