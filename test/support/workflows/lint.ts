// Prints, as JSON, what GitHub's own parser finds wrong in workflow files: `node lint.ts FILE…`. A process of its own,
// since the package imports its JSON without saying so, which Node asks for: a hook says it.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
})
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')

const found: string[] = []
for (const name of process.argv.slice(2)) {
  const { context, value } = parseWorkflow({ name, content: readFileSync(name, 'utf8') }, new NoOperationTraceWriter())
  if (value) await convertWorkflowTemplate(context, value)
  found.push(...context.errors.getErrors().map(error => `${name}: ${error.message}`))
}
process.stdout.write(JSON.stringify(found))
