import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { text, value } from './components/text.ts'
import type { Html } from './html.ts'
import { fillHtml } from './strings/fill.ts'
import { typedIdentifier } from './typed-identifier.ts'
import type { Visit } from './visit.ts'

/** A code, or a link, that somebody was sent: what the page that asks for it knows. The form carries it, sealed. */
export interface SentCode {
  /** The name as it was typed. */
  readonly username: string
  /** Where it went; undefined where that must not be told. */
  readonly delivered?: CodeDeliveryDetailsType | undefined
  /** What signs in, once the account is confirmed, whoever signed up in this browser (flows/sign-up-session.ts). */
  readonly session?: string | undefined
}

const sentField = 'sent'

/** Good in the browser that it was shown in alone. */
const entity = ({ authorization: { client }, csrf }: Visit): string => `sent/${client.uid}/${csrf.token}`

/** The hidden field that carries it on; empty where nothing is known. */
export const sentCodeField = async (visit: Visit, sent: SentCode | undefined): Promise<Record<string, string | undefined>> => {
  if (sent === undefined) return {}
  const { ctx, authorization } = visit
  const plain = Buffer.from(JSON.stringify(sent), 'utf8')
  return { [sentField]: await ctx.keyring.seal('sessions', authorization.pool.uid, entity(visit), plain) }
}

/** What the form carries, or the name alone where a person typed it; undefined for neither, and for what no page of ours sealed for the browser. */
export const openSentCode = async (visit: Visit): Promise<SentCode | undefined> => {
  const { ctx, authorization, request } = visit
  const sealed = request.form.get(sentField)
  if (sealed === undefined) {
    const username = typedIdentifier(authorization.pool, request.form.get('username') ?? '')
    return username === '' ? undefined : { username }
  }
  const plain = await ctx.keyring.open('sessions', authorization.pool.uid, entity(visit), sealed)
  return plain && (JSON.parse(Buffer.from(plain).toString('utf8')) as SentCode)
}

/** Whether the form brought something sealed, which `openSentCode` then could not open. */
export const isStale = ({ request }: Visit): boolean => request.form.has(sentField)

/** The sentence on where a code went. */
export const deliveredText = ({ strings: { code } }: Visit, { DeliveryMedium, Destination = '' }: CodeDeliveryDetailsType): Html =>
  text(fillHtml(DeliveryMedium === 'SMS' ? code.sentBySms : code.sentByEmail, { destination: value(Destination) }))
