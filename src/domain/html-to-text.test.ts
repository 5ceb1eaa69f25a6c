import { describe, expect, it } from 'vitest'
import { htmlToText } from './html-to-text.ts'

describe('htmlToText', () => {
  it.each([
    ['Your confirmation code is 123456', 'Your confirmation code is 123456'],
    ['<p>Hello <b>you</b>,</p><p>the code is <code>123456</code>.<br/>Bye</p>', 'Hello you,\n\nthe code is 123456.\nBye'],
    ['<html><head><title>T</title><style>p { color: red }</style></head><body>\n  <p>One\n two</p>\n</body></html>', 'One two'],
    ['Click <a href="https://auth.example.com/confirm?a=1&amp;b=2">here</a>.', 'Click here (https://auth.example.com/confirm?a=1&b=2).'],
    ["<a class=x href='https://example.com/'>https://example.com/</a>", 'https://example.com/'],
    ['Tom &amp; Jerry &lt;3 &#8364;&#x20AC; &unknown; &amp;lt;', 'Tom & Jerry <3 €€ &unknown; &lt;'],
    ['if 1 < 2 and 3 > 2', 'if 1 < 2 and 3 > 2'],
    ['password a<b', 'password a<b'],
    ['<ul><li>one</li><li>two</li></ul>after', 'one\ntwo\n\nafter'],
    ['a<!-- hidden --><script>alert(1)</script>b', 'ab'],
    ['', ''],
  ])('turns %j into %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  it('stays fast on a 20,000 character template made to be slow', () => {
    for (const unit of ['<a href="', '<a ', '<script', '<!--', '\n ', '<', '&#', '<p']) {
      const start = performance.now()
      htmlToText(unit.repeat(Math.ceil(20_000 / unit.length)))
      expect(performance.now() - start, unit).toBeLessThan(500)
    }
  })
})
