import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { browserProgram } from './browser-program.ts'

/** A browser's page, with everything that a page did which a report must not. */
export interface OpenedPage {
  readonly page: Page
  /** Requests beside the file itself, dialogs, errors, and what the content policy refused. */
  readonly misdeeds: readonly string[]
}

/** Opens report.html in a new browser, which goes with the scope. Root has no sandbox to be in. */
export async function openPage(
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage & AsyncDisposable> {
  const browser = await launchBrowser()
  const page = await browser.newPage(options)
  const misdeeds: string[] = []
  page.on('request', request => {
    if (request.url() !== `file://${path}`) misdeeds.push(`asked for ${request.url()}`)
  })
  page.on('dialog', dialog => {
    misdeeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => misdeeds.push(`error: ${error.message}`))
  page.on('console', message => misdeeds.push(`said: ${message.text()}`))
  await page.goto(`file://${path}`)
  return { page, misdeeds, [Symbol.asyncDispose]: () => browser.close() }
}

/** Starts the browser alone. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: browserProgram ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** Keeps a picture in `.screenshots/`, which CI hands over. */
export async function keepPicture(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  const path = join(resolve(import.meta.dirname, '../../..'), '.screenshots', `${name}.png`)
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path, ...options })
}
