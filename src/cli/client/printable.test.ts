import { describe, expect, it } from 'vitest'
import { printable, printableLine } from './printable.ts'
import { Refusal } from './refusal.ts'

describe('a text for a terminal', () => {
  it('moves no cursor, sets no title and turns no writing round, whatever a server says', () => {
    const nasty = '\u001b[2J\u001b]0;owned\u0007 \u009b31m back\b \rover \u202ereversed\u2066 end\u007f'
    expect(printable(nasty)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    expect(printable(nasty)).toContain('owned')
  })

  it('keeps its lines and every letter', () => {
    expect(printable('Zürich 店 🐎\n  second line')).toBe('Zürich 店 🐎\n  second line')
    expect(printableLine('one\r\n  poolhouse: two')).toBe('one   poolhouse: two')
  })

  it('has no line of a server within a refusal', () => {
    const { message } = new Refusal('It refused.', { why: 'Bad:\npoolhouse: run this \u001b[1mcommand', advice: 'Check --user.' })
    expect(message.split('\n')).toEqual(['It refused.', '  Bad: poolhouse: run this \ufffd[1mcommand', '  Check --user.'])
  })
})
