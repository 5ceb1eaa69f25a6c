import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Look, plainLook } from '../../domain/look.ts'
import { type Html, html } from '../html.ts'
import { pageLayout } from '../layout.ts'
import { en } from '../strings/en.ts'
import { fill } from '../strings/fill.ts'
import { type Strings, stringsFor } from '../strings/strings.ts'
import { accountLine } from './account-line.ts'
import { alert } from './alert.ts'
import { checkbox } from './checkbox.ts'
import { choiceList } from './choice-list.ts'
import { codeField } from './code-field.ts'
import { divider } from './divider.ts'
import { favicons } from './favicons.ts'
import { field } from './field.ts'
import { fieldId } from './field-id.ts'
import { form } from './form.ts'
import { hiddenFields } from './hidden-fields.ts'
import { languageChooser } from './language-chooser.ts'
import { link } from './link.ts'
import { linkButton } from './link-button.ts'
import { otherWays } from './other-ways.ts'
import { passkeyForm } from './passkey-form.ts'
import { passwordField } from './password-field.ts'
import { picture } from './picture.ts'
import { primaryButton } from './primary-button.ts'
import { qrCode } from './qr-code.ts'
import { secondaryButton } from './secondary-button.ts'
import { secret } from './secret.ts'
import { selectField } from './select-field.ts'
import { legalText, text, value } from './text.ts'

/** Makes the text of an input that a name tells from the others. */
type Say = (name: string) => string
type Render = (say: Say) => Html | string

const attack = `"'><script>alert(1)</script>&amp;\``
const hostile: Say = (name) => attack + name
const harmless: Say = (name) => `Q${name}`

const escaped = (raw: string): string =>
  raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** The markup with `Q` wherever the attack stands as it may: escaped, inside of JSON and escaped, or made into an id. */
const disarmed = (markup: string): string =>
  markup
    .replaceAll(escaped(JSON.stringify(attack).slice(1, -1)), 'Q')
    .replaceAll(escaped(attack), 'Q')
    .replaceAll(fieldId(attack), 'field-Q')

const sayAll = (say: Say): Strings =>
  Object.fromEntries(
    Object.entries(en).map(([group, texts]) => [
      group,
      Object.fromEntries(Object.entries(texts).map(([key, words]) => [key, say(` ${words}`)])),
    ]),
  ) as unknown as Strings

const both = (say: Say, name: string) => ({ light: say(`${name}-light`), dark: say(`${name}-dark`) })
const frame = (say: Say) => ({
  name: say('name'),
  label: say('label'),
  hint: say('hint'),
  error: say('error'),
  optional: say('optional'),
})
const submit = (say: Say) => ({ text: say('text'), name: say('name'), value: say('value'), action: say('action') })
const hidden = (say: Say) => ({ [say('hidden-name')]: say('hidden-value') })
const choices = (say: Say) => [{ value: say('value'), title: say('title'), text: say('text') }]

const components: Readonly<Record<string, Render>> = {
  'account-line': (say) => accountLine({ account: say('account'), otherHref: say('href'), strings: sayAll(say) }),
  alert: (say) => alert({ kind: 'error', text: say('text'), fields: [{ name: say('field'), text: say('fault') }] }),
  checkbox: (say) => checkbox({ name: say('name'), label: say('label'), checked: true }),
  'choice-list': (say) =>
    html`${choiceList({ name: say('name'), legend: say('legend'), choices: choices(say) })}${choiceList({
      name: say('radio'),
      legend: say('radio-legend'),
      choices: choices(say),
      as: 'radios',
    })}`,
  'code-field': (say) => codeField({ ...frame(say), value: say('value') }),
  divider: (say) => divider(say('word')),
  favicons: (say) => favicons({ favicon: { ico: both(say, 'ico'), svg: both(say, 'svg') }, mode: 'dynamic' }),
  field: (say) => field({ ...frame(say), value: say('value'), autocomplete: say('autocomplete') }),
  form: (say) => form({ action: say('action'), hidden: hidden(say), body: say('body') }),
  'hidden-fields': (say) => hiddenFields(hidden(say)),
  'language-chooser': (say) => languageChooser({ action: say('action'), hidden: hidden(say) }, { language: 'en', strings: sayAll(say) }),
  link: (say) => link({ text: say('text'), href: say('href'), away: true }),
  'link-button': (say) => linkButton(submit(say)),
  'other-ways': (say) => otherWays([say('first'), say('second')]),
  'passkey-form': (say) =>
    passkeyForm({
      action: say('action'),
      hidden: hidden(say),
      mode: 'get',
      options: { challenge: say('challenge') },
      name: say('answer'),
      text: say('text'),
      strings: sayAll(say),
      body: say('body'),
    }),
  'password-field': (say) =>
    passwordField({ ...frame(say), strings: sayAll(say), rules: [{ text: say('rule'), pattern: say('pattern') }] }),
  picture: (say) => picture(both(say, 'url'), 'dynamic', say('class')),
  'primary-button': (say) => primaryButton(submit(say)),
  'qr-code': (say) => qrCode({ text: 'otpauth://totp/a', label: say('label') }),
  'secondary-button': (say) => html`${secondaryButton(submit(say))}${secondaryButton({ text: say('link'), href: say('href') })}`,
  secret: (say) => secret({ label: say('label'), value: 'ABCD', strings: sayAll(say) }),
  'select-field': (say) =>
    selectField({ ...frame(say), autocomplete: say('autocomplete'), options: [{ value: say('value'), text: say('option') }] }),
  text: (say) => html`${text(say('text'))}${legalText(say('legal'))}${value(say('value'))}`,
}

