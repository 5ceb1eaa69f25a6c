import type { CodeDeliveryDetailsType } from '../model/types.gen.ts'
import { text, value } from './components/text.ts'
import type { Fault } from './fault.ts'
import type { Html } from './html.ts'
import { openField, sealField } from './sealed-field.ts'
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

/** The hidden field that carries it on; empty where nothing is known. */
export const sentCodeField = async (visit: Visit, sent: SentCode | undefined): Promise<Record<string, string>> =>
  sent === undefined ? {} : sealField(visit, sentField, sent)

/** What the form carries, or the name alone where a person typed it; undefined for neither, and for what no page of ours sealed for the browser. */
export const openSentCode = async (visit: Visit): Promise<SentCode | undefined> => {
  const { authorization, request } = visit
  if (request.form.has(sentField)) return (await openField(visit, sentField)) as SentCode | undefined
  const username = typedIdentifier(authorization.pool, request.form.get('username') ?? '')
  return username === '' ? undefined : { username }
}

/** Why `openSentCode` found nothing: the name is missing, or what the form carried is too old. */
export const nothingSent = ({ request, strings: { errors } }: Visit): Fault =>
  request.form.has(sentField) ? { text: errors.formExpired } : { field: 'username', text: errors.required }

/** The sentence on where a code went. */
export const deliveredText = ({ strings: { code } }: Visit, { DeliveryMedium, Destination = '' }: CodeDeliveryDetailsType): Html =>
  text(fillHtml(DeliveryMedium === 'SMS' ? code.sentBySms : code.sentByEmail, { destination: value(Destination) }))
