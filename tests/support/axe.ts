import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

interface AxeWindow {
  readonly axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

/** What is on its way out, such as a menu that fades behind the dialog it opened, is gone by then. */
const settledWithinMs = 2_000

/** What axe-core finds on the page as it stands, one sentence per broken rule. What is wrong must stay so for two seconds. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const until = performance.now() + settledWithinMs
  let found = await runAxe(page)
  while (found.length > 0 && performance.now() < until) found = await runAxe(page)
  return found
}

function runAxe(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    // Colours on their way from light to dark are not what anybody reads.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
    const { axe } = window as unknown as AxeWindow
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  })
}