const decorated = (say: Say): Look => ({
  ...plainLook(2),
  sheetUrl: say('sheet'),
  logo: { picture: both(say, 'logo'), side: 'start', edge: 'top', inside: true },
  favicon: { svg: both(say, 'favicon') },
  header: { logo: both(say, 'header'), side: 'center' },
  footer: { logo: both(say, 'bar'), side: 'end' },
  graphics: { email: both(say, 'graphic') },
})

const layout: Render = (say) => layoutAt('/pool', say)

const layoutAt = (root: string, say: Say): string =>
  pageLayout({
    root,
    look: decorated(say),
    language: 'en',
    strings: sayAll(say),
    title: say('title'),
    heading: say('heading'),
    alert: { kind: 'info', text: say('alert') },
    graphic: 'email',
    body: say('body'),
    footer: say('small-print'),
    languages: { action: say('action'), hidden: hidden(say) },
  })

describe('escaping', () => {
  it('is tried with every component that there is', () => {
    const files = readdirSync(new URL('.', import.meta.url))
    const names = files.filter((file) => !file.endsWith('.test.ts')).map((file) => file.replace(/\.ts$/, ''))
    // An id is no markup.
    expect(Object.keys(components).sort()).toEqual(names.filter((name) => name !== 'field-id').sort())
  })

  it.each([...Object.entries(components), ['the layout', layout] as const])('%s shows what is hostile as what it is', (_name, render) => {
    const inputs: string[] = []
    render((name) => {
      if (!name.startsWith(' ')) inputs.push(name)
      return name
    })
    const markup = disarmed(render(hostile).toString())
    expect(markup).toBe(render(harmless).toString())
    expect(inputs.filter((name) => !markup.includes(harmless(name)))).toEqual([])
  })

  it('holds for what stands before the paths of the server', () => {
    expect(disarmed(layoutAt(attack, harmless))).toBe(layoutAt('Q', harmless))
  })

  it('holds for a secret, which is shown in groups and copied whole', () => {
    const shown = secret({ label: 'Key', value: `"'<>&abc`, strings: stringsFor('en') }).toString()
    expect(shown).toContain('>&quot;&#39;&lt;&gt; &amp;abc</code>')
    expect(shown).toContain('data-copy="&quot;&#39;&lt;&gt;&amp;abc"')
  })

  it('makes an id of any name of a field', () => {
    expect(fieldId('requiredAttributes[custom:it\'s "it"]')).toMatch(/^field-[\w-]+$/)
  })

  it('lets pieces of pages through and escapes what phrases are filled with', () => {
    expect(text(html`<b>${'<i>'}</b>`).toString()).toContain('<b>&lt;i&gt;</b>')
    expect(text(fill(stringsFor('en').signIn.withProvider, { provider: '<b>' })).toString()).toContain('Continue with &lt;b&gt;')
  })
})

describe('links', () => {
  const hrefsOf = (href: string): (string | undefined)[] =>
    [
      link({ text: 'Go', href }),
      secondaryButton({ text: 'Go', href }),
      accountLine({ account: 'ana', otherHref: href, strings: stringsFor('en') }),
    ].map((markup) => /<a [^>]*href="([^"]*)"/.exec(markup.toString())?.[1])

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript\r:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.com/x',
  ])('%j leads nowhere', (href) => {
    expect(hrefsOf(href)).toEqual(['#', '#', '#'])
  })

  it.each(['/login?a=javascript:x', 'https://example.com/terms', 'HTTP://example.com', '#field-code', '?lang=de'])('%j is kept', (href) => {
    expect(hrefsOf(href)).toEqual([href, href, href])
  })

  it('tells a page in a new tab nothing of this one', () => {
    expect(link({ text: 'Terms', href: '/terms', away: true }).toString()).toContain('target="_blank" rel="noopener noreferrer"')
  })
})

