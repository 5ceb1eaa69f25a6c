import { authenticatorUri } from '../../domain/authenticator-uri.ts'
import { codeField } from '../components/code-field.ts'
import { primaryButton } from '../components/primary-button.ts'
import { qrCode } from '../components/qr-code.ts'
import { secret } from '../components/secret.ts'
import { text } from '../components/text.ts'
import { errorAt, type Fault } from '../fault.ts'
import { type Html, html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** What the form for a new authenticator app shows. */
export interface TokenSetUp {
  readonly account: string
  /** base32 */
  readonly secretCode: string
  readonly fault: Fault | undefined
}

/**
 * The fields of a form in which somebody sets up an authenticator app: the secret as a picture, as a link for an app on the same device and
 * as text, and the first code. guess: authenticator apps show the pool's name for what the codes are for.
 */
export const tokenSetUp = ({ strings, authorization: { pool } }: Visit, { account, secretCode, fault }: TokenSetUp): Html => {
  const { mfaSetUp: said } = strings
  const uri = authenticatorUri({ issuer: pool.Name, account, secret: secretCode })
  return html`${text(said.totpScan)}${qrCode({ text: uri, label: said.totpQrCode })}<p class="text"><a class="link redirect-customizable" href="${uri}">${
    said.totpOpenApp
  }</a></p>${text(`${said.totpCannotScan} ${said.totpEnterKey}`)}${secret({ label: said.totpKey, value: secretCode, strings })}${codeField({
    label: said.totpCode,
    error: errorAt(fault, 'code'),
  })}${primaryButton({ text: said.submit })}`
}
