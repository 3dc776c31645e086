import { installCommandHere } from '../command/package-manager.ts'
import { findPackage, placesFrom } from '../installed.ts'
import type { Need } from '../needs.ts'
import { obstacleTo } from '../obstacles.ts'
import { inOrder, reasonsFor, whatLacks, whyNotInPlaceOf } from '../preference.ts'
import { factoryCall, type Strategy } from '../strategies.ts'
import { packagesOf, type SnippetFile, type Style, snippet } from './snippet.ts'

/** What is to be taken, and why: the shape of `ambisync pick --json`. */
export interface Recommendation {
  readonly format: 1
  readonly needs: readonly Need[]
  readonly strategy: string
  /** How it is made, as code. */
  readonly adapter: string
  readonly reasons: readonly string[]
  readonly others: readonly { readonly strategy: string; readonly why: string }[]
  /** The command that installs what is missing. Left out where nothing is. */
  readonly install?: string
  /** A program to paste. */
  readonly files: readonly SnippetFile[]
}

/** No strategy meets all of the needs together: what speaks against each. */
export interface Contradiction {
  readonly format: 1
  readonly needs: readonly Need[]
  readonly strategy: null
  readonly others: readonly { readonly strategy: string; readonly why: string }[]
}

/** The first strategy that meets the needs and can run here, whether it is installed or not. */
export async function recommend(needs: readonly Need[], style: Style): Promise<Recommendation | Contradiction> {
  const candidates = inOrder(needs)
  const chosen = candidates.find((strategy) => whatSpeaksAgainst(strategy, needs) === undefined)
  if (chosen === undefined) {
    const others = candidates.map((strategy) => ({
      strategy: strategy.name,
      why: whatSpeaksAgainst(strategy, needs) ?? '',
    }))
    return { format: 1, needs, strategy: null, others }
  }
  const missing = packagesOf(chosen, style).filter((name) => findPackage(name, placesHere()) === undefined)
  return {
    format: 1,
    needs,
    strategy: chosen.name,
    adapter: factoryCall(chosen),
    reasons: reasonsFor(chosen, needs),
    others: candidates.filter((each) => each !== chosen).map((each) => passOver(chosen, each, needs)),
    ...(missing.length === 0 ? {} : { install: await installCommandHere(missing) }),
    files: snippet(chosen, style),
  }
}

/** What the user's program will find. */
const placesHere = (): ReturnType<typeof placesFrom> => placesFrom(process.cwd()).slice(0, 1)

/** What it lacks, or, as far as that can be told, why it cannot run here. */
function whatSpeaksAgainst(strategy: Strategy, needs: readonly Need[]): string | undefined {
  const lack = whatLacks(strategy, needs)
  if (lack !== undefined) return lack
  const installed = findPackage(strategy.package, placesHere())
  return installed && obstacleTo(strategy, installed)
}

function passOver(chosen: Strategy, strategy: Strategy, needs: readonly Need[]): Recommendation['others'][number] {
  return {
    strategy: strategy.name,
    why: whatSpeaksAgainst(strategy, needs) ?? whyNotInPlaceOf(chosen, strategy, needs),
  }
}