/** The attributes of the first element of one of these kinds. */
const attributesOf = (markup: string, ...kinds: string[]): Readonly<Record<string, string>> => {
  const [, inside = ''] = new RegExp(`<(?:${kinds.join('|')})\\b([^>]*)>`).exec(markup) ?? []
  return Object.fromEntries([...inside.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', given = '']) => [name, given]))
}

/** What stands in the element with an id, without its tags. */
const textWithId = (markup: string, id: string): string | undefined =>
  new RegExp(`<(\\w+)[^>]* id="${id}"[^>]*>(.*?)</\\1>`, 's').exec(markup)?.[2]?.replaceAll(/<[^>]*>/g, '')

const strings = stringsFor('en')
const kinds = {
  field: (given: object) => field({ name: 'it[em]', label: 'Label', ...given }),
  codeField: (given: object) => codeField({ name: 'it[em]', label: 'Label', ...given }),
  passwordField: (given: object) => passwordField({ name: 'it[em]', label: 'Label', strings, ...given }),
  selectField: (given: object) => selectField({ name: 'it[em]', label: 'Label', options: [{ value: 'a', text: 'A' }], ...given }),
}

describe.each(Object.entries(kinds))('%s', (_kind, render) => {
  const inputOf = (markup: string) => attributesOf(markup, 'input', 'select')

  it('has a label that points to its input', () => {
    const markup = render({}).toString()
    expect(attributesOf(markup, 'label')['for']).toBe(fieldId('it[em]'))
    expect(inputOf(markup)).toMatchObject({ id: fieldId('it[em]'), name: 'it[em]' })
  })

  it('is described by its error first and then by its hint, and is invalid', () => {
    const markup = render({ hint: 'A hint', error: 'A fault' }).toString()
    const input = inputOf(markup)
    expect(input['aria-invalid']).toBe('true')
    expect(input['aria-describedby']?.split(' ').map((id) => textWithId(markup, id))).toEqual(['A fault', 'A hint'])
  })

  it('is not invalid without an error, and described by nothing without a hint', () => {
    const hinted = inputOf(render({ hint: 'A hint' }).toString())
    expect(hinted).not.toHaveProperty('aria-invalid')
    expect(hinted['aria-describedby']).toBe(`${fieldId('it[em]')}-hint`)
    expect(inputOf(render({}).toString())).not.toHaveProperty('aria-describedby')
  })

  it('is where the alert leads', () => {
    const { href } = attributesOf(alert({ kind: 'error', fields: [{ name: 'it[em]', text: 'A fault' }] }).toString(), 'a')
    expect(href).toBe(`#${inputOf(render({}).toString())['id']}`)
  })
})

describe('what readers of screens are told', () => {
  it('describes a new password by its rules too', () => {
    const rules = [{ text: 'A number', pattern: '[0-9]' }]
    const markup = passwordField({ label: 'Label', strings, isNew: true, error: 'A fault', rules }).toString()
    const ids = attributesOf(markup, 'input')['aria-describedby']?.split(' ') ?? []
    expect(ids.map((id) => textWithId(markup, id))).toEqual(['A fault', `${strings.password.rules}A number`])
  })

  it('names the button that shows a password, and what it controls', () => {
    const markup = passwordField({ label: 'Label', strings }).toString()
    const button = attributesOf(markup, 'button')
    expect(button).toMatchObject({ type: 'button', 'aria-label': strings.common.showPassword, 'aria-pressed': 'false' })
    expect(button['aria-controls']).toBe(attributesOf(markup, 'input')['id'])
  })

  it('never puts a password into the page', () => {
    const given = { label: 'Label', strings, value: 'Pa55word!' }
    expect(passwordField(given).toString()).not.toContain('Pa55word!')
  })

  it('labels a box to tick', () => {
    const markup = checkbox({ name: 'remember', label: 'Label' }).toString()
    expect(attributesOf(markup, 'label')['for']).toBe(attributesOf(markup, 'input')['id'])
  })

  it('names a group of ways, and lets an alert lead to it', () => {
    const given = { name: 'factor', legend: 'Which one?', choices: [{ value: 'A', title: 'First' }] }
    expect(attributesOf(choiceList(given).toString(), 'div')).toMatchObject({ role: 'group', 'aria-label': 'Which one?' })
    const radios = choiceList({ ...given, as: 'radios' }).toString()
    expect(radios).toContain('<legend class="for-reader">Which one?</legend>')
    expect(attributesOf(radios, 'fieldset')['id']).toBe(fieldId('factor'))
    expect(radios).toMatch(/<label [^>]*><input type="radio"/)
  })

  it('has errors read at once and news when there is time', () => {
    expect(attributesOf(alert({ kind: 'error', text: 'No' }).toString(), 'div')['role']).toBe('alert')
    expect(attributesOf(alert({ kind: 'success', text: 'Yes' }).toString(), 'div')['role']).toBe('status')
  })
})
