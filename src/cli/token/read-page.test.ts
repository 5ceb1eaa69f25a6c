import { describe, expect, it } from 'vitest'
import { readPage } from './read-page.ts'

describe('readPage', () => {
  it('reads a form with its fields, whatever stands in their values', () => {
    const { forms } = readPage(`
      <form action="/login?lang=de" method="get"><select name="lang"></select></form>
      <form name="f" method="POST" action="/login?a=1&amp;b=&quot;2&quot;">
        <input type="hidden" name="_csrf" value="a &gt; b"/><input type='hidden' name='empty'>
        <input name="username" autocomplete="username" required><input name=password type=password autocomplete=current-password value="<>">
        <button name="answer" value="EMAIL_OTP">x</button><input type="submit" name="go" value="Go"><button name="other" value="1">y</button>
      </form>`)
    expect(forms).toHaveLength(1)
    expect(forms[0]?.action).toBe('/login?a=1&b="2"')
    expect([...(forms[0]?.fields ?? [])]).toEqual([
      ['_csrf', { type: 'hidden', value: 'a > b', autocomplete: '' }],
      ['empty', { type: 'hidden', value: '', autocomplete: '' }],
      ['username', { type: 'text', value: '', autocomplete: 'username' }],
      ['password', { type: 'password', value: '<>', autocomplete: 'current-password' }],
    ])
    expect(forms[0]?.choices).toEqual(['EMAIL_OTP'])
  })

  it('reads what a page says', () => {
    const page = readPage(`<main><h1>Enter a code</h1>
      <div class="alert failure errorMessage-customizable" role="alert"><svg/><div><p>Not &#39;right&#39;.</p></div></div>
      <p class="text">We sent it to <bdi class="value">a***@e***</bdi>.</p><p class="error" role="alert" data-fault></p>
      <a href="otpauth://totp/x?secret=A">app</a><form method="post"><p>in the form</p></form><p class="legal legalText">small</p></main>`)
    expect(page).toMatchObject({ heading: 'Enter a code', faults: ["Not 'right'."], destination: 'a***@e***', hasSecret: true })
    expect(page.text).toContain('We sent it to a***@e*** .')
    expect(page.text).not.toMatch(/in the form|small|Enter/)
    expect(readPage('<p id="loginErrorMessage" class="errorMessage-customizable">Incorrect.</p>').faults).toEqual(['Incorrect.'])
  })

  it('finds nothing where nothing is', () => {
    const nothing = { heading: '', faults: [], forms: [], destination: undefined, hasSecret: false, text: '' }
    for (const html of ['', '{"a":1}', '<form', '<form method="post"', '&#9999999; &#x110000;']) expect(readPage(html)).toEqual(nothing)
  })
})
