import { describe, expect, it } from 'vitest'
import { htmlOf } from './sanitise.ts'

const shown = (content: string) => htmlOf({ contentType: 'html', content })

describe('plain text', () => {
  it.each([
    ['See <https://x.example/a>', 'See &lt;https://x.example/a&gt;'],
    ['a<b && c>d', 'a&lt;b &amp;&amp; c&gt;d'],
    ['&amp; &lt;b&gt; &nbsp;', '&amp;amp; &amp;lt;b&amp;gt; &amp;nbsp;'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['Kim <kim.kettle@contoso.com>\n-- \n> quoted', 'Kim &lt;kim.kettle@contoso.com&gt;\n-- \n&gt; quoted'],
    ['<!-- not a comment --> <![CDATA[x]]> </pre>', '&lt;!-- not a comment --&gt; &lt;![CDATA[x]]&gt; &lt;/pre&gt;'],
  ])('%j stays what it is', (content, expected) => expect(htmlOf({ contentType: 'text', content })).toBe(`<pre>${expected}</pre>`))
})

describe('the colour behind a text is kept, however it was written', () => {
  it.each([
    ['<div style="background:#003366;color:#fff">x</div>', 'background-color:#003366;color:#fff'],
    ['<div style="background: url(http://a.example/b.png) no-repeat center navy; color: white">x</div>', 'background-color:navy;color:white'],
    ['<div style="background:linear-gradient(to right, #003366, #000);color:#fff">x</div>', 'background-color:#003366;color:#fff'],
    ['<div style="background:rgb(0, 51, 102) !important;color:#fff">x</div>', 'background-color:rgb(0, 51, 102);color:#fff'],
    ['<div style="color:#fff;background:navy;background-color:black">x</div>', 'background-color:black;color:#fff'],
    ['<table><tr bgcolor="003366"></tr></table>', 'background-color:#003366'],
    ['<table bgcolor="navy"></table>', 'background-color:navy'],
    ['<html><body bgcolor="#000" style="color:#fff">x</body></html>', 'background-color:#000;color:#fff'],
  ])('%s', (html, style) => {
    const kept = /style="([^"]*)"/.exec(shown(html))?.[1] ?? ''
    // The last of two of the same name counts.
    expect(Object.fromEntries(kept.split(';').map((one) => one.split(/:(.*)/)))).toEqual(Object.fromEntries(style.split(';').map((one) => one.split(/:(.*)/))))
  })

  it.each(['none', 'url(http://a.example/x.png)', 'url("a;b") no-repeat', 'inherit', 'repeat-x center / cover'])('%s is none', (background) =>
    expect(shown(`<div style='background:${background}'>x</div>`)).toBe('<div>x</div>'))
})

describe('a picture is left out, and its place is marked', () => {
  it.each([
    ['<img src="http://a.example/x.png" alt="Our <new> office">', '<span data-picture>[Our &lt;new&gt; office]</span>'],
    ['<img src="cid:1">', '<span data-picture>[picture]</span>'],
    ['<img src="cid:1" alt=" ">', '<span data-picture></span>'],
    ['<img src="http://a.example/seen.gif" width="1" height="1">', '<span></span>'],
    ['<img alt="&quot;><script>alert(1)</script>">', '<span data-picture>["&gt;&lt;script&gt;alert(1)&lt;/script&gt;]</span>'],
  ])('%s', (html, expected) => expect(shown(html)).toBe(expected))
})

it('a link holds its address and leads nowhere', () =>
  expect(shown('<a href=" https://a.example/b " title="bank" target="_top">text</a><a name="here">no link</a>')).toBe('<a title="https://a.example/b">text</a><a>no link</a>'))

it('the title of the page is no part of it', () => expect(shown('<html><head><title>Newsletter 7</title></head><body>Hello</body></html>')).toBe('<div>Hello</div>'))

describe('nothing of the text changes its meaning', () => {
  it.each([
    ['<p>Was <strike>Tuesday</strike>, <del>100</del><ins>120</ins></p>', '<p>Was <strike>Tuesday</strike>, <del>100</del><ins>120</ins></p>'],
    ['<section>Total due</section><section>100 EUR</section>', '<section>Total due</section><section>100 EUR</section>'],
    ['<ol start="4" type="a"><li value="7">Restart</li></ol>', '<ol start="4" type="a"><li value="7">Restart</li></ol>'],
    ['Total 1<span style="display:none">00</span>0 EUR', 'Total 1<span style="display:none">00</span>0 EUR'],
    ['<p style="COLOR:WHITE;BACKGROUND:BLACK">x</p>', '<p style="background-color:BLACK;color:WHITE">x</p>'],
    ['<span data-picture>no picture</span>', '<span>no picture</span>'],
    ['a&#x202e;b <a href="https://a.example/\u202e/b">c</a>', 'ab <a title="https://a.example//b">c</a>'],
    ['<img alt="Chart" width="100%" height="2em">', '<span data-picture>[Chart]</span>'],
  ])('%s', (html, expected) => expect(shown(html)).toBe(expected))

  it('an emoji is not cut in two', () => expect(shown(`<img alt="${'a'.repeat(199)}👍👍">`)).toBe(`<span data-picture>[${'a'.repeat(199)}👍]</span>`))
})

it('of a style that is longer than an honest one only the beginning is looked at', () => {
  const styled = (times: number) => shown(`<p style="${'text-align:left;'.repeat(times)}color:red">x</p>`)
  expect(styled(100)).toContain('color:red')
  expect(styled(200)).not.toContain('color:red')
  expect(styled(200)).toContain('text-align:left')
  expect(shown(`<p style="background:${'url('.repeat(75_000)}">x</p>`)).toBe('<p>x</p>')
})
