import { factorAttribute, secondFactorStep } from '../domain/second-factor.ts'
import type { Item } from './collection-format.ts'
import { httpItem } from './http-item.ts'
import { type Person, visitor } from './person.ts'
import type { PlannedUser } from './planned-user.ts'
import { keepFunction } from './scripts/keep.ts'
import { type LastForm, pagesScript } from './scripts/pages.ts'
import { allowedPasswordFlows, signInItems } from './sign-in-items.ts'
import { adminMadeUser } from './sign-up-items.ts'
import { type PostmanTarget, planningPool } from './target.ts'

/** What the pages answer an application with. */
export type ResponseType = 'code' | 'token'

/** The query of an authorization request, as a script computes it. */
const query = (type: ResponseType): string =>
  `['client_id', 'redirect_uri', 'scope'].map((name) => name + '=' + encodeURIComponent(get(name))).join('&') + '&response_type=${type}&state=postman'`

/** Lines of a test that take the code out of the redirect to the application. */
export const codeFromRedirect = [
  "const location = pm.response.headers.get('Location') || ''",
  "pm.test('the browser goes back to the application', () => pm.expect(location, pm.response.text()).to.match(/[?&]code=/))",
  "pm.test('the address is the one that was asked for', () => pm.expect(location.startsWith(pm.variables.get('redirect_uri'))).to.equal(true))",
  keepFunction,
  "keep('authorization_code', (/[?&]code=([^&#]+)/.exec(location) || [])[1])",
]

/** The last form on the way of somebody who knows the password; undefined where a person has to choose or to set something up. */
const lastForm = (target: PostmanTarget, { user, person }: PlannedUser): LastForm | undefined => {
  const step = secondFactorStep(planningPool(target), user, { flow: 'password', proofs: ['pwd'] })
  if (step.kind === 'none') return { field: 'password' }
  const factor = step.kind === 'ask' ? step.factor : step.kind === 'select' ? step.factors[0] : undefined
  if (factor === undefined) return undefined
  const address = factorAttribute[factor]
  if (address === undefined) return { field: 'code', from: 'app', to: '', factor }
  const to = address === 'email' ? person.email : person.phone
  return target.mailboxUrl === undefined ? undefined : { field: 'code', from: 'message', to, factor }
}

/** Lines of a test that take the access token out of the redirect to the application. */
export const tokenFromRedirect = [
  "const location = pm.response.headers.get('Location') || ''",
  'const token = /[#&]access_token=([^&]+)/.exec(location)',
  "pm.test('the address has an access token', () => pm.expect(token, location).to.not.equal(null))",
  "pm.test('the state comes back', () => pm.expect(location).to.match(/[#&]state=postman(&|$)/))",
  keepFunction,
  "keep('oauth_access_token', token && token[1])",
]

const signInOnPages = (person: Person, last: LastForm, type: ResponseType): Item =>
  httpItem({
    name: 'Sign in on the pages',
    description: 'The script before it opens the sign-in page and fills in its forms; this request sends the last one.',
    url: '{{page_form_url}}',
    encodedForm: '{{page_form}}',
    before: [pagesScript(person, query(type), last)],
    tests: type === 'code' ? codeFromRedirect : tokenFromRedirect,
    keepsRedirect: true,
  })

/** Signs the browser out of the pages, so that they ask anew. */
export const pageSignOut = (): Item =>
  httpItem({
    name: 'Sign out of the pages',
    url: '{{oauth_url}}/logout?client_id={{client_id}}&redirect_uri={{redirect_uri}}&response_type=code',
    tests: [
      "pm.test('the browser goes to the sign-in page', () => pm.expect(pm.response.headers.get('Location')).to.match(/[/]login[?]/))",
    ],
    keepsRedirect: true,
  })

/**
 * A user whom an administrator makes, and who signs in on the pages, up to the code in `authorization_code` or the token in
 * `oauth_access_token`; undefined where that takes a person.
 */
export const pageSignIn = (target: PostmanTarget, type: ResponseType): Item[] | undefined => {
  const made = adminMadeUser(target, visitor)
  const [flow] = allowedPasswordFlows(target)
  const needsSetUp = secondFactorStep(planningPool(target), made.planned.user, { flow: 'password', proofs: ['pwd'] }).kind === 'set up'
  if (needsSetUp && flow === undefined) return undefined
  const ready = needsSetUp && flow !== undefined ? signInItems(target, made.planned, flow) : { items: [], planned: made.planned }
  const last = lastForm(target, ready.planned)
  return last === undefined ? undefined : [...made.items, ...ready.items, pageSignOut(), signInOnPages(visitor, last, type)]
}
