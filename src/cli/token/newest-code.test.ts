import { describe, expect, it } from 'vitest'
import { newestCode } from './newest-code.ts'

const message = (destination: string, code: string | undefined, sentAt: number) => ({ destination, code, sentAt })
const any = { seen: [], destination: 'a***@e***', username: 'somebody' }

describe('newestCode', () => {
  it('takes the newest code that went to an address with that mask', () => {
    const messages = [message('bob@example.org', '4', 4), message('ana@example.org', undefined, 3), message('ana@example.org', '2', 2)]
    expect(newestCode([...messages, message('ana@example.org', '1', 1)], any)).toMatchObject({ code: '2' })
    expect(newestCode([message('+15550101234', '7', 1)], { ...any, destination: '+*******1234' })).toMatchObject({ code: '7' })
    expect(newestCode(messages, { ...any, destination: undefined, username: 'bob@example.org' })).toMatchObject({ code: '4' })
  })

  it('leaves alone what was there before', () => {
    const old = message('ana@example.org', '1', 1)
    expect(newestCode([old], { ...any, seen: [old] })).toBe('none')
    expect(newestCode([message('ana@example.org', '1', 2), old], { ...any, seen: [old] })).toMatchObject({ code: '1', sentAt: 2 })
    expect(newestCode([], any)).toBe('none')
  })

  it('does not guess between people', () => {
    const both = [message('abe@example.org', '2', 2), message('ana@example.org', '1', 1)]
    expect(newestCode(both, any)).toBe('ambiguous')
    expect(newestCode(both, { ...any, username: 'ANA' })).toMatchObject({ code: '1' })
    expect(newestCode(both, { ...any, username: 'abe@EXAMPLE.org' })).toMatchObject({ code: '2' })
  })
})
