// A page of its own for each test file, in a browser that is started once in a worker.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from '../../scripts/browser.ts'
import { atEndOfWorker } from './worker.fixture.ts'

let kept: Promise<Browser> | null = null

function launched(): Promise<Browser> {
  kept ??= launchBrowser().then((browser) => {
    atEndOfWorker(() => browser.close())
    return browser
  })
  return kept
}

/** Nothing of other pages is known to it: cookies, storage, cache. Closing it closes all that. */
export async function openPage(options: BrowserContextOptions): Promise<Page> {
  return (await launched()).newPage(options)
}
