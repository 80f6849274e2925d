// Hostile bodies, opened in a real browser as a technician would: none runs a script, none makes a request.
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage } from '../house/browser.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

const evil = 'http://evil.example/x'
const bodies: [name: string, html: string][] = [
  ['script', `<script>top.hacked=1;fetch('${evil}')</script>`],
  ['script with a source', `<script src="${evil}"></script>`],
  ['script in capitals and parts', `<ScRiPt>top.hacked=1</sCrIpT><scr<script>ipt>top.hacked=1</scr</script>ipt>`],
  ['image', `<img src="${evil}">`],
  ['image with an error handler', `<img src=x onerror="top.hacked=1">`],
  ['image with srcset', `<img srcset="${evil} 1x, ${evil} 2x">`],
  ['picture and source', `<picture><source srcset="${evil}"><img src="${evil}"></picture>`],
  ['background attribute', `<body background="${evil}"><table background="${evil}"><tr><td background="${evil}">x</td></tr></table>`],
  ['style with a url', `<div style="background:url(${evil})">x</div>`],
  ['style with an escaped url', `<div style="background:u\\72l(${evil})">x</div>`],
  ['style element with an import', `<style>@import url(${evil});*{background:url(${evil})}</style>`],
  ['style sheet', `<link rel="stylesheet" href="${evil}"><link rel="prefetch" href="${evil}"><link rel="dns-prefetch" href="//evil.example">`],
  ['font', `<style>@font-face{font-family:x;src:url(${evil})}*{font-family:x}</style>text`],
  ['frame', `<iframe src="${evil}"></iframe><frameset><frame src="${evil}"></frameset>`],
  ['frame with srcdoc', `<iframe srcdoc="<script>top.hacked=1</script>"></iframe>`],
  ['object and embed', `<object data="${evil}"></object><embed src="${evil}"><applet code="${evil}"></applet>`],
  ['svg', `<svg onload="top.hacked=1"><image href="${evil}"/><script>top.hacked=1</script><use href="${evil}#x"/></svg>`],
  ['svg animation', `<svg><animate onbegin="top.hacked=1" attributeName="x" dur="1s"/><a xlink:href="javascript:top.hacked=1"><text>x</text></a></svg>`],
  ['mathml', `<math><mtext><table><mglyph><style><img src=x onerror="top.hacked=1"></style></mglyph></table></mtext></math>`],
  ['form', `<form action="${evil}"><input name="a" autofocus onfocus="top.hacked=1"><button>go</button></form>`],
  ['meta refresh', `<meta http-equiv="refresh" content="0;url=${evil}">`],
  ['base', `<base href="${evil}/"><img src="y"><a href="z">z</a>`],
  ['javascript link', `<a href="javascript:top.hacked=1" onclick="top.hacked=1">click</a>`],
  ['data link', `<a href="data:text/html,<script>top.hacked=1</script>">click</a><img src="data:image/svg+xml,<svg onload=top.hacked=1>">`],
  ['video and audio', `<video src="${evil}" poster="${evil}" autoplay></video><audio src="${evil}" autoplay></audio><track src="${evil}">`],
  ['event handlers', `<div onmouseover="top.hacked=1" onpointerenter="top.hacked=1" style="width:2000px;height:2000px">hover</div><details open ontoggle="top.hacked=1">x</details>`],
  ['comment tricks', `<!--><img src=x onerror="top.hacked=1">--><!--[if IE]><img src="${evil}"><![endif]-->`],
  ['noscript and template', `<noscript><p title="</noscript><img src=x onerror='top.hacked=1'>"></noscript><template><img src="${evil}"></template>`],
  ['end of the frame', `</body></html></iframe><script>top.hacked=1</script><img src="${evil}">`],
  ['end of an attribute', `"><img src=x onerror="top.hacked=1"><img src="${evil}">&quot;&gt;<script>top.hacked=1</script>`],
  ['covering the page', `<div style="position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:99999;background:red">Sign in again</div>`],
  ['css expression and binding', `<div style="width:expression(top.hacked=1);-moz-binding:url(${evil});behavior:url(${evil})">x</div>`],
  ['cid and file images', `<img src="cid:logo"><img src="file:///etc/passwd"><img src="//evil.example/x"><img src="\\\\evil.example\\x">`],
  ['deep nesting', `${'<div>'.repeat(2000)}deep${'</div>'.repeat(2000)}<img src="${evil}">`],
]

let house: House
let page: Page
let tab: FrameLocator
const foreign: string[] = []

beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  for (const [name, html] of bodies) {
    await house.simulator('POST', '/mail', {
      mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject: `hostile: ${name}`, contentType: 'html', body: `<p>before ${name}</p>${html}<p>after</p>`,
    })
  }
  await house.synced('mail')
  page = await openPage({ viewport: { width: 1500, height: 950 } })
  page.setDefaultTimeout(20_000)
  // Everything that leaves the house's own origin; the Teams library asks Microsoft for its list of hosts.
  page.context().on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== house.origin && protocol !== 'data:' && protocol !== 'about:' && origin !== 'https://res.cdn.office.net') foreign.push(request.url())
  })
  await page.goto(house.origin)
  tab = page.frameLocator('iframe').first()
  await tab.getByRole('link', { name: 'Contoso' }).or(tab.getByRole('button', { name: 'Contoso' })).first().click()
})
afterAll(async () => {
  await page?.close()
  await house?.close()
})

it.each(bodies)('%s', async (name) => {
  const more = tab.getByRole('button', { name: /Show more/ })
  const row = tab.getByRole('button').filter({ has: page.getByText(`hostile: ${name}`, { exact: true }) }).first()
  // The list may still be loading, so neither may be there yet.
  await until(`the row of ${name}`, async () => {
    if (await row.isVisible()) return true
    if (await more.isVisible()) await more.click()
    return false
  })
  await row.click()
  const opened = tab.getByRole('region', { name: 'Opened message' })
  await opened.getByRole('heading', { name: `hostile: ${name}` }).waitFor()
  const body = opened.frameLocator('iframe').locator('body')
  await body.getByText(`before ${name}`).waitFor()
  await body.hover({ position: { x: 20, y: 20 } })
  expect(foreign).toEqual([])
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(await opened.frameLocator('iframe').locator('script, img, iframe, form, object, embed, svg, video, audio, link, input').count()).toBe(0)
})

it('there are thirty of them at least', () => {
  expect(bodies.length).toBeGreaterThanOrEqual(30)
})
