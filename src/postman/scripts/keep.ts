/**
 * A function `keep(name, value)` that puts a value of an answer into a variable. What a server says is no reference to another variable: a
 * session called `{{secret_key}}` would come back to it as the secret itself.
 */
export const keepFunction = `
const keep = (name, value) => {
  pm.test('the answer has ' + name, () => pm.expect(value).to.not.be.oneOf([undefined, null]))
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text && text.includes('{{')) throw new Error('the answer holds a reference to a variable in ' + name)
  pm.environment.set(name, text)
}`.trim()
