import { describe, expect, it } from 'vitest'
import { operationNamed, operationNames } from '../model/model.ts'
import { validateInput } from '../model/validate.ts'
import { exampleInput } from './example-input.ts'

describe('the example of an operation', () => {
  it.each(operationNames)('is a valid body: %s', (name) => {
    const operation = operationNamed(name)
    if (operation === undefined) throw new Error(name)
    expect(validateInput(operation, exampleInput(name))).toMatchObject({ kind: 'ok' })
  })

  it('has what is known and what is given in the place of what is made up, in the order of the model', () => {
    const known = { UserPoolId: '{{pool_id}}', Username: '{{username}}' }
    const input = exampleInput('AdminAddUserToGroup', known, { GroupName: 'readers' })
    expect(JSON.stringify(input)).toBe('{"UserPoolId":"{{pool_id}}","Username":"{{username}}","GroupName":"readers"}')
  })

  it('takes no member that the operation lacks', () => {
    expect(() => exampleInput('GetUser', {}, { Username: 'ana' })).toThrow('GetUser has no member Username')
  })
})
