import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../log.ts'
import { keepFresh } from './open-tls.ts'
import type { KeyAndCertificate, TlsIdentity } from './tls-identity.ts'

const pair = (cert: string): KeyAndCertificate => ({ cert, key: 'key' })
let kept: { stop(): Promise<void> } | undefined
afterEach(() => kept?.stop())

describe('keepFresh', () => {
  it('shows each certificate that takes the place of the last one, once and in order', async () => {
    const shown: string[] = []
    const next = [undefined, pair('second'), undefined, pair('third')]
    const identity: TlsIdentity = { current: pair('first'), renew: async () => next.shift() }
    // The first is put in place slowly.
    const present = async ({ cert }: KeyAndCertificate) => {
      if (cert === 'second') await new Promise((resolve) => setTimeout(resolve, 50))
      shown.push(cert)
    }
    kept = keepFresh(identity, { present }, { log: silentLog, pause: 5 })
    await expect.poll(() => shown).toEqual(['second', 'third'])
    await kept.stop()
    next.push(pair('fourth'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(shown).toEqual(['second', 'third'])
  })

  it('says that one could not be had, and looks again', async () => {
    const said: string[] = []
    const log = { ...silentLog, error: (_: object, text: string) => said.push(text) }
    const shown: string[] = []
    const renew = async () => {
      if (said.length === 0) throw new Error('no such file')
      return shown.length === 0 ? pair('second') : undefined
    }
    kept = keepFresh({ current: pair('first'), renew }, { present: async ({ cert }) => void shown.push(cert) }, { log, pause: 5 })
    await expect.poll(() => shown).toEqual(['second'])
    expect(said).toEqual(['the certificate could not be renewed'])
  })
})
