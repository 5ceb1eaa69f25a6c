import { describe, expect, it } from 'vitest'
import { classicLook } from './classic-look.ts'
import { plainLook } from './look.ts'

const look = { poolUid: 'pool', holder: 'client', createdAt: 1, modifiedAt: 7 }

describe('classicLook', () => {
  it('is plain without a customization', () => {
    expect(classicLook('abc', undefined)).toEqual(plainLook(1))
  })

  it('is light with one, and has what it has', () => {
    const v = 'v=1.client.7.1'
    expect(classicLook('abc', { ...look, css: '.a' })).toEqual({
      ...plainLook(1),
      mode: 'light',
      sheetUrl: `/assets/branding/abc.css?${v}`,
    })
    expect(classicLook('abc', { ...look, imageType: 'PNG' })).toEqual({
      ...plainLook(1),
      mode: 'light',
      logo: { picture: { light: `/assets/branding/abc/logo?${v}` }, side: 'center', edge: 'top', inside: true },
    })
  })
})
