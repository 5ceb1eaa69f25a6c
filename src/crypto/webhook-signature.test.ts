import { describe, expect, it } from 'vitest'
import { webhookSignature } from './webhook-signature.ts'

describe('webhookSignature', () => {
  it('is the HMAC-SHA256 that OpenSSL makes', () => {
    // printf '1768478400.id-1.{"a":"\303\274"}' | openssl dgst -sha256 -hmac 'a secret'
    expect(webhookSignature('a secret', '1768478400', 'id-1', '{"a":"ü"}')).toBe(
      'v1=e9a5de9e75c3332b362f8614dd44430dd17b1913f67ed7a2dd4a30a33cc36e98',
    )
  })

  it('covers every part', () => {
    const all = [
      webhookSignature('s', '1', 'i', 'b'),
      webhookSignature('t', '1', 'i', 'b'),
      webhookSignature('s', '2', 'i', 'b'),
      webhookSignature('s', '1', 'j', 'b'),
      webhookSignature('s', '1', 'i', 'c'),
    ]
    expect(new Set(all).size).toBe(5)
  })
})
