import type { Summary } from '../../evidence/summary.ts'
import { type PageSources, pageData } from './page-facts.ts'
import { skeleton } from './skeleton.ts'

/** A run's evidence as one self-contained page (`report.html`). Nothing in the texts it is made of means anything. */
export function renderHtml(summary: Summary, sources: PageSources = {}): string {
  return skeleton(`Bottle report: run ${summary.bottle}`, JSON.stringify(pageData(summary, sources)))
}
