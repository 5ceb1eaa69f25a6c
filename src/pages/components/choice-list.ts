import { type Html, html, nothing } from '../html.ts'
import { fieldId } from './field-id.ts'

/** One of several ways. */
export interface Choice {
  readonly value: string
  readonly title: string
  /** What it means, in one line. */
  readonly text?: string | undefined
}

/** Several ways of which a person takes one. */
export interface ChoiceList {
  readonly name: string
  /** The question, for who can't see that the choices belong together. */
  readonly legend: string
  readonly choices: readonly Choice[]
  /** `buttons` (unless it is given) send the form at once; `radios` wait for the page's own button. */
  readonly as?: 'buttons' | 'radios'
  readonly chosen?: string | undefined
}

/** A list of ways, each with its title and what it means. */
export const choiceList = ({ name, legend, choices, as = 'buttons', chosen }: ChoiceList): Html =>
  as === 'buttons'
    ? html`<div class="choices" role="group" aria-label="${legend}">${choices.map(
        ({ value, title, text }) =>
          html`<button class="choice" type="submit" name="${name}" value="${value}"><span class="choice-words"><span class="choice-title">${title}</span>${words(text)}</span>${chevron}</button>`,
      )}</div>`
    : html`<fieldset class="choices" id="${fieldId(name)}"><legend class="for-reader">${legend}</legend>${choices.map(
        ({ value, title, text }) =>
          html`<label class="choice"><input type="radio" name="${name}" value="${value}" required${(chosen ?? choices[0]?.value) === value ? html` checked` : nothing}><span class="choice-words"><span class="choice-title">${title}</span>${words(text)}</span></label>`,
      )}</fieldset>`

const words = (text: string | undefined) => (text ? html` <span class="choice-text">${text}</span>` : nothing)

const chevron = html`<svg class="chevron" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M9 5l7 7-7 7"/></svg>`
