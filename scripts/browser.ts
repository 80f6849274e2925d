// A real browser for tests and screenshots: an installed Chrome or Chromium, else the one that comes with the packages.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'msedge']
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe']

function installed(): string | null {
  const candidates = [...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))), ...places]
  const runs = (path: string) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  return candidates.find(runs) ?? null
}

/** The packaged Chromium is for Linux x64. It unpacks its own system libraries only where it believes to run on AWS Lambda. */
async function packaged(): Promise<string> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  const { default: sparticuz } = await import('@sparticuz/chromium')
  return sparticuz.executablePath()
}

/**
 * Starts a browser with its protections as people have them: of the packaged one's own arguments none is used, because they
 * switch off web security and site isolation.
 * @throws Error with one clear line when there is none
 */
export async function launchBrowser(): Promise<Browser> {
  let reason: unknown
  for (const find of [() => Promise.resolve(installed()), packaged]) {
    try {
      const executablePath = await find()
      if (executablePath === null) continue
      // Containers run as root, where Chromium's own sandbox does not start.
      const args = ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--font-render-hinting=none']
      return await chromium.launch({ executablePath, args, chromiumSandbox: process.getuid?.() !== 0 })
    } catch (error) {
      reason = error
    }
  }
  throw new Error('There is no browser: install Chrome or Chromium, or run on Linux x64, where one comes with the packages.', { cause: reason })
}
