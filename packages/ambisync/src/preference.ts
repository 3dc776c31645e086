/** Which strategy comes before which, and why: by what is declared, so that nothing has to be installed for it. */
import { type Need, needs } from './needs.ts'
import { type Strategy, strategies } from './strategies.ts'

/** The strategies, those first that are to be preferred. */
export function inOrder(wanted: readonly Need[]): readonly Strategy[] {
  if (!wanted.includes('low-latency')) return strategies
  return [...strategies].sort((a, b) => a.latencyRank - b.latencyRank)
}

/** Which of the needs are not met, as clauses; undefined if all are. */
export function whatLacks(
  { capabilities }: Pick<Strategy, 'capabilities'>,
  wanted: readonly Need[],
): string | undefined {
  const lacking = wanted.filter((need) => needs[need].isMetBy?.(capabilities) === false)
  return lacking.length === 0 ? undefined : lacking.map((need) => `${needs[need].lack} (${need})`).join('; ')
}

/** Why a strategy that meets the needs is the one to take, as clauses. */
export function reasonsFor(strategy: Strategy, wanted: readonly Need[]): readonly string[] {
  const met = wanted.filter((need) => needs[need].isMetBy !== undefined)
  const reasons = met.map((need) => `it meets ${need}: ${needs[need].what}`)
  if (!wanted.includes('low-latency')) return [...reasons, strategy.motive]
  if (holdsUpItsCaller(strategy)) return [...reasons, 'what it is called with is not sent anywhere (low-latency)']
  const [first] = inOrder(wanted).filter((each) => whatLacks(each, wanted) === undefined)
  const ofAll = met.length > 0 ? 'of all that do and' : 'of all that'
  const among = first === strategy ? ofAll : 'of those that can be had here and'
  return [...reasons, `it answers short calls soonest ${among} leave their caller's thread alone (low-latency)`]
}

/** Why a strategy is not taken where `first` is. */
export function whyNotInPlaceOf(first: Strategy, strategy: Strategy, wanted: readonly Need[]): string {
  const lack = whatLacks(strategy, wanted)
  if (lack !== undefined) return lack
  return wanted.includes('low-latency') && !holdsUpItsCaller(strategy)
    ? `${first.name} answers faster`
    : `${strategy.price}; ${first.name} comes first`
}

function holdsUpItsCaller({ capabilities }: Strategy): boolean {
  return capabilities.runsOn === "caller's thread"
}

/** The command that installs packages. */
export function installCommand(packages: readonly string[]): string {
  return `npm install ${packages.join(' ')}`
}
