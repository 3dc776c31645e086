// Blocks in a timer while there is another one that was started in the very same millisecond, before Node ran those that
// were due: again and again, because a millisecond may come to its end in between. The program has nothing else to do.
const { startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const rounds = 50
const loop = startLoop({ adapter: deasync() })
// Its timer joins the other one's list.
const later = loop.inline(() => new Promise((resolve) => setTimeout(resolve, 2, 'returned')))
const outcomes = {}

function attempt() {
  try {
    return later.sync()
  } catch (error) {
    return error.name
  }
}

function round(left) {
  if (left === 0) {
    console.log(JSON.stringify(outcomes))
    return
  }
  setTimeout(() => {
    const outcome = attempt()
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    setTimeout(round, 1, left - 1)
  }, 1)
  setImmediate(() => {
    const begun = performance.now()
    while (performance.now() - begun < 2);
    setTimeout(() => {}, 2)
  })
}

round(rounds)
