import { describe, expect, it } from 'vitest'
import { deviceNameOf } from './device-name.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'

describe('deviceNameOf', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/125.0.0.0 Safari/537.36`, 'Chrome 125, Windows 10'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/125.0.0.0 Safari/537.36 Edg/125.0.2535.51`, 'Edge 125, Windows 10'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/120.0 Safari/537.36 OPR/106.0`, 'Opera 106, Linux'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128, Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari 17, iOS 17',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Safari 17, Mac OS X 10',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-S921B) ${webkit} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
      'Samsung Internet 25, Android 14',
    ],
    ['aws-sdk-js/3.1169.0 ua/2.1 os/linux', 'Other, Other'],
    ['', 'Other, Other'],
  ])('%s', (userAgent, shown) => {
    expect(deviceNameOf(userAgent).shown).toBe(shown)
  })

  it('is the same kind of device after an update', () => {
    const chrome = (version: number) => deviceNameOf(`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/${version}.0 Safari/537.36`).kind
    expect(chrome(125)).toBe('Chrome, Windows')
    expect(chrome(126)).toBe(chrome(125))
  })

  it('takes no time for a header made to take long', () => {
    expect(deviceNameOf(`Version/1${'.1'.repeat(50_000)} Mobile/`).shown).toBe('Other, Other')
  })
})
