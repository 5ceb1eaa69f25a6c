import type { Person } from '../person.ts'
import { totpFunction } from './totp.ts'

/** How the last form of a sign-in on the pages is answered: with the password, or with a code of an app or of a message. */
export type LastForm =
  | { readonly field: 'password' }
  | { readonly field: 'code'; readonly from: 'app' | 'message'; readonly to: string; readonly factor: string }

const withCode = (last: LastForm): string => {
  if (last.field === 'password') return 'const withCode = undefined'
  if (last.from === 'app') return `${totpFunction.trim()}\nconst withCode = withTotp`
  return `const withCode = (then) =>
  pm.sendRequest(get('mailbox_url') + '?to=' + encodeURIComponent(get('${last.to}')), (error, response) => {
    if (error) throw error
    then(response.json()[0].code)
  })`
}

/**
 * Walks through the sign-in pages as a browser would, up to the last form, which the request itself sends: its answer is the redirect that
 * brings the code, and a script can't keep Postman from following redirects. Sets `page_form_url` and `page_form`.
 */
export const pagesScript = ({ name, password }: Person, query: string, last: LastForm): string => `
const cheerio = require('cheerio')
const get = (variable) => pm.variables.get(variable)
${withCode(last)}
const origin = get('oauth_url').match(/^https?:[/][/][^/]+/)[0]
const choices = ${JSON.stringify(last.field === 'password' ? ['PASSWORD'] : ['PASSWORD', last.factor])}
const answers = { username: get('${name}'), password: get('${password}') }
const formOf = (response) => {
  const $ = cheerio.load(response.text())
  const named = ['username', 'password', 'code', 'answer'].map((name) => '[name=' + name + ']').join(', ')
  const form = $('form[method=post]').filter((_, each) => $(each).find(named).length > 0).first()
  if (form.length === 0) throw new Error('the page "' + $('h1').text().trim() + '" (' + response.code + ') has no form to sign in with')
  const fields = {}
  form.find('input[name]').each((_, each) => (fields[$(each).attr('name')] = $(each).attr('value') || ''))
  // Where there is a choice: the password, and the second factor that this user has.
  const ways = form.find('[name=answer]').toArray().map((each) => $(each).attr('value'))
  const way = ways.find((each) => choices.includes(each))
  if (way) fields.answer = way
  const action = form.attr('action')
  return { url: action.startsWith('/') ? origin + action : action, fields }
}
const encoded = (fields) => Object.entries(fields).map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
const fill = (url, fields) => {
  if (url.includes('{{')) throw new Error('the form leads to an address with a reference to a variable')
  pm.environment.set('page_form_url', url)
  pm.environment.set('page_form', encoded(fields))
}
const go = (error, response) => {
  if (error) throw error
  const { url, fields } = formOf(response)
  for (const field of ['username', 'password']) if (field in fields) fields[field] = answers[field]
  if ('${last.field}' in fields) {
    if (withCode) withCode((code) => fill(url, { ...fields, code }))
    else fill(url, fields)
    return
  }
  const header = { 'Content-Type': 'application/x-www-form-urlencoded' }
  pm.sendRequest({ url, method: 'POST', header, body: { mode: 'raw', raw: encoded(fields) } }, go)
}
pm.sendRequest(get('oauth_url') + '/login?' + ${query}, go)`
