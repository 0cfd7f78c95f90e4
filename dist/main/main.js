// Reads the data that stands in the page, and fills its skeleton.

{
  /** @type {Data} */
  const data = JSON.parse(byId('data').textContent ?? '')
  byId('verdict').textContent = data.verdict
  byId('mark').classList.add(data.tone)
  byId('mark').textContent = data.mark
  byId('figures').append(
    ...data.figures.map(({ name, value, state }) =>
      element(
        'div',
        { class: value === undefined ? 'unknown' : value > 0 ? state : 'none' },
        element('dt', {}, name),
        element('dd', {}, value === undefined ? 'not observed' : value.toLocaleString('en')),
      ),
    ),
  )
  if (data.timeline) drawTimeline(data.timeline)
  else byId('timeline').append(element('p', {}, 'No request reached the gate.'))
  hostsTable(data.rows, data.ungrouped)
  suggestedChange(data)
  effectivePolicy(data)
  containmentCheck(data)
  directAttempts(data)
  changedFiles(data)
  if (data.steps) jobSteps(data.steps)
  byId('run').append(described(data.facts))
}
