import { describe, expect, it } from 'vitest'
import { registeredItself, unknownApplication } from './registered-itself.ts'

describe('an app client that registered itself', () => {
  it.each([
    ['https://shop.example/cb', 'shop.example'],
    ['https://shop.example:8443/cb?to=https://bank.example', 'shop.example:8443'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
    ['http://[::1]:3000/', '[::1]:3000'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
    ['com.example.app:/cb', 'com.example.app:'],
    ['myapp://bank.example/cb', 'myapp:'],
    ['nonsense', 'nonsense'],
  ])('is known by its name and, at %s, as %s', (uri, host) => {
    expect(unknownApplication({ ClientType: 'DCR', ClientName: 'Shop' }, uri)).toEqual({ name: 'Shop', host })
  })

  it('is none that an administrator made', () => {
    for (const ClientType of ['REGULAR', undefined] as const) {
      expect(registeredItself({ ClientType })).toBe(false)
      expect(unknownApplication({ ClientType, ClientName: 'Shop' }, 'https://shop.example')).toBeUndefined()
    }
  })
})
