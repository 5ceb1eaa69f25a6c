import { describe, expect, it } from 'vitest'
import { changedClientIdFault, chosenClientId, chosenClientIdFault } from './chosen-client-id.ts'

describe('a chosen client id', () => {
  it('is what follows the prefix of a name', () => {
    expect(chosenClientId('_custom_id_:web')).toBe('web')
    expect(chosenClientId('_custom_id_:')).toBe('')
    expect(chosenClientId('my _custom_id_:web')).toBeUndefined()
  })

  it.each(['a', 'Web_app+1', 'a'.repeat(113)])('can be %s', (id) => {
    expect(chosenClientIdFault(id)).toBeUndefined()
  })

  it.each(['', 'a b', 'a-b', 'a:b', 'a\n', 'a'.repeat(114)])('can not be %j', (id) => {
    expect(chosenClientIdFault(id)).toBe('A chosen id of an app client has 1 to 113 letters, digits, underscores or plus signs.')
  })

  it('is no way to rename a client', () => {
    expect(changedClientIdFault('web', undefined)).toBeUndefined()
    expect(changedClientIdFault('web', 'anything')).toBeUndefined()
    expect(changedClientIdFault('web', '_custom_id_:web')).toBeUndefined()
    expect(changedClientIdFault('web', '_custom_id_:app')).toBe('The id of the app client web cannot be changed.')
  })
})
