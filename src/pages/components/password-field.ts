import { type Html, html, nothing } from '../html.ts'
import type { PasswordRule } from '../password-rules.ts'
import type { Strings } from '../strings/strings.ts'
import { attribute, type Field, framed, idOf, stateAttributes } from './field.ts'

/** A field for a password, which never has a value. */
export interface PasswordField extends Pick<Field, 'id' | 'label' | 'hint' | 'error' | 'autofocus' | 'enterkeyhint'> {
  /** `password` unless it is given. */
  readonly name?: string
  readonly strings: Strings
  /** Makes it a field for a new password. */
  readonly isNew?: boolean
  /** The policy's rules, which tick off while typing. */
  readonly rules?: readonly PasswordRule[] | undefined
}

/** A field for a password, with a button that shows what was typed. */
export const passwordField = ({ name = 'password', strings, isNew = false, rules, ...given }: PasswordField): Html => {
  const id = idOf({ ...given, name })
  const { showPassword, hidePassword } = strings.common
  const frame = { ...given, name, required: true }
  const input = html`<div class="with-button"><input class="input inputField-customizable" id="${id}" name="${name}" type="password" autocomplete="${isNew ? 'new-password' : 'current-password'}" autocapitalize="none" spellcheck="false" dir="auto"${attribute('enterkeyhint', given.enterkeyhint)}${stateAttributes(frame, rules ? [`${id}-rules`] : [])}><button class="reveal needs-script" type="button" aria-controls="${id}" aria-pressed="false" aria-label="${showPassword}" title="${showPassword}" data-reveal="${id}" data-hide="${hidePassword}">${eye}</button></div>`
  return html`${framed(frame, input)}${rules ? ruleList(id, rules, strings) : nothing}`
}

const ruleList = (id: string, rules: readonly PasswordRule[], { password: said }: Strings): Html =>
  html`<div class="rules" id="${id}-rules" data-rules="${id}" data-met="${said.met}" data-missing="${said.missing}"><p class="hint">${said.rules}</p><ul>${rules.map(
    ({ text, pattern, quiet }) =>
      html`<li class="rule passwordCheck-notValid-customizable" data-pattern="${pattern}"${quiet ? html` data-quiet hidden` : nothing}>${text}<span class="for-reader"></span></li>`,
  )}</ul></div>`

const eye = html`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7S2 12 2 12Z"/><circle cx="12" cy="12" r="3"/><path class="slash" d="M4 4l16 16"/></svg>`
