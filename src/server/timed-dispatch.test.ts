import { describe, expect, it } from 'vitest'
import { timedDispatch } from './timed-dispatch.ts'

describe('timedDispatch', () => {
  it('counts in seconds how long an answer took, the time in line included', async () => {
    let now = 1000
    const observed: number[] = []
    const reply = { status: 200, headers: {}, body: '' }
    const timed = timedDispatch(
      async () => {
        now += 30
        return reply
      },
      { observe: (seconds) => observed.push(seconds) },
      { now: () => now },
    )
    const request = { method: 'POST', path: '/', query: '', headers: {}, body: new Uint8Array(), remoteAddress: undefined }
    expect(await timed(request)).toBe(reply)
    await timed({ ...request, waited: 12 })
    expect(observed).toEqual([0.03, 0.042])
  })
})
