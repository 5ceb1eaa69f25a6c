import { Refusal } from '../client/refusal.ts'
import { chooseWay } from './choose-way.ts'
import { newPasswordFor } from './new-password.ts'
import type { PageForm, ReadPage } from './read-page.ts'
import type { TokenRun } from './token-run.ts'

/** What a page asked for. */
export type PageQuestion = 'name' | 'password' | 'new password' | 'app code' | 'sent code' | 'choice' | 'answer'

/** A form with what was asked for in it. */
export interface FilledForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  readonly question: PageQuestion
}

type Fields = Record<string, string>
type Filled = { readonly question: PageQuestion; readonly fields: Fields }

const visible = ({ fields }: PageForm, name: string): boolean => {
  const field = fields.get(name)
  return field !== undefined && field.type !== 'hidden'
}

const newPassword = ({ request }: TokenRun, form: PageForm): Filled => {
  const required = [...form.fields.keys()].flatMap((name) => /^requiredAttributes\[(.+)\]$/.exec(name)?.[1] ?? [])
  const { password, attributes } = newPasswordFor(request, required)
  return {
    question: 'new password',
    fields: { password, ...Object.fromEntries(required.map((name) => [`requiredAttributes[${name}]`, attributes[name] ?? ''])) },
  }
}

const signIn = async ({ request }: TokenRun, form: PageForm): Promise<Filled> => {
  const name = visible(form, 'username') ? { username: request.username } : {}
  if (!visible(form, 'password')) return { question: 'name', fields: name }
  return { question: 'password', fields: { ...name, password: await request.password() } }
}

const code = async ({ codes }: TokenRun, { destination }: ReadPage): Promise<Filled> =>
  destination === undefined
    ? { question: 'app code', fields: { code: await codes.totp() } }
    : { question: 'sent code', fields: { code: await codes.sent(destination) } }

const answer = ({ request: { answers } }: TokenRun, given: number, { text }: ReadPage): Filled => {
  const next = answers[given]
  if (next !== undefined) return { question: 'answer', fields: { answer: next } }
  throw new Refusal('The user pool asks a question of its own.', {
    why: text,
    advice: 'Answer it with --answer TEXT, once for each question.',
  })
}

const setUp = () =>
  new Refusal('The user pool requires a second factor and the user has none.', {
    advice: 'Set one up first: sign in on the page in a browser, or use the API with an access token.',
  })

const filled = async (run: TokenRun, page: ReadPage, form: PageForm, answered: number): Promise<Filled | undefined> => {
  if (form.choices.length > 0) return { question: 'choice', fields: { answer: chooseWay(form.choices, run.request) } }
  if (form.fields.get('password')?.autocomplete === 'new-password') return newPassword(run, form)
  if (visible(form, 'username') || visible(form, 'password')) return signIn(run, form)
  if (visible(form, 'code')) return code(run, page)
  if (visible(form, 'answer')) return answer(run, answered, page)
  return undefined
}

/** What asks for something; a form that only leads elsewhere doesn't. */
const asking = ({ choices, fields }: PageForm): boolean => choices.length > 0 || [...fields.values()].some(({ type }) => type !== 'hidden')

/** The form of a page with the answers of the request; `answered` questions of the pool's own went before. Throws a Refusal. */
export const fillPage = async (run: TokenRun, page: ReadPage, answered: number): Promise<FilledForm> => {
  if (page.hasSecret || page.forms.some((form) => visible(form, 'email'))) throw setUp()
  const form = page.forms.find(asking)
  const found = form && (await filled(run, page, form, answered))
  if (form === undefined || found === undefined) {
    const isPasskey = page.forms.some(({ fields }) => fields.has('credential'))
    throw new Refusal(`The page "${page.heading}" asks for something that this command can't answer.`, {
      why: page.faults.join(' '),
      advice: isPasskey ? 'A passkey needs its authenticator: take another way with --first-factor.' : undefined,
    })
  }
  const hidden = [...form.fields].flatMap(([name, { type, value }]) => (type === 'hidden' ? [[name, value] as const] : []))
  return { action: form.action, question: found.question, fields: { ...Object.fromEntries(hidden), ...found.fields } }
}
