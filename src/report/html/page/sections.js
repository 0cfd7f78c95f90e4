// The sections below the table: what to change, what held, what was there.

/** @typedef {import('../page-data.ts').PageData} Data */

/** @param {Data} data */
function suggestedChange({ suggested, add, held, advice }) {
  const section = byId('suggested')
  if (add.length === 0) section.append(element('p', {}, 'Nothing to add to the allowlist.'))
  else
    section.append(
      element(
        'p',
        {},
        `If the agent needs ${add.length === 1 ? 'it' : 'them'}, allow ${counted(add.length, 'host')}. Each is here because it was refused for nothing but its name:`,
      ),
      element(
        'div',
        { class: 'scroll' },
        plainTable(
          'Hosts that could be allowed',
          ['Host', 'Why'],
          add.map(({ host, why }) => [host, why]),
        ),
      ),
    )
  if (suggested) section.append(...changeText(suggested))
  for (const text of advice) section.append(element('p', {}, text))
  if (held.length > 0)
    section.append(
      element('h3', {}, 'Not suggested'),
      element(
        'div',
        { class: 'scroll' },
        plainTable(
          'Hosts that are not suggested',
          ['Host', 'Why not'],
          held.map(({ host, why }) => [host, why]),
        ),
      ),
    )
}

/** @param {{file: string, text: string}} suggested */
function changeText({ file, text }) {
  const said = element('span', { role: 'status', class: 'muted' })
  const copy = element('button', { type: 'button', id: 'copy' }, 'Copy')
  const lines = text.replace(/\n$/, '').split('\n')
  const pre = element(
    'pre',
    { tabindex: 0, 'aria-label': file, class: 'change' },
    ...lines.map(line => element('span', { class: changeClass(line) }, `${line}\n`)),
  )
  copy.addEventListener('click', async () => {
    said.textContent = (await copied(text, pre)) ? 'Copied.' : 'Selected; copy it with the keyboard.'
  })
  const how = file.endsWith('.diff') ? `${file}, for git apply:` : `${file}, for the workflow:`
  return [element('div', { class: 'bar-line' }, element('span', { class: 'code' }, how), copy, said), pre]
}

/** @param {string} line */
function changeClass(line) {
  if (/^(\+\+\+|---|diff |index |@@|#)/.test(line)) return 'about'
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'kept'
}

/**
 * Copies a text; where the browser does not let us, selects it instead.
 * @param {string} text
 * @param {Element} shown
 */
async function copied(text, shown) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    getSelection()?.selectAllChildren(shown)
    return false
  }
}

/** @param {Data} data */
function effectivePolicy({ settings, entries, policy }) {
  const section = byId('policy')
  const unused = entries.filter(one => one.used === 0).length
  const used =
    entries.length === 0
      ? ''
      : unused === 0
        ? ' All were used.'
        : ` ${unused === entries.length ? 'None' : entries.length - unused} of them ${entries.length - unused === 1 ? 'was' : 'were'} used.`
  section.append(
    described(settings),
    element('p', {}, `${counted(entries.length, 'entry').replace('entrys', 'entries')} on the allowlist.${used}`),
  )
  if (entries.length > 0)
    section.append(
      element(
        'div',
        { class: 'scroll' },
        plainTable(
          'The allowlist',
          ['Entry', 'From', 'Requests'],
          entries.map(({ entry, from, used: times }) => [
            entry,
            from.join(', '),
            element(
              'span',
              { class: times === 0 ? 'muted' : '' },
              times === 0 ? 'not used' : times.toLocaleString('en'),
            ),
          ]),
        ),
      ),
    )
  if (policy !== undefined)
    section.append(
      lazyDetails("The gate's configuration (pipelock.yaml)", () =>
        element('pre', { tabindex: 0, 'aria-label': 'pipelock.yaml' }, policy),
      ),
    )
}

/** @param {readonly (readonly [string, string])[]} pairs */
function described(pairs) {
  return element(
    'dl',
    {},
    ...pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  )
}

/** @param {Data} data */
function containmentCheck({ probes }) {
  const section = byId('containment')
  const leaked = probes.filter(one => one.leaked).length
  if (probes.length === 0) {
    section.append(element('p', {}, 'It did not get to run, so nothing is known.'))
    return
  }
  section.append(
    element(
      'p',
      {},
      leaked === 0
        ? `All ${counted(probes.length, 'probe')} held before the agent started.`
        : `${leaked} of ${counted(probes.length, 'probe')} got an answer.`,
    ),
    element(
      'div',
      { class: 'scroll' },
      plainTable(
        'Probes of the containment check',
        ['Way out', 'Asked', 'Result', 'Seen'],
        probes.map(({ probe, target, leaked: open, detail }) => [
          probe,
          element('span', { class: 'code' }, target),
          element('span', { class: `state ${open ? 'secret' : 'good'}` }, open ? 'leaked' : 'held'),
          detail,
        ]),
      ),
    ),
  )
}

/** @param {Data} data */
function directAttempts({ direct }) {
  const section = byId('direct')
  section.append(element('p', {}, direct.sentence))
  if (direct.rows.length > 0)
    section.append(
      element(
        'div',
        { class: 'scroll' },
        plainTable(
          'Direct attempts',
          ['To', 'Attempts'],
          direct.rows.map(({ target, count }) => [target, count.toLocaleString('en')]),
        ),
      ),
    )
}

/** @param {Data} data */
function changedFiles({ planted }) {
  const section = byId('planted')
  section.append(element('p', {}, planted.sentence))
  if (planted.paths.length > 0)
    section.append(element('ul', { class: 'paths' }, ...planted.paths.map(path => element('li', {}, path))))
}

/** @param {NonNullable<Data['steps']>} steps */
function jobSteps({ sentence, inside, outside }) {
  const section = byId('steps')
  section.hidden = false
  document.querySelector('nav a[href="#steps"]')?.parentElement?.removeAttribute('hidden')
  section.append(element('p', {}, sentence))
  const table = (/** @type {string} */ name, /** @type {string[]} */ head, /** @type {string[][]} */ rows) =>
    rows.length > 0 && section.append(element('div', { class: 'scroll' }, plainTable(name, head, rows)))
  table(
    'Steps inside of the bottle',
    ['Step inside', 'End', 'Took'],
    inside.map(({ step, end, took }) => [step, end, took]),
  )
  table(
    'Steps outside of the bottle',
    ['Step outside', 'Where'],
    outside.map(({ step, where }) => [step, where]),
  )
}
