// The table of hosts: filtered, sorted, and a page of rows at a time, so that the document stays small however many there are.

/** @typedef {import('../page-data.ts').PageRow} Row */

const rowsOnAPage = 100
const printedRows = 1000

/** What stands first in each order, so that one click shows what matters. */
const states = { secret: 0, direct: 1, blocked: 2, noted: 3, allowed: 4 }

/** @type {Record<string, (a: Row, b: Row) => number>} */
const orders = {
  host: (a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0),
  what: (a, b) => states[a.state] - states[b.state] || (a.what < b.what ? -1 : a.what > b.what ? 1 : 0),
  method: (a, b) => (a.method < b.method ? -1 : a.method > b.method ? 1 : 0),
  count: (a, b) => a.count - b.count,
  // A row whose times nobody kept comes last, whichever way.
  first: (a, b) => (a.first === b.first ? 0 : a.first === '' ? 1 : b.first === '' ? -1 : a.first < b.first ? -1 : 1),
  last: (a, b) => (a.last === b.last ? 0 : a.last === '' ? 1 : b.last === '' ? -1 : a.last < b.last ? -1 : 1),
}

/**
 * @param {readonly Row[]} rows
 * @param {number} ungrouped
 */
function hostsTable(rows, ungrouped) {
  const body = byId('hosts-body')
  const filter = /** @type {HTMLInputElement} */ (byId('filter'))
  const show = /** @type {HTMLSelectElement} */ (byId('show'))
  const heads = [...document.querySelectorAll('#hosts-table th[data-by]')]
  // What matters first, and the most of it.
  let order = { by: 'what', down: false }
  let page = 0
  /** @type {Row[]} */
  let chosen = []

  for (const what of new Set(rows.map(row => row.what))) show.append(element('option', { value: `=${what}` }, what))

  const choose = () => {
    const text = filter.value.trim().toLowerCase()
    const wanted = show.value
    const compare = orders[order.by] ?? orders.what
    chosen = rows.filter(
      row =>
        (wanted === '' || (wanted === 'refused' ? row.state !== 'allowed' : wanted === `=${row.what}`)) &&
        (text === '' || `${row.host} ${row.method} ${row.what} ${row.reason}`.toLowerCase().includes(text)),
    )
    chosen.sort((a, b) => (compare?.(a, b) ?? 0) * (order.down ? -1 : 1) || b.count - a.count)
    page = 0
    draw()
  }

  const draw = (size = rowsOnAPage) => {
    const from = page * size
    const shown = chosen.slice(from, from + size)
    body.replaceChildren(...shown.flatMap(hostRow))
    for (const head of heads) {
      const mine = head.getAttribute('data-by') === order.by
      if (mine) head.setAttribute('aria-sort', order.down ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
    const total =
      chosen.length === rows.length
        ? counted(rows.length, 'row')
        : `${counted(chosen.length, 'row')} of ${rows.length.toLocaleString('en')}`
    const part = chosen.length > shown.length ? `, ${from + 1} to ${from + shown.length} shown` : ''
    byId('hosts-status').textContent = `${total}${part}.`
    byId('hosts-empty').hidden = chosen.length > 0
    byId('hosts-empty').textContent = rows.length === 0 ? 'No request reached the gate.' : 'No row fits the filter.'
    byId('pager').hidden = chosen.length <= size
    disable('previous', page === 0)
    disable('next', from + size >= chosen.length)
  }

  /** @type {(by: number) => void} */
  const turn = by => {
    page += by
    draw()
    byId('hosts-table').scrollIntoView({ block: 'start' })
  }

  for (const head of heads)
    head.querySelector('button')?.addEventListener('click', () => {
      const by = head.getAttribute('data-by') ?? 'what'
      // Numbers and times are wanted from the largest down.
      order = order.by === by ? { by, down: !order.down } : { by, down: by === 'count' || by === 'last' }
      choose()
    })
  filter.addEventListener('input', choose)
  show.addEventListener('change', choose)
  byId('previous').addEventListener('click', () => turn(-1))
  byId('next').addEventListener('click', () => turn(1))
  // Paper has no pages to turn; it gets what a person may still want to read.
  addEventListener('beforeprint', () => {
    page = 0
    draw(printedRows)
  })
  addEventListener('afterprint', () => draw())
  if (ungrouped > 0)
    byId('hosts-rest').textContent =
      `${counted(ungrouped, 'more block')} of hosts that were too many to tell apart. Each has a line in blocked.jsonl.`
  choose()
}

/**
 * @param {string} id
 * @param {boolean} disabled
 */
function disable(id, disabled) {
  const button = /** @type {HTMLButtonElement} */ (byId(id))
  button.disabled = disabled
}

/** @param {Row} row */
function hostRow(row) {
  const place = row.port === null ? row.host : `${row.host}:${row.port}`
  const button = element('button', { type: 'button', class: 'row', 'aria-expanded': 'false' }, place)
  const line = element(
    'tr',
    { class: row.state },
    element('th', { scope: 'row' }, button),
    element('td', {}, element('span', { class: `state ${row.state}` }, row.what)),
    element('td', { class: 'code' }, row.method),
    element('td', { class: 'number' }, row.count.toLocaleString('en')),
    element('td', { class: 'number' }, clock(row.first)),
    element('td', { class: 'number' }, clock(row.last)),
  )
  /** @type {HTMLElement | undefined} */
  let detail
  button.addEventListener('click', () => {
    detail?.remove()
    detail = detail ? undefined : hostDetail(row)
    if (detail) line.after(detail)
    button.setAttribute('aria-expanded', String(Boolean(detail)))
  })
  return [line]
}

/** @param {Row} row */
function hostDetail({ reason, first, last, count, lines }) {
  const times = first === '' ? '' : first === last ? `At ${first}.` : `From ${first} to ${last}.`
  const note =
    lines.length === 0
      ? 'No line of it was kept.'
      : lines.length < count
        ? `The first ${lines.length === 1 ? 'line' : `${lines.length} lines`} of ${counted(count, 'request')}, as the gate logged them, redacted:`
        : 'As the gate logged it, redacted:'
  return element(
    'tr',
    { class: 'detail' },
    element(
      'td',
      { colspan: 6 },
      ...(reason === '' ? [] : [element('p', {}, reason)]),
      ...(times === '' ? [] : [element('p', { class: 'muted' }, times)]),
      element('p', { class: 'muted' }, note),
      ...(lines.length === 0
        ? []
        : [element('pre', { tabindex: 0, 'aria-label': 'Lines of the log' }, lines.join('\n'))]),
    ),
  )
}
