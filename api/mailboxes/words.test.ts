import { expect, it } from 'vitest'
import { wordsOf } from './words.ts'

it.each([
  ['<p>Hello <b>Kim</b>,</p><p>a &lt; b&nbsp;&amp; c</p>', 'Hello Kim,\n\na < b\u00a0& c'],
  ['<style>p { color: red }</style><title>Newsletter</title>text<script>top.x = "</p>"</script>', 'text'],
  ['<table><tr><td>one</td><td>two</td></tr></table>', 'one\n\ntwo'],
  ['<div>'.repeat(50_000) + 'deep', 'deep'],
  ['<b><p>a'.repeat(3), 'a\na\na'],
  ['a<!-- hidden --><img alt="no text" src=x>b <unfinished', 'ab'],
])('%#', (html, text) => expect(wordsOf(html)).toBe(text))
