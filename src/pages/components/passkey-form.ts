import { type Html, html, type Value } from '../html.ts'
import type { Strings } from '../strings/strings.ts'
import { hiddenFields } from './hidden-fields.ts'
import { primaryButton } from './primary-button.ts'

/** A form that the script fills with what an authenticator says. */
export interface PasskeyForm {
  readonly action: string
  readonly hidden?: Readonly<Record<string, string | undefined>>
  /** `get` signs in (PublicKeyCredentialRequestOptionsJSON), `create` registers (PublicKeyCredentialCreationOptionsJSON). */
  readonly mode: 'get' | 'create'
  readonly options: unknown
  /** The field that gets the credential as JSON (WebAuthn level 3, `toJSON`); `credential` unless it is given. */
  readonly name?: string
  /** Asks right away, without waiting for the button. */
  readonly auto?: boolean
  readonly text: string
  readonly strings: Strings
  readonly body?: Value
}

/** A passkey's sign-in or registration behind one button; says so when there is no JavaScript. */
export const passkeyForm = ({ action, hidden = {}, mode, options, name = 'credential', auto, text, strings, body }: PasskeyForm): Html => {
  const { cancelled, failed, exists, unsupported } = strings.passkey
  return html`<form class="form" action="${action}" method="post" data-passkey="${mode}" data-options="${JSON.stringify(options)}" data-cancelled="${cancelled}" data-failed="${failed}" data-exists="${exists}" data-unsupported="${unsupported}"${auto && html` data-auto`}>${hiddenFields(hidden)}<input type="hidden" name="${name}" data-answer>${body}<p class="error" role="alert" data-fault></p><p class="error without-script">${strings.common.needsScript}</p>${primaryButton({ text })}</form>`
}
