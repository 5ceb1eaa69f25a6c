import { describe, expect, it } from 'vitest'
import { createSecrets } from './secrets.ts'

describe('createSecrets', () => {
  it('hides what it was told, however it is written', () => {
    const secrets = createSecrets()
    expect(secrets.keep('Pass "word"&1')).toBe('Pass "word"&1')
    const written = ['Pass "word"&1', 'Pass \\"word\\"&1', 'Pass%20%22word%22%261', 'Pass+%22word%22%261', btoa('Pass "word"&1')]
    for (const each of written) expect(secrets.hide(`<${each}>`)).toBe('<***>')
  })

  it('hides the longer one first, and no parts of words', () => {
    const secrets = createSecrets()
    for (const each of ['Horse', 'Horse-7', 'in', '', undefined]) secrets.keep(each)
    expect(secrets.hide('in Horse-7 and Horse')).toBe('in *** and ***')
  })
})
